import { describe, expect, it } from 'vitest'
import { findCommand, findNeighbour } from '@/app/player/keymap'

const press = (key: string, overrides: Partial<Parameters<typeof findCommand>[0]> = {}) =>
  findCommand({ key, hasModifier: false, isInField: false, isOnControl: false, ...overrides })

describe('a key', () => {
  it.each([
    [' ', 'toggle-play'],
    ['ArrowLeft', 'back'],
    ['ArrowRight', 'forward'],
    ['j', 'next-action'],
    ['K', 'previous-action'],
    [']', 'next-utterance'],
    ['[', 'previous-utterance'],
    ['c', 'copy-moment'],
    ['n', 'note'],
    ['/', 'search'],
    ['?', 'keys'],
  ])('%j means %s', (key, command) => expect(press(key)).toBe(command))

  it('is left to a field that somebody types in', () => expect(press('c', { isInField: true })).toBeNull())
  it('is left to the browser with Ctrl held', () => expect(press('c', { hasModifier: true })).toBeNull())
  it('presses the control in focus when it is the space bar', () => {
    expect(press(' ', { isOnControl: true })).toBeNull()
    expect(press('j', { isOnControl: true })).toBe('next-action')
  })
  it('that means nothing is left alone', () => expect(press('q')).toBeNull())
})

describe('the neighbour', () => {
  const positions = [1_000, 5_000, 9_000]
  it('after a position is the next one, and there is none after the last', () => {
    expect([findNeighbour(positions, 1_000, 1), findNeighbour(positions, 9_000, 1)]).toEqual([5_000, null])
  })
  it('takes what crowds for one stop, forwards and back', () => {
    const crowded = [28_630, 28_659, 28_744, 34_700]
    expect([findNeighbour(crowded, 0, 1), findNeighbour(crowded, 28_630, 1), findNeighbour(crowded, 34_700, -1), findNeighbour(crowded, 28_659, -1)]).toEqual([28_630, 34_700, 28_630, null])
  })
  it('before a position leaves the item that has just begun, as a player does', () => {
    expect([findNeighbour(positions, 5_300, -1), findNeighbour(positions, 6_500, -1), findNeighbour(positions, 900, -1)]).toEqual([1_000, 5_000, null])
  })
})
