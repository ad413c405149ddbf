/** Training lists: made, changed, deleted by whoever keeps them (rights.ts); written down in the audit trail. */
import { z } from 'zod'
import type { CallActs } from '../access/call-acts'
import { recordAudit } from '../access/audit'
import { AccessError } from '../access/errors'
import { teamsSupervisedBy } from '../access/policy'
import { teamIdSchema } from '../access/teams'
import type { Viewer } from '../access/sessions'
import type { Database, DatabaseOrTransaction } from '../database/client'
import type { ClipFiles } from './clip-files'
import { MAX_LIST_NAME, MAX_TEACHES } from './limits'
import { mayTrain, requireKeptList } from './rights'

export const listIdSchema = z.uuid()
export const listValuesSchema = z.object({
  name: z.string().trim().min(1).max(MAX_LIST_NAME),
  /** What one learns from it; may be empty. */
  teaches: z.string().trim().max(MAX_TEACHES),
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
  const team = await requireTeam(transaction, viewer, values.teamId)
  const { id } = await transaction.trainingList.create({ data: { ...values, createdById: viewer.id }, select: { id: true } })
  await recordAudit(transaction, { verb: 'training-list-made', actorId: viewer.id, address, detail: { list: values.name, listId: id, ...(team !== null && { team }) } })
  return id
}

/** Throws AccessError `not-allowed`. A team that the list has already may stay, whoever keeps it. */
export async function changeList({ database }: Pick<TrainingDeps, 'database'>, listId: string, values: ListValues, { viewer, address }: By): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { name } = await requireKeptList(transaction, viewer, listId)
    const before = await transaction.trainingList.findUniqueOrThrow({ where: { id: listId }, select: { teaches: true, teamId: true, team: { select: { name: true } } } })
    const detail = {
      ...{ list: values.name, listId },
      ...(name !== values.name && { before: name }),
      ...(before.teaches !== values.teaches && { teaches: values.teaches, teachesBefore: before.teaches }),
      // Whose list it is says who keeps it. `null`: its maker’s alone.
      ...(before.teamId !== values.teamId && { team: await requireTeam(transaction, viewer, values.teamId), teamBefore: before.team?.name ?? null }),
    }
    await transaction.trainingList.update({ where: { id: listId }, data: values })
    await recordAudit(transaction, { verb: 'training-list-changed', actorId: viewer.id, address, detail })
  })
}

/** Whoever adds, moves or removes clips by their places or number does it one after the other. Until the transaction ends. */
export async function lockList(transaction: DatabaseOrTransaction, listId: string): Promise<void> {
  await transaction.$queryRaw`select 1 from "TrainingList" where "id" = ${listId}::uuid for update`
}

/** Its name. */
async function requireTeam(transaction: DatabaseOrTransaction, viewer: Viewer, teamId: string | null): Promise<string | null> {
  if (teamId === null) return null
  const team = await transaction.team.findFirst({ where: { AND: [teamsSupervisedBy(viewer), { id: teamId }] }, select: { name: true } })
  if (!team) throw AccessError.notAllowed()
  return team.name
}
