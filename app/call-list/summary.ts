/** What of a call needs a person's look, and how many calls do. Pure. */
import type { Track } from '@/protocol/tracks'
import type { CallListItem } from '@/server/timeline/view'

/** What stands in the last column; the first one is the worst. */
export type LookAt =
  | { kind: 'fault' }
  | { kind: 'lost'; lostMs: number; track: Track | null }
  | { kind: 'transcript' }
  | { kind: 'away' }
  | { kind: 'running'; state: 'recording' | 'wrapup' }

export function findLookAt(call: CallListItem): LookAt | null {
  if (call.fault !== null) return { kind: 'fault' }
  const lost = call.tracks.filter(({ lostMs }) => lostMs > 0)
  if (lost.length > 0) return { kind: 'lost', lostMs: Math.max(...lost.map(({ lostMs }) => lostMs)), track: lost.length === 1 ? lost[0]!.track : null }
  if (call.transcript === 'failed') return { kind: 'transcript' }
  if (call.agentAwaySince !== null) return { kind: 'away' }
  if (call.state !== 'closed') return { kind: 'running', state: call.state }
  return null
}

export function summarise(calls: readonly CallListItem[]): { lengthMs: number; lostCount: number; lookCount: number } {
  const looks = calls.map(findLookAt)
  return {
    lengthMs: calls.reduce((sum, { lengthMs }) => sum + lengthMs, 0),
    lostCount: looks.filter((look) => look?.kind === 'lost').length,
    lookCount: looks.filter((look) => look?.kind === 'fault' || look?.kind === 'transcript' || look?.kind === 'away').length,
  }
}
