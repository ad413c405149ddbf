/** The call of an address, if there is one that the viewer may see; asked once a request, however often it is needed. */
import { cache } from 'react'
import { callIdSchema } from '@/protocol/ids'
import { seesListeners } from '@/server/access/listeners-rule'
import { maySeeCall } from '@/server/access/policy'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { findCall } from '@/server/timeline/load-call'
import type { CallView } from '@/server/timeline/view'

export const findCallView = cache(async (id: string, wordsFromMs = 0): Promise<CallView | null> => {
  const callId = callIdSchema.safeParse(id)
  const viewer = await getViewer()
  if (!callId.success || !viewer) return null
  const runtime = getRuntime()
  const call = (await maySeeCall(runtime.database, viewer, callId.data)) ? await findCall(runtime, callId.data, wordsFromMs) : null
  if (!call) return null
  const isSeen = await seesListeners(runtime.database, viewer, { technicianId: call.technician.id, isClosed: call.state === 'closed' })
  return isSeen ? call : { ...call, presences: call.presences.filter(({ as }) => as !== 'supervisor') }
})
