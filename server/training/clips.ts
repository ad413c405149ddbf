/**
 * Clips: stretches of closed calls in training lists. Whoever adds one may see the call and keeps the list; with that he
 * gives the stretch to everybody whom the list is assigned to.
 */
import { z } from 'zod'
import { callIdSchema, type CallId } from '@/protocol/ids'
import { recordAudit } from '../access/audit'
import { AccessError } from '../access/errors'
import { maySeeCall } from '../access/policy'
import type { Viewer } from '../access/sessions'
import type { DatabaseOrTransaction } from '../database/client'
import { commentTextSchema } from './comments'
import { TrainingError } from './errors'
import { LONGEST_CLIP_MS, MAX_CLIP_TITLE, SHORTEST_CLIP_MS } from './limits'
import { type By, insertList, listIdSchema, listValuesSchema, lockList, type TrainingDeps } from './lists'
import { clipsKeptBy, clipsVisibleTo, mayTrain, requireKeptList } from './rights'

export const clipIdSchema = z.uuid()
export const clipTitleSchema = z.string().trim().min(1).max(MAX_CLIP_TITLE)
export const newClipSchema = z.object({
  /** One that is there, or one to make. */
  list: z.union([listIdSchema, listValuesSchema]),
  title: clipTitleSchema,
  startMs: z.int().nonnegative(),
  endMs: z.int().nonnegative(),
  /** `atMs`: in the call. One outside of the clip stands at its nearer end. */
  comment: z.object({ atMs: z.int().nonnegative(), text: commentTextSchema }).nullable(),
})
export type NewClip = z.infer<typeof newClipSchema>

/** Throws AccessError `not-allowed` or TrainingError. */
export async function addClip({ acts, clipFiles, database }: TrainingDeps, callId: CallId, clip: NewClip, by: By): Promise<{ listId: string; clipId: string }> {
  const { title, startMs, endMs } = clip
  await requireStretch(database, by.viewer, callId, clip)
  let made: { listId: string; clipId: string } | null = null
  await acts.recordChange({ verb: 'clip-added', callId, ...by }, async (transaction) => {
    const listId = typeof clip.list === 'string' ? clip.list : await insertList(transaction, clip.list, by)
    await lockList(transaction, listId)
    const { name } = await requireKeptList(transaction, by.viewer, listId)
    const last = await transaction.clip.aggregate({ where: { listId }, _max: { place: true } })
    const comments = clip.comment && { create: { atMs: Math.min(Math.max(clip.comment.atMs, startMs), endMs - 1), text: clip.comment.text, authorId: by.viewer.id } }
    const { id } = await transaction.clip.create({
      data: { listId, callId, startMs, endMs, title, place: (last._max.place ?? 0) + 1, addedById: by.viewer.id, ...(comments && { comments }) },
      select: { id: true },
    })
    made = { listId, clipId: id }
    return { clip: title, list: name, clipId: id, listId, startMs: String(startMs), endMs: String(endMs) }
  })
  const { clipId } = made!
  clipFiles.makeSoon({ id: clipId, callId, startMs, endMs })
  return made!
}

async function requireStretch(database: DatabaseOrTransaction, viewer: Viewer, callId: CallId, { startMs, endMs }: NewClip): Promise<void> {
  if (!mayTrain(viewer) || !(await maySeeCall(database, viewer, callId))) throw AccessError.notAllowed()
  const { state, lengthMs } = await database.call.findUniqueOrThrow({ where: { id: callId }, select: { state: true, lengthMs: true } })
  if (state !== 'closed') throw TrainingError.stillRuns()
  if (endMs > lengthMs || startMs >= endMs) throw TrainingError.beyondTheCall(lengthMs)
  if (endMs - startMs < SHORTEST_CLIP_MS || endMs - startMs > LONGEST_CLIP_MS) throw TrainingError.noClipLength(SHORTEST_CLIP_MS, LONGEST_CLIP_MS)
}

