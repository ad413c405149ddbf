import { describe, expect, it } from 'vitest'
import { formatClockError, formatLength, formatPosition, formatPositionTenths } from '@/app/format/duration'

describe('a position', () => {
  it.each([
    [0, '0:00'],
    [138_400, '2:18'],
    [59_999, '0:59'],
    [3_723_000, '1:02:03'],
  ])('of %i ms reads %s', (atMs, text) => expect(formatPosition(atMs)).toBe(text))

  it('never runs ahead of the sound: tenths are cut, not rounded', () => {
    expect(formatPositionTenths(138_499)).toBe('2:18.4')
  })
})

describe('a length', () => {
  it.each([
    [0, '0 s'],
    [20, '0.1 s'],
    [400, '0.4 s'],
    [9_000, '9 s'],
    [60_000, '1 min'],
    [252_000, '4 min 12 s'],
    [3_600_000, '1 h'],
    [18_720_000, '5 h 12 min'],
  ])('of %i ms reads %s', (lengthMs, text) => expect(formatLength(lengthMs)).toBe(text))
})

describe('the error of a clock', () => {
  it.each([
    [40, '± 0.1 s'],
    [101, '± 0.2 s'],
    [2_000, '± 2 s'],
    [12_300, '± 13 s'],
  ])('of %i ms is never said smaller than it is: %s', (errorMs, text) => expect(formatClockError(errorMs)).toBe(text))
})
