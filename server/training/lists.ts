/** Training lists: made, changed, deleted by whoever keeps them (rights.ts); written down in the audit trail. */
import { z } from 'zod'
import type { CallActs } from '../access/call-acts'
import { recordAudit } from '../access/audit'
import { AccessError } from '../access/errors'
import { teamsSupervisedBy } from '../access/policy'
import { teamIdSchema } from '../access/teams'
import type { Viewer } from '../access/sessions'
import type { Database, DatabaseOrTransaction } from '../database/client'
import { callIdSchema } from '@/protocol/ids'
import type { ClipFiles } from './clip-files'
import { mayTrain, requireKeptList } from './rights'

export const listIdSchema = z.uuid()
export const listValuesSchema = z.object({
  name: z.string().trim().min(1).max(100),
  /** What one learns from it; may be empty. */
  teaches: z.string().trim().max(500),
  /** Whose supervisors keep it beside him who makes it. */
  teamId: teamIdSchema.nullable(),
})
export type ListValues = z.infer<typeof listValuesSchema>

export type By = { viewer: Viewer; address: string | null }
export type TrainingDeps = { database: Database; acts: CallActs; clipFiles: ClipFiles }

/** Throws AccessError `not-allowed`. */
export const makeList = ({ database }: Pick<TrainingDeps, 'database'>, values: ListValues, by: By): Promise<string> => database.$transaction((transaction) => insertList(transaction, values, by))

export async function insertList(transaction: DatabaseOrTransaction, values: ListValues, { viewer, address }: By): Promise<string> {
  if (!mayTrain(viewer)) throw AccessError.notAllowed()
  await requireTeam(transaction, viewer, values.teamId)
  const { id } = await transaction.trainingList.create({ data: { ...values, createdById: viewer.id }, select: { id: true } })
  await recordAudit(transaction, { verb: 'training-list-made', actorId: viewer.id, address, detail: { list: values.name, listId: id } })
  return id
}

/** Throws AccessError `not-allowed`. A team that the list has already may stay, whoever keeps it. */
export async function changeList({ database }: Pick<TrainingDeps, 'database'>, listId: string, values: ListValues, { viewer, address }: By): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { name } = await requireKeptList(transaction, viewer, listId)
    const { teamId } = await transaction.trainingList.findUniqueOrThrow({ where: { id: listId }, select: { teamId: true } })
    if (values.teamId !== teamId) await requireTeam(transaction, viewer, values.teamId)
    await transaction.trainingList.update({ where: { id: listId }, data: values })
    await recordAudit(transaction, { verb: 'training-list-changed', actorId: viewer.id, address, detail: { list: values.name, listId, ...(name !== values.name && { before: name }) } })
  })
}

/** With its clips, their comments and ticks. Throws AccessError `not-allowed`. */
export async function deleteList({ database, acts, clipFiles }: TrainingDeps, listId: string, by: By): Promise<void> {
  const clips = await database.$transaction(async (transaction) => {
    const { name } = await requireKeptList(transaction, by.viewer, listId)
    const gone = await transaction.clip.findMany({ where: { listId }, select: { id: true, title: true, callId: true } })
    for (const { id, title, callId } of gone) await acts.record({ verb: 'clip-removed', callId: callIdSchema.parse(callId), ...by, detail: { clip: title, list: name, clipId: id, listId } }, transaction)
    await transaction.trainingList.delete({ where: { id: listId } })
    await recordAudit(transaction, { verb: 'training-list-deleted', actorId: by.viewer.id, address: by.address, detail: { list: name, listId, clips: gone.length } })
    return gone
  })
  for (const { id, callId } of clips) await clipFiles.remove(callIdSchema.parse(callId), id)
}

async function requireTeam(transaction: DatabaseOrTransaction, viewer: Viewer, teamId: string | null): Promise<void> {
  if (teamId === null) return
  const count = await transaction.team.count({ where: { AND: [teamsSupervisedBy(viewer), { id: teamId }] } })
  if (count === 0) throw AccessError.notAllowed()
}
