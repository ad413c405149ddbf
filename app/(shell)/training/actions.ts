/** What people do with training lists and their clips. The rights are asked where the change is made, and it is audited there. */
'use server'

import { revalidatePath } from 'next/cache'
import type { z } from 'zod'
import { userIdSchema } from '@/protocol/ids'
import { getViewer } from '@/server/access/viewer'
import { getRuntime, type Runtime } from '@/server/runtime'
import { assignList, assignmentSchema, setTick, unassignList } from '@/server/training/assignments'
import { clipIdSchema, clipTitleSchema, cutClipAgain, moveClip, removeClip, renameClip } from '@/server/training/clips'
import { addComment, commentIdSchema, deleteComment, newCommentSchema } from '@/server/training/comments'
import { deleteList } from '@/server/training/delete-list'
import { type By, changeList, listIdSchema, listValuesSchema, makeList } from '@/server/training/lists'
import { findCaller } from '@/app/shell/caller'
import { settle } from '@/app/shell/settle'
import { type ChangeAnswer, REFUSED } from '@/app/ui/change-answer'

export async function makeTrainingList(values: unknown): Promise<ChangeAnswer> {
  return change(listValuesSchema, values, (list, runtime, by) => makeList(runtime, list, by))
}

export async function saveTrainingList(listId: unknown, values: unknown): Promise<ChangeAnswer> {
  const list = listValuesSchema.safeParse(values)
  return list.success ? change(listIdSchema, listId, (id, runtime, by) => changeList(runtime, id, list.data, by)) : REFUSED
}

export async function deleteTrainingList(listId: unknown): Promise<ChangeAnswer> {
  return change(listIdSchema, listId, (id, runtime, by) => deleteList(runtime, id, by))
}

export async function assignTrainingList(listId: unknown, values: unknown): Promise<ChangeAnswer> {
  const assignment = assignmentSchema.safeParse(values)
  return assignment.success ? change(listIdSchema, listId, (id, runtime, by) => assignList(runtime, id, assignment.data, by)) : REFUSED
}

export async function unassignTrainingList(listId: unknown, person: unknown): Promise<ChangeAnswer> {
  const userId = userIdSchema.safeParse(person)
  return userId.success ? change(listIdSchema, listId, (id, runtime, by) => unassignList(runtime, id, userId.data, by)) : REFUSED
}

export async function renameTrainingClip(clipId: unknown, title: unknown): Promise<ChangeAnswer> {
  const parsed = clipTitleSchema.safeParse(title)
  return parsed.success ? change(clipIdSchema, clipId, (id, runtime, by) => renameClip(runtime, id, parsed.data, by)) : REFUSED
}

export async function moveTrainingClip(clipId: unknown, direction: unknown): Promise<ChangeAnswer> {
  if (direction !== 'earlier' && direction !== 'later') return REFUSED
  return change(clipIdSchema, clipId, (id, runtime, by) => moveClip(runtime, id, direction, by))
}

export async function removeTrainingClip(clipId: unknown): Promise<ChangeAnswer> {
  return change(clipIdSchema, clipId, (id, runtime, by) => removeClip(runtime, id, by))
}

export async function cutTrainingClipAgain(clipId: unknown): Promise<ChangeAnswer> {
  return change(clipIdSchema, clipId, (id, runtime, by) => cutClipAgain(runtime, id, by))
}

export async function tickClip(clipId: unknown, isDone: unknown): Promise<ChangeAnswer> {
  return change(clipIdSchema, clipId, (id, runtime, by) => setTick(runtime, id, isDone === true, by))
}

export async function commentClip(clipId: unknown, values: unknown): Promise<ChangeAnswer> {
  const comment = newCommentSchema.safeParse(values)
  return comment.success ? change(clipIdSchema, clipId, (id, runtime, by) => addComment(runtime, id, comment.data, by)) : REFUSED
}

export async function deleteClipComment(commentId: unknown): Promise<ChangeAnswer> {
  return change(commentIdSchema, commentId, (id, runtime, by) => deleteComment(runtime, id, by))
}

async function change<Asked>(schema: z.ZodType<Asked>, asked: unknown, make: (asked: Asked, runtime: Runtime, by: By) => Promise<unknown>): Promise<ChangeAnswer> {
  const [parsed, viewer] = [schema.safeParse(asked), await getViewer()]
  if (!parsed.success || !viewer) return REFUSED
  const answer = await settle(async () => make(parsed.data, getRuntime(), { viewer, address: await findCaller() }))
  if (answer.isDone) revalidatePath('/training', 'layout')
  return answer
}
