/** Pauses and holds: what one entry begins and another ends. `toMs` is `null` while it lasts. */
import type { EntryOf, LogEntry } from './entries'

export type HoldStretch = { seq: number; fromMs: number; toMs: number | null }
export type PauseStretch = HoldStretch & EntryOf<'pause'>['data']

/** Out of entries in the order of their log. */
export function pauseStretches(entries: readonly LogEntry[]): PauseStretch[] {
  const pauses: PauseStretch[] = []
  for (const entry of entries) {
    const open = lasting(pauses)
    if (entry.kind === 'pause' && !open) pauses.push({ seq: entry.seq, fromMs: entry.atMs, toMs: null, ...entry.data })
    if (entry.kind === 'resume' && open) open.toMs = entry.atMs
  }
  return pauses
}

export function holdStretches(entries: readonly EntryOf<'hold'>[]): HoldStretch[] {
  const holds: HoldStretch[] = []
  for (const { seq, atMs, data } of entries) {
    const open = lasting(holds)
    if (data.state === 'began' && !open) holds.push({ seq, fromMs: atMs, toMs: null })
    if (data.state === 'ended' && open) open.toMs = atMs
  }
  return holds
}

/** The last one, if it has no end yet. */
export function lasting<S extends HoldStretch>(stretches: readonly S[]): S | undefined {
  const last = stretches.at(-1)
  return last?.toMs === null ? last : undefined
}
