/** How far the timeline is from what happened: clicks and flashes as the references saw them, and as they were recorded. */
import { CallClock } from '@/protocol/clock'
import type { LogEntry } from '@/protocol/entries'
import { findOnsets } from '../pcm'
import type { PlacedSound } from './recorded'
import type { SoundTap } from './sound-tap'
import type { Drawn } from './x11'

/** Of full scale: a click is louder, and the pauses in which it stands are quieter. */
const CLICK_THRESHOLD = 9_000
const QUIET_BEFORE_MS = 60
/** A click stands in a pause of 700 ms or more: nothing else is that near. */
const NEAR_MS = 250
/** Five frames a second show a change up to this much later; a stamp within it does not lie. */
const SAMPLING_MS = 200

export type Alignment = { errorsMs: number[]; missed: string[] }

/** `clickWallMs`: about when each click was played. */
export function compareClicks(track: string, clickWallMs: readonly number[], tap: SoundTap, recorded: PlacedSound, startedAtMs: number): Alignment {
  const heard = findOnsets(tap.samples(), CLICK_THRESHOLD, QUIET_BEFORE_MS).map((sample) => tap.wallMsOf(sample))
  const kept = findOnsets(recorded.samples, CLICK_THRESHOLD, QUIET_BEFORE_MS).map((sample) => startedAtMs + recorded.atMsOf(sample))
  return merge(clickWallMs.map((aboutMs) => {
    const truthMs = nearest(heard, aboutMs)
    const stampMs = truthMs === null ? null : nearest(kept, truthMs)
    if (truthMs === null || stampMs === null) return miss(`${track}: the click at ${Math.round(aboutMs - startedAtMs)} ms is not in ${truthMs === null ? 'the reference' : 'the recording'}`)
    return { errorsMs: [Math.abs(stampMs - truthMs)], missed: [] }
  }))
}

/** `flashesAtMs`: positions of recorded frames that show a change. */
export function compareFlashes(drawn: readonly Drawn[], flashesAtMs: readonly number[], startedAtMs: number): Alignment {
  return merge(drawn.map(({ beforeMs, afterMs }) => {
    const stampMs = flashesAtMs.map((atMs) => startedAtMs + atMs).find((ms) => ms > beforeMs - SAMPLING_MS && ms < afterMs + 4 * SAMPLING_MS)
    if (stampMs === undefined) return miss(`screen: the flash at ${Math.round(beforeMs - startedAtMs)} ms is not in the recording`)
    return { errorsMs: [Math.max(0, beforeMs - stampMs, stampMs - SAMPLING_MS - afterMs)], missed: [] }
  }))
}

/** Wall time of position 0 by the agent's own clock: both clocks are this machine's, so nothing else is needed. */
export function startOfCall(entries: readonly LogEntry[]): number {
  return CallClock.fromEntries(entries.filter(({ kind }) => kind !== 'receipt')).at(0).wallMs
}

export function merge(parts: readonly Alignment[]): Alignment {
  return { errorsMs: parts.flatMap(({ errorsMs }) => errorsMs), missed: parts.flatMap(({ missed }) => missed) }
}

export function summarise(errorsMs: readonly number[]): { p50: number; max: number } | null {
  const sorted = errorsMs.toSorted((a, b) => a - b)
  const [middle, last] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  return middle === undefined || last === undefined ? null : { p50: round(middle), max: round(last) }
}

const miss = (text: string): Alignment => ({ errorsMs: [], missed: [text] })
const round = (ms: number): number => Math.round(ms * 10) / 10

function nearest(times: readonly number[], toMs: number): number | null {
  const best = times.toSorted((a, b) => Math.abs(a - toMs) - Math.abs(b - toMs))[0]
  return best !== undefined && Math.abs(best - toMs) <= NEAR_MS ? best : null
}
