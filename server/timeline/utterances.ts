/** What was said in a call, by `startMs`. */
import type { CallId } from '@/protocol/ids'
import { trackSchema } from '@/protocol/tracks'
import type { Database } from '../database/client'
import type { Utterance } from '../database/generated/client'
import { wordsSchema } from '../transcribe/words'
import type { UtteranceView } from './view'

/** All utterances with their words from a position on; or all with their text alone, which is a tenth of it. */
export type Wanted = Readonly<{ fromMs: number }> | 'text'

const ORDER = [{ startMs: 'asc' }, { track: 'asc' }] as const

export async function findUtterances(database: Database, callId: CallId, wanted: Wanted): Promise<UtteranceView[]> {
  if (wanted === 'text') {
    const rows = await database.utterance.findMany({ where: { callId }, orderBy: [...ORDER], omit: { words: true } })
    return rows.map((row) => viewOf(row, []))
  }
  const rows = await database.utterance.findMany({ where: { callId, startMs: { gte: wanted.fromMs } }, orderBy: [...ORDER] })
  return rows.map((row) => viewOf(row, wordsSchema.parse(row.words)))
}

/** With their words, all that overlap `[startMs, endMs)`. */
export async function findUtterancesWithin(database: Database, callId: CallId, { startMs, endMs }: { startMs: number; endMs: number }): Promise<UtteranceView[]> {
  const rows = await database.utterance.findMany({ where: { callId, startMs: { lt: endMs }, endMs: { gt: startMs } }, orderBy: [...ORDER] })
  return rows.map((row) => viewOf(row, wordsSchema.parse(row.words)))
}

const viewOf = ({ track, startMs, endMs, text, leakedFrom }: Omit<Utterance, 'words'>, words: UtteranceView['words']): UtteranceView => ({
  id: `${track}-${startMs}`,
  track: trackSchema.parse(track),
  startMs,
  endMs,
  text,
  words,
  leakedFrom: leakedFrom === null ? null : trackSchema.parse(leakedFrom),
})
