/** The sample call of whoever is signed in: loaded and removed; both are audited where they are done. */
'use server'

import { revalidatePath } from 'next/cache'
import { callIdSchema, type CallId } from '@/protocol/ids'
import { AccessError } from '@/server/access/errors'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import type { RemovedSample } from '@/server/samples/samples'
import { findCaller } from '@/app/shell/caller'

/** `null`: nobody is signed in. */
export async function loadSample(): Promise<CallId | null> {
  const viewer = await getViewer()
  if (!viewer) return null
  const callId = await getRuntime().samples.load(viewer, await findCaller())
  revalidatePath('/', 'layout')
  return callId
}

/** `null`: there is no such sample for this person. */
export async function removeSample(callId: string): Promise<RemovedSample | null> {
  const [viewer, id] = [await getViewer(), callIdSchema.safeParse(callId)]
  if (!viewer || !id.success) return null
  try {
    const removed = await getRuntime().samples.remove(viewer, id.data, await findCaller())
    revalidatePath('/', 'layout')
    return removed
  } catch (error) {
    if (error instanceof AccessError) return null
    throw error
  }
}
