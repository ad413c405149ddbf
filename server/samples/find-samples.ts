/** Which calls are samples: they are called so wherever they are shown. */
import { type CallId, callIdSchema } from '@/protocol/ids'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'

/** Those of `callIds` that are. */
export async function findSamples(database: Database, callIds: readonly string[]): Promise<Set<string>> {
  const rows = await database.sampleCall.findMany({ where: { callId: { in: [...callIds] } }, select: { callId: true } })
  return new Set(rows.map(({ callId }) => callId))
}

/** The one that this person has loaded. */
export async function findOwnSample(database: Database, viewer: Viewer): Promise<CallId | null> {
  const sample = await database.sampleCall.findUnique({ where: { userId: viewer.id }, select: { callId: true } })
  return sample && callIdSchema.parse(sample.callId)
}
