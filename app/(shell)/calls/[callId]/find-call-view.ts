/** The call of an address, if there is one that the viewer may see; asked once a request, however often it is needed. */
import { cache } from 'react'
import { callIdSchema, type CallId } from '@/protocol/ids'
import { seesListeners } from '@/server/access/listeners-rule'
import { maySeeCall } from '@/server/access/policy'
import { getViewer, type Viewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { findCall } from '@/server/timeline/load-call'
import type { Wanted } from '@/server/timeline/utterances'
import type { CallView } from '@/server/timeline/view'

export const findCallView = cache(async (id: string, wanted?: Wanted): Promise<CallView | null> => {
  const [callId, viewer] = [await findSeenCall(id), await getViewer()]
  const call = callId && (await findCall(getRuntime(), callId, wanted))
  return call && viewer && withoutHiddenListeners(call, viewer)
})

/** The id itself, if it is that of a call which the viewer may see. */
export async function findSeenCall(id: string): Promise<CallId | null> {
  const callId = callIdSchema.safeParse(id)
  const viewer = await getViewer()
  if (!callId.success || !viewer) return null
  return (await maySeeCall(getRuntime().database, viewer, callId.data)) ? callId.data : null
}

async function withoutHiddenListeners(call: CallView, viewer: Viewer): Promise<CallView> {
  const isSeen = await seesListeners(getRuntime().database, viewer, { technicianId: call.technician.id, isClosed: call.state === 'closed' })
  return isSeen ? call : { ...call, presences: call.presences.filter(({ as }) => as !== 'supervisor') }
}
