/** The transcript as those see it who listen: an utterance replaces the captions of its time (`protocol/live-words.ts`). */
import type { CallId } from '@/protocol/ids'
import type { LiveWords } from '@/protocol/live-messages'
import { audioTrackSchema } from '@/protocol/tracks'
import type { Database } from '../database/client'
import type { Utterance } from '../transcribe/utterances'

export const finalWordsOf = ({ track, startMs, endMs, text }: Pick<Utterance, 'track' | 'startMs' | 'endMs' | 'text'>): LiveWords => ({ track, startMs, endMs, text, isFinal: true })

/** What leaked from the other track is given to nobody. */
export async function findFinalWords(database: Database, callId: CallId): Promise<LiveWords[]> {
  const utterances = await database.utterance.findMany({ where: { callId, leakedFrom: null }, orderBy: { startMs: 'asc' }, select: { track: true, startMs: true, endMs: true, text: true } })
  return utterances.map(({ track, ...stretch }) => finalWordsOf({ ...stretch, track: audioTrackSchema.parse(track) }))
}
