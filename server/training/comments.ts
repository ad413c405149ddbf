/**
 * Comments at instants of a clip. Whoever sees the clip may comment; the author deletes his own, whoever keeps the clip any.
 * Both stand in the audit trail and in the call's custody log, with a hash of the text.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { callIdSchema } from '@/protocol/ids'
import { AccessError } from '../access/errors'
import type { Viewer } from '../access/sessions'
import type { Prisma } from '../database/generated/client'
import { MAX_COMMENT } from './limits'
import type { By, TrainingDeps } from './lists'
import { clipsKeptBy, clipsVisibleTo } from './rights'

export const commentTextSchema = z.string().trim().min(1).max(MAX_COMMENT)
export const commentIdSchema = z.uuid()
/** `atMs`: from the beginning of the clip. */
export const newCommentSchema = z.object({ atMs: z.int().nonnegative(), text: commentTextSchema })
export type NewComment = z.infer<typeof newCommentSchema>

export const commentsDeletableBy = (viewer: Viewer): Prisma.ClipCommentWhereInput => (viewer.role === 'admin' ? {} : { OR: [{ authorId: viewer.id, clip: clipsVisibleTo(viewer) }, { clip: clipsKeptBy(viewer) }] })

/** One behind the end stands at the end. Throws AccessError `not-allowed`. */
export async function addComment({ acts, database }: TrainingDeps, clipId: string, { atMs, text }: NewComment, by: By): Promise<void> {
  const clip = await database.clip.findFirst({ where: { AND: [clipsVisibleTo(by.viewer), { id: clipId }] }, select: { callId: true, title: true, startMs: true, endMs: true } })
  if (!clip) throw AccessError.notAllowed()
  await acts.recordChange({ verb: 'clip-comment-added', callId: callIdSchema.parse(clip.callId), ...by }, async (transaction) => {
    const place = Math.min(clip.startMs + atMs, clip.endMs - 1)
    const { id } = await transaction.clipComment.create({ data: { clipId, atMs: place, text, authorId: by.viewer.id }, select: { id: true } })
    return detailOf({ id, atMs: place, text, clipId, title: clip.title })
  })
}

/** Throws AccessError `not-allowed`. */
export async function deleteComment({ acts, database }: TrainingDeps, commentId: string, by: By): Promise<void> {
  const comment = await database.clipComment.findFirst({
    where: { AND: [commentsDeletableBy(by.viewer), { id: commentId }] },
    select: { id: true, atMs: true, text: true, clip: { select: { id: true, title: true, callId: true } } },
  })
  if (!comment) throw AccessError.notAllowed()
  await acts.recordChange({ verb: 'clip-comment-deleted', callId: callIdSchema.parse(comment.clip.callId), ...by }, async (transaction) => {
    await transaction.clipComment.deleteMany({ where: { id: commentId } })
    return detailOf({ ...comment, clipId: comment.clip.id, title: comment.clip.title })
  })
}

function detailOf({ id, atMs, text, clipId, title }: { id: string; atMs: number; text: string; clipId: string; title: string }): Record<string, string> {
  return { clip: title, clipId, commentId: id, atMs: String(atMs), textSha256: createHash('sha256').update(text).digest('hex') }
}
