/**
 * Moments of a call and the notes on them. Whoever may see a call may add; the author and an admin may delete. The caller
 * has checked that the viewer may see the call. Adding and deleting stand in the audit trail and in the custody log, with a
 * hash of the text: what was deleted is gone, and it can still be proved what it was. A call that still runs has no custody log
 * yet: of what is marked while it is listened to only the audit trail tells.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CallId } from '@/protocol/ids'
import type { CallActs } from '../access/call-acts'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import type { Prisma } from '../database/generated/client'
import { NoteError } from './errors'
import type { MomentView } from './view'

export const MAX_NOTE_CHARACTERS = 4_000

export const newNoteSchema = z.object({
  /** Both the same for a point. */
  startMs: z.int().nonnegative(),
  endMs: z.int().nonnegative(),
  text: z.string().trim().min(1).max(MAX_NOTE_CHARACTERS),
})
export type NewNote = z.infer<typeof newNoteSchema>
export const noteIdSchema = z.uuid()

/** Its author may delete a note in any case. */
export const mayDeleteAnyNote = (viewer: Viewer): boolean => viewer.role === 'admin'
const notesDeletableBy = (viewer: Viewer): Prisma.NoteWhereInput => (mayDeleteAnyNote(viewer) ? {} : { authorId: viewer.id })

type Deps = { acts: CallActs }
type By = { viewer: Viewer; address: string | null }

export async function findMoments(database: Database, callId: CallId): Promise<MomentView[]> {
  const person = { select: { id: true, name: true } } as const
  const rows = await database.moment.findMany({
    where: { callId },
    orderBy: [{ startMs: 'asc' }, { endMs: 'asc' }],
    select: { id: true, startMs: true, endMs: true, createdAt: true, createdBy: person, notes: { orderBy: { createdAt: 'asc' }, select: { id: true, text: true, createdAt: true, author: person } } },
  })
  return rows.map(({ id, startMs, endMs, createdAt, createdBy, notes }) => ({
    ...{ id, startMs, endMs },
    by: createdBy,
    at: createdAt.toISOString(),
    notes: notes.map((note) => ({ id: note.id, by: note.author, at: note.createdAt.toISOString(), text: note.text })),
  }))
}

/** `lastMs`: the last position of the call's timeline. Rejects with NoteError. */
export async function addNote({ acts }: Deps, callId: CallId, lastMs: number, note: NewNote, by: By): Promise<void> {
  const { startMs, endMs, text } = note
  if (startMs > endMs || endMs > lastMs) throw NoteError.beyondTheCall(startMs, endMs, lastMs)
  const place = { callId, startMs, endMs }
  await acts.recordChange({ verb: 'note-added', callId, ...by }, async (transaction) => {
    const moment = await transaction.moment.upsert({ where: { callId_startMs_endMs: place }, create: { ...place, createdById: by.viewer.id }, update: {}, select: { id: true } })
    const { id } = await transaction.note.create({ data: { momentId: moment.id, authorId: by.viewer.id, text }, select: { id: true } })
    return detailOf({ id, text, moment: { startMs, endMs } })
  })
}

/** A moment goes with its last note. Rejects with NoteError, also for a note of somebody else. */
export async function deleteNote({ acts }: Deps, callId: CallId, noteId: string, by: By): Promise<void> {
  await acts.recordChange({ verb: 'note-deleted', callId, ...by }, async (transaction) => {
    const note = await transaction.note.findFirst({
      where: { AND: [{ id: noteId, moment: { callId } }, notesDeletableBy(by.viewer)] },
      select: { id: true, text: true, moment: { select: { id: true, startMs: true, endMs: true } } },
    })
    if (!note) throw NoteError.noSuchNote()
    await transaction.note.delete({ where: { id: note.id } })
    await transaction.moment.deleteMany({ where: { id: note.moment.id, notes: { none: {} } } })
    return detailOf(note)
  })
}

function detailOf({ id, text, moment }: { id: string; text: string; moment: { startMs: number; endMs: number } }): Record<string, string> {
  return { noteId: id, startMs: String(moment.startMs), endMs: String(moment.endMs), textSha256: createHash('sha256').update(text).digest('hex') }
}
