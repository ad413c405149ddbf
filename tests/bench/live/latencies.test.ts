/** What the benchmark of live listening makes of series that are known. */
import { describe, expect, it } from 'vitest'
import { coveredLatencies, latenciesOf, quantilesOf } from '../../../bench/live/latencies'

describe('clicks and flashes', () => {
  it('are matched with the first that follows in time, and what never came is infinitely late', () => {
    const begins = [1_000, 2_000, 3_000, 4_000]
    expect(latenciesOf(begins, [1_100, 2_120, 2_150, 4_999], 900)).toEqual([100, 120, Infinity, Infinity])
  })

  it('do not take what came before for their own', () => {
    expect(latenciesOf([1_000], [950, 1_000, 1_080], 900)).toEqual([80])
  })
})

describe('quantiles', () => {
  it('are values that were measured', () => {
    const values = Array.from({ length: 40 }, (_, index) => 40 - index)
    expect(quantilesOf(values)).toEqual({ p50: 20, p95: 38, max: 40, count: 40, lost: 0 })
  })

  it('say what was lost, and hide it in no percentile', () => {
    const lost = quantilesOf([...Array.from({ length: 18 }, () => 100), Infinity, Infinity])
    expect(lost).toEqual({ p50: 100, p95: Infinity, max: 100, count: 20, lost: 2 })
  })
})

describe('captions', () => {
  const words = [{ spoken: 'one', startMs: 0, endMs: 400 }, { spoken: 'two', startMs: 500, endMs: 900 }, { spoken: 'three', startMs: 1_000, endMs: 1_500 }]
  const caption = (endMs: number, track: 'customer' | 'technician' = 'customer') => [{ track, startMs: 0, endMs, text: 'some', isFinal: false }]

  it('cover a word when they reach to its end', () => {
    const told = [{ atMs: 700, words: caption(420) }, { atMs: 1_800, words: caption(920) }]
    expect(coveredLatencies('customer', words, told)).toEqual([300, 900, Infinity])
  })

  it('of the other party cover nothing', () => {
    expect(coveredLatencies('customer', words.slice(0, 1), [{ atMs: 700, words: caption(420, 'technician') }])).toEqual([Infinity])
  })
})