/** Throws AccessError `not-allowed`. */
export async function renameClip({ acts, database }: TrainingDeps, clipId: string, title: string, by: By): Promise<void> {
  const { callId, ...clip } = await requireKeptClip(database, by.viewer, clipId)
  await acts.recordChange({ verb: 'clip-renamed', callId, ...by }, async (transaction) => {
    await transaction.clip.update({ where: { id: clipId }, data: { title } })
    return { clip: title, before: clip.title, list: clip.list.name, clipId, listId: clip.list.id }
  })
}

/** Changes places with the next one before or after that he can see; at the end nothing changes. Throws AccessError `not-allowed`. */
export async function moveClip({ database }: Pick<TrainingDeps, 'database'>, clipId: string, direction: 'earlier' | 'later', { viewer, address }: By): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { list, title } = await requireKeptClip(transaction, viewer, clipId)
    await lockList(transaction, list.id)
    const order = (await transaction.clip.findMany({ where: { listId: list.id }, orderBy: [{ place: 'asc' }, { id: 'asc' }], select: { id: true } })).map(({ id }) => id)
    const visible = new Set((await transaction.clip.findMany({ where: { AND: [clipsKeptBy(viewer), { listId: list.id }] }, select: { id: true } })).map(({ id }) => id))
    const at = order.indexOf(clipId)
    const to = direction === 'earlier' ? order.findLastIndex((id, index) => index < at && visible.has(id)) : order.findIndex((id, index) => index > at && visible.has(id))
    if (at < 0 || to < 0) return
    ;[order[at], order[to]] = [order[to]!, order[at]!]
    // Numbered anew as a whole, so that no two have the same place.
    await transaction.$executeRaw`update "Clip" set "place" = ordered."place" from unnest(${order}::uuid[]) with ordinality as ordered("id", "place") where "Clip"."id" = ordered."id"`
    await recordAudit(transaction, { verb: 'training-list-changed', actorId: viewer.id, address, detail: { list: list.name, listId: list.id, moved: title, direction } })
  })
}

/** With its comments, ticks and file. Throws AccessError `not-allowed`. */
export async function removeClip(deps: TrainingDeps, clipId: string, by: By): Promise<void> {
  await takeOutClip(deps, { id: clipId, ...(await requireKeptClip(deps.database, by.viewer, clipId)) }, by)
}

type KeptClip = { id: string; title: string; callId: CallId; list: { id: string; name: string } }

/** For whoever may; one that is gone already is written down once. */
export async function takeOutClip({ acts, clipFiles }: TrainingDeps, { id, title, callId, list }: KeptClip, by: By): Promise<void> {
  await acts.recordChange({ verb: 'clip-removed', callId, ...by }, async (transaction) => {
    const { count } = await transaction.clip.deleteMany({ where: { id } })
    if (count === 0) throw AccessError.notAllowed()
    return { clip: title, list: list.name, clipId: id, listId: list.id }
  })
  await clipFiles.remove(callId, id)
}

/** Throws AccessError `not-allowed`. */
export async function cutClipAgain({ clipFiles, database }: TrainingDeps, clipId: string, { viewer }: By): Promise<void> {
  const clip = await database.clip.findFirst({ where: { AND: [clipsVisibleTo(viewer), { id: clipId }] }, select: { id: true, callId: true, startMs: true, endMs: true } })
  if (!clip) throw AccessError.notAllowed()
  await clipFiles.makeAgain({ ...clip, callId: callIdSchema.parse(clip.callId) })
}

async function requireKeptClip(database: DatabaseOrTransaction, viewer: Viewer, clipId: string): Promise<Omit<KeptClip, 'id'>> {
  const clip = await database.clip.findFirst({ where: { AND: [clipsKeptBy(viewer), { id: clipId }] }, select: { title: true, callId: true, list: { select: { id: true, name: true } } } })
  if (!clip) throw AccessError.notAllowed()
  return { ...clip, callId: callIdSchema.parse(clip.callId) }
}
