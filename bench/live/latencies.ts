/** Latencies out of what was played or painted and what came out at the other end. Pure; milliseconds. */
import type { LiveWords } from '@/protocol/live-messages'
import type { AudioTrack } from '@/protocol/tracks'

/** Times of a reference and of captions are those of an aligner: 194 ms apart at the 95th percentile (`bench -- speech`). */
export const TIME_TOLERANCE_MS = 150

/** What never arrived counts as infinitely late; `max` is of what did arrive. */
export type Quantiles = { p50: number; p95: number; max: number; count: number; lost: number }
/** A word as it was said, `[startMs, endMs)`. */
export type SaidWord = { spoken: string; startMs: number; endMs: number }
/** At this time the captions were these. */
export type Told = { atMs: number; words: readonly LiveWords[] }

export function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b)
  const arrived = sorted.filter(Number.isFinite)
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN
  return { p50: at(0.5), p95: at(0.95), max: arrived.at(-1) ?? NaN, count: sorted.length, lost: sorted.length - arrived.length }
}

/** From each beginning to the first end that follows within the limit. Beginnings lie further apart than the limit. */
export const latenciesOf = (beginsMs: readonly number[], endsMs: readonly number[], limitMs: number): number[] =>
  beginsMs.map((beginMs) => (endsMs.find((endMs) => endMs > beginMs && endMs - beginMs < limitMs) ?? Infinity) - beginMs)

/** From the end of each word to the first caption of its track that reaches to its end. */
export const coveredLatencies = (track: AudioTrack, words: readonly SaidWord[], told: readonly Told[]): number[] =>
  words.map(({ endMs }) => {
    const first = told.find((each) => each.words.some((caption) => caption.track === track && caption.startMs <= endMs && caption.endMs >= endMs - TIME_TOLERANCE_MS))
    return (first?.atMs ?? Infinity) - endMs
  })
