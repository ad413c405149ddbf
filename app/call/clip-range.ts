/** Which stretch a clip of a moment is at first, and positions as people type them. Pure. */
import { formatPositionTenths } from '../format/duration'

/** Before an instant, so that one hears how it came to it; and after it. */
const [BEFORE_MS, AFTER_MS] = [10_000, 20_000]

export type Range = Readonly<{ startMs: number; endMs: number }>

/** A stretch is taken as it was marked, an instant with what is around it; both within what can be played. */
export function clipRangeOf({ startMs, endMs }: Range, lengthMs: number): Range {
  const [fromMs, toMs] = endMs > startMs ? [startMs, endMs] : [Math.min(startMs, lengthMs) - BEFORE_MS, startMs + AFTER_MS]
  return { startMs: Math.max(0, Math.min(fromMs, lengthMs)), endMs: Math.min(toMs, lengthMs) }
}

/** As it is written; one that is still written as it was marked is that to the millisecond. `null` for what is no position. */
export const readPosition = (text: string, markedMs: number): number | null => (text === formatPositionTenths(markedMs) ? markedMs : parsePosition(text))

/** `1:23.4`, `1:02:03`, `83.4`; `null` for what is no position. */
export function parsePosition(text: string): number | null {
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(text.trim())
  if (!match) return null
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(fraction.padEnd(3, '0'))
}
