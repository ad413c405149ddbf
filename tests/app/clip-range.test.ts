import { describe, expect, it } from 'vitest'
import { clipRangeOf, parsePosition, readPosition } from '@/app/call/clip-range'
import { isMove } from '@/app/player/moves'
import { KEYS } from '@/app/player/keymap'

const LENGTH_MS = 96_000

describe('the clip of a moment', () => {
  it.each([
    [{ startMs: 40_000, endMs: 40_000 }, [30_000, 60_000]],
    [{ startMs: 4_000, endMs: 4_000 }, [0, 24_000]],
    [{ startMs: 90_000, endMs: 90_000 }, [80_000, 96_000]],
    // In wrap-up nothing can be played.
    [{ startMs: 99_000, endMs: 99_000 }, [86_000, 96_000]],
    [{ startMs: 20_000, endMs: 31_000 }, [20_000, 31_000]],
    [{ startMs: 80_000, endMs: 99_000 }, [80_000, 96_000]],
  ])('%o is %o', (moment, [startMs, endMs]) => {
    expect(clipRangeOf(moment, LENGTH_MS)).toEqual({ startMs, endMs })
  })
})

it.each([
  ['0:00.0', 0],
  ['1:23.4', 83_400],
  ['83,4', 83_400],
  [' 1:02:03 ', 3_723_000],
  ['12.345', 12_345],
  ['', null],
  ['1:2:3:4', null],
  ['soon', null],
  ['-3', null],
])('"%s" is the position %s', (text, atMs) => {
  expect(parsePosition(text)).toBe(atMs)
})

it('a position is to the millisecond as long as it is written as it was marked, and as it is typed from then on', () => {
  expect([readPosition('1:23.4', 83_456), readPosition('1:23.5', 83_456), readPosition('83.4', 83_456), readPosition('soon', 83_456)]).toEqual([83_456, 83_500, 83_400, null])
})

it('the keys that move about in a clip are those of the call page that need nothing but a player', () => {
  expect(KEYS.map(({ command }) => command).filter((command) => !isMove(command))).toEqual(['search', 'note', 'copy-moment', 'keys'])
})
