/** One call with everything on its timeline. */
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import { LogReader } from '../media/log-reader'
import type { MediaStore } from '../media/media-store'
import { findCallRow } from './call-row'
import { makeCallView } from './call-view'
import { findMoments } from './moments'
import type { CallView } from './view'

type Deps = { database: Database; media: MediaStore }

/** One for each store, so that all who load calls share what was parsed. */
const readers = new WeakMap<MediaStore, LogReader>()

/** `null` when there is no such call; one that an agent has just opened appears with its row. Utterances that begin before `wordsFromMs` are left out. */
export async function findCall({ database, media }: Deps, callId: CallId, wordsFromMs = 0, now = new Date()): Promise<CallView | null> {
  const row = await findCallRow(database, callId, wordsFromMs, now)
  if (!row) return null
  const reader = readers.get(media) ?? new LogReader(media)
  readers.set(media, reader)
  const [log, files, moments] = await Promise.all([reader.read(callId), media.list(callId), findMoments(database, callId)])
  return makeCallView({ row, log, files, moments })
}
