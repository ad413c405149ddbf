/** Utterances as they are found and as they are kept. */
import type { CallId } from '@/protocol/ids'
import type { AudioTrack } from '@/protocol/tracks'
import type { Database } from '../database/client'
import type { Word } from './words'

/** A stretch of speech of one party, `[startMs, endMs)` on the call's timeline. */
export type Utterance = { track: AudioTrack; startMs: number; endMs: number; text: string; words: Word[]; leakedFrom: AudioTrack | null }

/** Saving the same utterance twice changes nothing. */
export async function saveUtterance(database: Database, callId: CallId, { track, startMs, ...rest }: Utterance): Promise<void> {
  const place = { callId, track, startMs }
  await database.utterance.upsert({ where: { callId_track_startMs: place }, create: { ...place, ...rest }, update: rest })
}

/** The whole transcript of a call at once: readers see the old one or the new one. */
export async function replaceUtterances(database: Database, callId: CallId, utterances: readonly Utterance[]): Promise<void> {
  await database.$transaction([
    database.utterance.deleteMany({ where: { callId } }),
    database.utterance.createMany({ data: utterances.map((utterance) => ({ callId, ...utterance })) }),
  ])
}

/** Up to where each track's utterances are stored already. */
export async function findStoredEnds(database: Database, callId: CallId): Promise<Map<string, number>> {
  const rows = await database.utterance.groupBy({ by: ['track'], where: { callId }, _max: { endMs: true } })
  return new Map(rows.map(({ track, _max }) => [track, _max.endMs ?? 0]))
}
