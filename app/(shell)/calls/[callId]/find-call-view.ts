/** The call of an address, if there is one that the viewer may see; asked once a request, however often it is needed. */
import { cache } from 'react'
import { callIdSchema, type CallId } from '@/protocol/ids'
import { maySeeCall } from '@/server/access/policy'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { findCall } from '@/server/timeline/load-call'
import type { Wanted } from '@/server/timeline/utterances'
import type { CallView } from '@/server/timeline/view'

export const findCallView = cache(async (id: string, wanted?: Wanted): Promise<CallView | null> => {
  const callId = await findSeenCall(id)
  return callId && findCall(getRuntime(), callId, wanted)
})

/** The id itself, if it is that of a call which the viewer may see. */
export async function findSeenCall(id: string): Promise<CallId | null> {
  const callId = callIdSchema.safeParse(id)
  const viewer = await getViewer()
  if (!callId.success || !viewer) return null
  return (await maySeeCall(getRuntime().database, viewer, callId.data)) ? callId.data : null
}
