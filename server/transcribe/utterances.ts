/** Utterances as they are found and as they are kept. */
import type { CallId } from '@/protocol/ids'
import { audioTrackSchema, type AudioTrack } from '@/protocol/tracks'
import type { Database } from '../database/client'
import type { LeakReport } from './leak-report'
import { wordsSchema, type Word } from './words'

/** A stretch of speech of one party, `[startMs, endMs)` on the call's timeline. */
export type Utterance = { track: AudioTrack; startMs: number; endMs: number; text: string; words: Word[]; leakedFrom: AudioTrack | null }

/** Saving the same utterance twice changes nothing. */
export async function saveUtterance(database: Database, callId: CallId, { track, startMs, ...rest }: Utterance): Promise<void> {
  const place = { callId, track, startMs }
  await database.utterance.upsert({ where: { callId_track_startMs: place }, create: { ...place, ...rest }, update: rest })
}

/** The whole transcript of a call at once: readers see the old one or the new one. */
export async function storeTranscript(database: Database, callId: CallId, utterances: readonly Utterance[], leak: LeakReport): Promise<void> {
  await database.$transaction([
    database.utterance.deleteMany({ where: { callId } }),
    database.utterance.createMany({ data: utterances.map((utterance) => ({ callId, ...utterance })) }),
    database.call.update({ where: { id: callId }, data: { leak } }),
  ])
}

export async function findUtterances(database: Database, callId: CallId): Promise<Utterance[]> {
  const rows = await database.utterance.findMany({ where: { callId }, orderBy: [{ startMs: 'asc' }, { track: 'asc' }] })
  return rows.map(({ track, startMs, endMs, text, words, leakedFrom }) => ({
    track: audioTrackSchema.parse(track),
    startMs,
    endMs,
    text,
    words: wordsSchema.parse(words),
    leakedFrom: audioTrackSchema.nullable().parse(leakedFrom),
  }))
}

/** Up to where each track's utterances are stored already. */
export async function findStoredEnds(database: Database, callId: CallId): Promise<Map<string, number>> {
  const rows = await database.utterance.groupBy({ by: ['track'], where: { callId }, _max: { endMs: true } })
  return new Map(rows.map(({ track, _max }) => [track, _max.endMs ?? 0]))
}
