/** What the call's page asks of the server while it is open; the viewer's rights are checked each time. */
'use server'

import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import type { CallView, TaskKind } from '@/server/timeline/view'
import { findCaller } from '@/app/shell/caller'
import { findCallView } from './find-call-view'

/** The look of the page that is open, audited again each hour. `null`: there is no such call for this viewer any more. */
export async function reloadCall(callId: string): Promise<CallView | null> {
  const [viewer, call] = await Promise.all([getViewer(), findCallView(callId)])
  if (!viewer || !call) return null
  await getRuntime().acts.recordOngoing({ verb: 'looked', viewer, callId: call.id, address: await findCaller() })
  return call
}

/** Only what has failed is made again; a press that comes twice changes nothing. */
export async function retryCallTask(callId: string, kind: TaskKind): Promise<CallView | null> {
  const [viewer, call] = await Promise.all([getViewer(), findCallView(callId)])
  if (!viewer || !call) return null
  if (!call.tasks.some((task) => task.kind === kind && task.state === 'failed')) return call
  const { acts, retryTask } = getRuntime()
  await acts.record({ verb: 'task-retried', viewer, callId: call.id, address: await findCaller(), detail: { kind } })
  await retryTask(call.id, kind)
  return { ...call, tasks: call.tasks.map((task) => (task.kind === kind ? { ...task, state: 'waiting', error: null } : task)) }
}
