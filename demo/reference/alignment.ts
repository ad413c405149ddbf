/** How far the timeline is from what happened: clicks and flashes as the references saw them, and as they were recorded. */
import { CallClock } from '@/protocol/clock'
import type { LogEntry } from '@/protocol/entries'

/** A click stands in the middle of a pause of 700 ms or more: nothing else is that near. */
const NEAR_MS = 250
/** A player may begin this late on a busy machine, and then keeps its own time this exactly. */
const MAX_START_DELAY_MS = 3_000
const SAME_CLICK_MS = 15
/** Five frames a second show a change up to this much later; a stamp within it does not lie. */
const SAMPLING_MS = 200

export type Alignment = { errorsMs: number[]; missed: string[] }
/** Wall clocks between which the display drew. */
export type Drawn = { fromWallMs: number; toWallMs: number }

/** All in milliseconds of wall clock; `playedMs` is about when each click was played. */
export function compareClicks(track: string, playedMs: readonly number[], heardMs: readonly number[], recordedMs: readonly number[]): Alignment {
  const delayMs = findStartDelay(playedMs, heardMs)
  return merge(playedMs.map((aboutMs, index) => {
    const truthMs = nearest(heardMs, aboutMs + delayMs)
    const stampMs = truthMs === null ? null : nearest(recordedMs, truthMs)
    if (truthMs === null || stampMs === null) return miss(`${track}: click ${index + 1} is not in ${truthMs === null ? 'the reference' : 'the recording'}`)
    return { errorsMs: [Math.abs(stampMs - truthMs)], missed: [] }
  }))
}

/**
 * `recordedMs`: wall clocks of recorded frames that show a change. A stamp within the sampling period is right and tells
 * nothing more exact, so only errors beyond it count.
 */
export function compareFlashes(drawn: readonly Drawn[], recordedMs: readonly number[]): Alignment {
  return merge(drawn.map(({ fromWallMs, toWallMs }, index) => {
    const stampMs = recordedMs.find((ms) => ms > fromWallMs - SAMPLING_MS && ms < toWallMs + 4 * SAMPLING_MS)
    if (stampMs === undefined) return miss(`screen: flash ${index + 1} is not in the recording`)
    const outsideMs = Math.max(fromWallMs - stampMs, stampMs - SAMPLING_MS - toWallMs)
    return { errorsMs: outsideMs > 0 ? [outsideMs] : [], missed: [] }
  }))
}

/** A deed that was not recorded at all is counted among the actions, not here. */
export function compareDeed(step: string, doneMs: number | undefined, recordedMs: readonly number[]): Alignment {
  if (doneMs === undefined) return miss(`actions: the page did not see "${step}"`)
  const stampMs = recordedMs.toSorted((a, b) => Math.abs(a - doneMs) - Math.abs(b - doneMs))[0]
  return { errorsMs: stampMs === undefined ? [] : [Math.abs(stampMs - doneMs)], missed: [] }
}

/** Wall clock of position 0 as the agent's own clock has it: that clock is this machine's, and so is the references'. */
export function startOfCall(entries: readonly LogEntry[]): number {
  return CallClock.fromEntries(entries.filter(({ kind }) => kind !== 'receipt')).at(0).wallMs
}

export function merge(parts: readonly Alignment[]): Alignment {
  return { errorsMs: parts.flatMap(({ errorsMs }) => errorsMs), missed: parts.flatMap(({ missed }) => missed) }
}

/** Null when nothing could be compared. */
export function summarise(errorsMs: readonly number[]): { p50: number; max: number } | null {
  const sorted = errorsMs.toSorted((a, b) => a - b)
  const [middle, last] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  return middle === undefined || last === undefined ? null : { p50: round(middle), max: round(last) }
}

/** How long a player took to begin: the delay with which most of its clicks were heard, for voices are heard among them. */
function findStartDelay(playedMs: readonly number[], heardMs: readonly number[]): number {
  const heardWith = (delayMs: number): number => playedMs.filter((ms) => heardMs.some((heard) => Math.abs(heard - ms - delayMs) <= SAME_CLICK_MS)).length
  const delays = playedMs.flatMap((ms) => heardMs.map((heard) => heard - ms)).filter((delayMs) => delayMs >= 0 && delayMs <= MAX_START_DELAY_MS)
  return delays.toSorted((a, b) => heardWith(b) - heardWith(a) || a - b)[0] ?? 0
}

const miss = (text: string): Alignment => ({ errorsMs: [], missed: [text] })
const round = (ms: number): number => Math.round(ms * 10) / 10

function nearest(times: readonly number[], toMs: number): number | null {
  const best = times.toSorted((a, b) => Math.abs(a - toMs) - Math.abs(b - toMs))[0]
  return best !== undefined && Math.abs(best - toMs) <= NEAR_MS ? best : null
}
