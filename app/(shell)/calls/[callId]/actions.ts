/** What the call's page asks of the server while it is open; the viewer's rights are checked each time. */
'use server'

import { z } from 'zod'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { NoteError } from '@/server/timeline/errors'
import { addNote, deleteNote, findMoments, newNoteSchema, noteIdSchema } from '@/server/timeline/moments'
import { findUtterances } from '@/server/timeline/utterances'
import type { CallView, TaskKind } from '@/server/timeline/view'
import { endOfCall } from '@/app/call/end-of-call'
import { packWords } from '@/app/call/packed-words'
import { findCaller } from '@/app/shell/caller'
import { findCallView, findSeenCall } from './find-call-view'

const wordsFromSchema = z.int().nonnegative().catch(0)

/** The look of the page that is open, audited again each hour. `null`: there is no such call for this viewer any more. */
export async function reloadCall(callId: string, wordsFromMs: unknown): Promise<CallView | null> {
  const [viewer, call] = await Promise.all([getViewer(), findCallView(callId, { fromMs: wordsFromSchema.parse(wordsFromMs) })])
  if (!viewer || !call) return null
  await getRuntime().acts.recordOngoing({ verb: 'looked', viewer, callId: call.id, address: await findCaller() })
  return call
}

/** By packWords; part of the look that opened the page. `null`: as above. */
export async function loadCallWords(callId: string): Promise<string | null> {
  const call = await findSeenCall(callId)
  return call && packWords(await findUtterances(getRuntime().database, call, { fromMs: 0 }))
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

/** `null`: nothing was attached. */
export async function addCallNote(callId: string, note: unknown): Promise<CallView['moments'] | null> {
  const [viewer, call, parsed] = [await getViewer(), await findCallView(callId), newNoteSchema.safeParse(note)]
  if (!viewer || !call || call.state !== 'closed' || !parsed.success) return null
  const address = await findCaller()
  return changeMoments(call, () => addNote(getRuntime(), call.id, endOfCall(call), parsed.data, { viewer, address }))
}

/** `null`: nothing was deleted. */
export async function deleteCallNote(callId: string, noteId: unknown): Promise<CallView['moments'] | null> {
  const [viewer, call, id] = [await getViewer(), await findCallView(callId), noteIdSchema.safeParse(noteId)]
  if (!viewer || !call || !id.success) return null
  const address = await findCaller()
  return changeMoments(call, () => deleteNote(getRuntime(), call.id, id.data, { viewer, address }))
}

async function changeMoments({ id }: CallView, change: () => Promise<void>): Promise<CallView['moments'] | null> {
  try {
    await change()
    return await findMoments(getRuntime().database, id)
  } catch (error) {
    if (error instanceof NoteError) return null
    throw error
  }
}
