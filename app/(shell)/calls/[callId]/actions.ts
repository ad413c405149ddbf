/** What the call's page asks of the server while it is open; the viewer's rights are checked each time. */
'use server'

import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import type { CallView, TaskKind } from '@/server/timeline/view'
import { findCaller } from '@/app/shell/caller'
import { findCallView } from './find-call-view'

const KINDS: readonly TaskKind[] = ['transcript', 'playback', 'peaks', 'stills']

/** The same look as the page's, so it is not audited again. `null`: there is no such call for this viewer any more. */
export async function reloadCall(callId: string): Promise<CallView | null> {
  return findCallView(callId)
}

export async function retryCallTask(callId: string, kind: TaskKind): Promise<CallView | null> {
  const [viewer, call] = await Promise.all([getViewer(), findCallView(callId)])
  if (!viewer || !call || !KINDS.includes(kind)) return null
  const { acts, retryTask } = getRuntime()
  await acts.record({ verb: 'task-retried', viewer, callId: call.id, address: await findCaller(), detail: { kind } })
  await retryTask(call.id, kind)
  return { ...call, tasks: call.tasks.map((task) => (task.kind === kind ? { ...task, state: 'waiting', error: null } : task)) }
}
