/** What of a call needs a person’s look. Pure. */
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
  if (lost.length > 0) return { kind: 'lost', lostMs: sumOf(call, 'lost'), track: lost.length === 1 ? lost[0]!.track : null }
  if (call.transcript === 'failed') return { kind: 'transcript' }
  if (call.agentAwaySince !== null) return { kind: 'away' }
  if (call.state !== 'closed') return { kind: 'running', state: call.state }
  return null
}


/** How much of the call's length at least one track lost, or was paused; as the call's own page counts. */
export const sumOf = ({ notRecorded }: Pick<CallListItem, 'notRecorded'>, state: CallListItem['notRecorded'][number]['state']): number =>
  notRecorded.reduce((sum, range) => (range.state === state ? sum + range.toMs - range.fromMs : sum), 0)
