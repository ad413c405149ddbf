/** Lengths and positions as people read them. The symbols h, min and s are the same in every language (SI brochure, 9th ed.). */

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** A position on the timeline: `2:18`, `1:02:03`. */
export function formatPosition(atMs: number): string {
  const hours = Math.floor(atMs / HOUR_MS)
  const minutes = Math.floor((atMs % HOUR_MS) / MINUTE_MS)
  const seconds = Math.floor((atMs % MINUTE_MS) / SECOND_MS)
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(seconds)}` : `${minutes}:${twoDigits(seconds)}`
}

/** A position to the tenth of a second: `2:18.4`. */
export const formatPositionTenths = (atMs: number): string => `${formatPosition(atMs)}.${Math.floor((atMs % SECOND_MS) / 100)}`

/** A length: `4 min 12 s`, `1 h 2 min`, `9 s`, `0.4 s`. */
export function formatLength(lengthMs: number): string {
  if (lengthMs < SECOND_MS) return lengthMs === 0 ? '0 s' : `${Math.max(0.1, Math.round(lengthMs / 100) / 10)} s`
  const totalSeconds = Math.round(lengthMs / SECOND_MS)
  const hours = Math.floor(totalSeconds / 3_600)
  const minutes = Math.floor((totalSeconds % 3_600) / 60)
  const seconds = totalSeconds % 60
  if (hours > 0) return joined([`${hours} h`, minutes > 0 && `${minutes} min`])
  return joined([minutes > 0 && `${minutes} min`, (seconds > 0 || minutes === 0) && `${seconds} s`])
}

/**
 * Lengths as a sum is written: none is rounded, and all have as many decimals as the finest of them needs, so that what is
 * shown adds up. `1 min 25.412 s`, `9.000 s`.
 */
export function formatExactLengths(lengthsMs: readonly number[]): string[] {
  const decimals = Math.max(0, ...lengthsMs.map((lengthMs) => [1_000, 100, 10, 1].findIndex((unitMs) => lengthMs % unitMs === 0)))
  return lengthsMs.map((lengthMs) => {
    const hours = Math.floor(lengthMs / HOUR_MS)
    const minutes = Math.floor((lengthMs % HOUR_MS) / MINUTE_MS)
    const restMs = lengthMs % MINUTE_MS
    const isShort = hours === 0 && minutes === 0
    return joined([hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, (restMs > 0 || isShort) && `${(restMs / SECOND_MS).toFixed(decimals)} s`])
  })
}

/** How far wrong a clock can be: `± 0.1 s`, `± 2 s`; tenths below ten seconds, rounded up. */
export function formatClockError(errorMs: number): string {
  const tenths = Math.ceil(errorMs / 100)
  return tenths < 100 ? `± ${tenths / 10} s` : `± ${Math.ceil(errorMs / SECOND_MS)} s`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
const joined = (parts: (string | false)[]): string => parts.filter(Boolean).join(' ')
