import { describe, expect, it } from 'vitest'
import { formatClockError, formatExactLengths, formatLength, formatPosition, formatPositionTenths } from '@/app/format/duration'

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

describe('lengths that are added up', () => {
  it('are shown to the millisecond where one of them needs it, so that what is shown adds up', () => {
    expect(formatExactLengths([85_412, 9_000, 2_100, 96_512])).toEqual(['1 min 25.412 s', '9.000 s', '2.100 s', '1 min 36.512 s'])
  })
  it('have no decimals that none of them needs', () => {
    expect(formatExactLengths([85_000, 0, 60_000])).toEqual(['1 min 25 s', '0 s', '1 min'])
    expect(formatExactLengths([10_800_100, 500])).toEqual(['3 h 0.1 s', '0.5 s'])
  })
})

describe('the error of a clock', () => {
  it.each([
    [40, '± 0.1 s'],
    [101, '± 0.2 s'],
    [2_000, '± 2 s'],
    [12_300, '± 13 s'],
  ])('of %i ms is never said smaller than it is: %s', (errorMs, text) => expect(formatClockError(errorMs)).toBe(text))
})
