/**
 * Who is to go through a list, by when, and what he is done with. To assign a list is to give its clips: whoever assigns must
 * be allowed to see all their calls.
 */
import { z } from 'zod'
import { type UserId, userIdSchema } from '@/protocol/ids'
import { recordAudit, recordAudits } from '../access/audit'
import { AccessError } from '../access/errors'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { TrainingError } from './errors'
import type { By } from './lists'
import { clipsKeptBy, listsAssignedTo, peopleAssignableBy, requireKeptList } from './rights'

const MOST_PEOPLE = 500
export const assignmentSchema = z.object({
  userIds: z.array(userIdSchema).min(1).max(MOST_PEOPLE),
  /** The last day, or no such day. */
  dueOn: z.iso.date().nullable(),
})
export type AssignmentValues = z.infer<typeof assignmentSchema>

export type AssignablePerson = { id: string; name: string; role: Viewer['role'] }
type Deps = { database: Database }

export const listAssignablePeople = (database: Database, viewer: Viewer): Promise<AssignablePerson[]> =>
  database.user.findMany({ where: peopleAssignableBy(viewer), orderBy: [{ name: 'asc' }, { id: 'asc' }], select: { id: true, name: true, role: true } })

/** Whoever has it already gets the new day. Throws AccessError `not-allowed` or TrainingError `clips-of-others`. */
export async function assignList({ database }: Deps, listId: string, { userIds, dueOn }: AssignmentValues, { viewer, address }: By): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { name } = await requireKeptList(transaction, viewer, listId)
    const ids = [...new Set(userIds)]
    const people = await transaction.user.count({ where: { AND: [peopleAssignableBy(viewer), { id: { in: ids } }] } })
    if (people !== ids.length) throw AccessError.notAllowed()
    const seen = await transaction.clip.count({ where: { AND: [clipsKeptBy(viewer), { listId }] } })
    if (seen < (await transaction.clip.count({ where: { listId } }))) throw TrainingError.clipsOfOthers()
    const due = dueOn === null ? null : new Date(dueOn)
    await transaction.trainingAssignment.createMany({ data: ids.map((userId) => ({ listId, userId, assignedById: viewer.id, dueOn: due })), skipDuplicates: true })
    await transaction.trainingAssignment.updateMany({ where: { listId, userId: { in: ids } }, data: { dueOn: due } })
    const detail = { list: name, listId, ...(dueOn !== null && { dueOn }) }
    await recordAudits(transaction, ids.map((userId) => ({ verb: 'training-assigned', actorId: viewer.id, address, userId, detail })))
  })
}

/** What he has ticked stays known, should he get it again. Throws AccessError `not-allowed`. */
export async function unassignList({ database }: Deps, listId: string, userId: UserId, { viewer, address }: By): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { name } = await requireKeptList(transaction, viewer, listId)
    const { count } = await transaction.trainingAssignment.deleteMany({ where: { listId, userId } })
    if (count > 0) await recordAudit(transaction, { verb: 'training-unassigned', actorId: viewer.id, address, userId, detail: { list: name, listId } })
  })
}

/** Only of a list that is assigned to him; twice changes nothing. Throws AccessError `not-allowed`. */
export async function setTick({ database }: Deps, clipId: string, isDone: boolean, { viewer, address }: By): Promise<void> {
  await database.$transaction(async (transaction) => {
    const clip = await transaction.clip.findFirst({ where: { AND: [{ list: listsAssignedTo(viewer) }, { id: clipId }] }, select: { title: true, list: { select: { id: true, name: true } } } })
    if (!clip) throw AccessError.notAllowed()
    const tick = { clipId, userId: viewer.id }
    const { count } = isDone ? await transaction.clipTick.createMany({ data: [tick], skipDuplicates: true }) : await transaction.clipTick.deleteMany({ where: tick })
    if (count === 0) return
    await recordAudit(transaction, { verb: isDone ? 'clip-ticked' : 'clip-unticked', actorId: viewer.id, address, detail: { clip: clip.title, list: clip.list.name, clipId, listId: clip.list.id } })
  })
}
