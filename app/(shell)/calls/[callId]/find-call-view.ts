/** The call of an address, if there is one that the viewer may see; asked once a request, however often it is needed. */
import { cache } from 'react'
import { callIdSchema } from '@/protocol/ids'
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
  return (await maySeeCall(runtime.database, viewer, callId.data)) ? findCall(runtime, callId.data, wordsFromMs) : null
})
