/** One call with everything on its timeline. */
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import { logReaderOf } from '../media/log-reader'
import type { MediaStore } from '../media/media-store'
import { findCallRow } from './call-row'
import { makeCallView } from './call-view'
import { findMoments } from './moments'
import { findUtterances, type Wanted } from './utterances'
import type { CallView } from './view'

type Deps = { database: Database; media: MediaStore }

/** `null` when there is no such call; one that an agent has just opened appears with its row. */
export async function findCall({ database, media }: Deps, callId: CallId, wanted: Wanted = { fromMs: 0 }, now = new Date()): Promise<CallView | null> {
  const row = await findCallRow(database, callId, now)
  if (!row) return null
  const [utterances, log, files, moments] = await Promise.all([findUtterances(database, callId, wanted), logReaderOf(media).read(callId), media.list(callId), findMoments(database, callId)])
  return makeCallView({ row, utterances, log, files, moments })
}
