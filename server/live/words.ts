/** Final words of a running call, as its page is told them. */
import { audioTrackSchema } from '@/protocol/tracks'
import type { CallId } from '@/protocol/ids'
import type { LiveWords } from '@/protocol/live-messages'
import type { Database } from '../database/client'

export async function findWords(database: Database, callId: CallId): Promise<LiveWords[]> {
  const utterances = await database.utterance.findMany({ where: { callId, leakedFrom: null }, orderBy: { startMs: 'asc' }, select: { track: true, startMs: true, endMs: true, text: true } })
  return utterances.map(({ track, ...stretch }) => ({ ...stretch, track: audioTrackSchema.parse(track), isFinal: true }))
}
