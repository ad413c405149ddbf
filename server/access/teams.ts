/** Teams: who works together, who supervises them, and whether technicians see who looked at their calls. */
import { z } from 'zod'
import type { UserId } from '@/protocol/ids'
import type { ListenersShown } from '@/protocol/live-names'
import { isUniqueViolation, type Database, type DatabaseOrTransaction } from '../database/client'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import { teamsSupervisedBy } from './policy'
import type { Viewer } from './sessions'
import type { Actor } from './users'

export const teamIdSchema = z.uuid()
export const teamSchema = z.object({ name: z.string().trim().min(1).max(100), technicianSeesLooks: z.boolean() })
export type TeamValues = z.infer<typeof teamSchema>

export type TeamItem = TeamValues & { id: string; livePhrases: string[]; listenersShown: ListenersShown; listenersShownSetBy: string | null; listenersShownSetAt: string | null; members: { id: string; name: string; role: string }[] }

/** Those that he supervises; an admin all. */
export async function listTeams(database: Database, viewer: Viewer): Promise<TeamItem[]> {
  const teams = await database.team.findMany({
    where: teamsSupervisedBy(viewer),
    orderBy: { name: 'asc' },
    select: {
      ...{ id: true, name: true, technicianSeesLooks: true, livePhrases: true, listenersShown: true, listenersShownSetById: true, listenersShownSetAt: true },
      members: { where: { user: { disabledAt: null } }, orderBy: { user: { name: 'asc' } }, select: { user: { select: { id: true, name: true, role: true } } } },
    },
  })
  const setters = teams.flatMap(({ listenersShownSetById }) => listenersShownSetById ?? [])
  const names = new Map((await database.user.findMany({ where: { id: { in: setters } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]))
  return teams.map(({ members, listenersShownSetById, listenersShownSetAt, ...team }) => ({
    ...team,
    listenersShownSetBy: names.get(listenersShownSetById ?? '') ?? null,
    listenersShownSetAt: listenersShownSetAt?.toISOString() ?? null,
    members: members.map(({ user }) => user),
  }))
}

/** Throws AccessError `name-taken`. */
export const createTeam = (database: Database, team: TeamValues, actor: Actor): Promise<string> =>
  database.$transaction(async (transaction) => {
    const { id } = await transaction.team.create({ data: team, select: { id: true } }).catch(refuseTakenName(team.name))
    await recordAudit(transaction, { ...actor, verb: 'team-created', detail: { teamId: id, ...team } })
    return id
  })

/** Throws AccessError `name-taken`, or `not-allowed` when there is no such team. */
export async function changeTeam(database: Database, id: string, team: TeamValues, actor: Actor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { count } = await transaction.team.updateMany({ where: { id }, data: team }).catch(refuseTakenName(team.name))
    if (count === 0) throw AccessError.notAllowed()
    await recordAudit(transaction, { ...actor, verb: 'team-changed', detail: { teamId: id, ...team } })
  })
}

/** Its members stay; supervisors no longer see their calls. */
export async function deleteTeam(database: Database, id: string, actor: Actor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const [team] = await transaction.team.findMany({ where: { id }, select: { name: true } })
    if (!team) return
    await transaction.team.delete({ where: { id } })
    await recordAudit(transaction, { ...actor, verb: 'team-deleted', detail: { teamId: id, name: team.name } })
  })
}

/** The teams that he is in from now on; what does not change is not written down. Throws AccessError `not-allowed`. */
export async function setTeamsOf(database: Database, userId: UserId, teamIds: readonly string[], actor: Actor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const teams = await transaction.team.findMany({ select: { id: true, name: true, members: { where: { userId }, select: { userId: true } } } })
    if (teamIds.some((id) => !teams.some((team) => team.id === id))) throw AccessError.notAllowed()
    for (const { id, name, members } of teams) {
      const isIn = members.length > 0
      if (isIn === teamIds.includes(id)) continue
      await (isIn ? transaction.teamMember.delete({ where: { teamId_userId: { teamId: id, userId } } }) : addToTeam(transaction, id, userId))
      await recordAudit(transaction, { ...actor, verb: isIn ? 'team-member-removed' : 'team-member-added', userId, detail: { teamId: id, name } })
    }
  })
}

export async function addToTeam(transaction: DatabaseOrTransaction, teamId: string, userId: UserId): Promise<void> {
  await transaction.teamMember.create({ data: { teamId, userId } })
}

/** Whether one of his teams lets its technicians see who looked at their calls. */
export const seesLooks = async (database: Database, viewer: Viewer): Promise<boolean> =>
  viewer.role === 'technician' && (await database.teamMember.count({ where: { userId: viewer.id, team: { technicianSeesLooks: true } } })) > 0

const refuseTakenName = (name: string) => (error: unknown): never => {
  throw isUniqueViolation(error) ? AccessError.teamNameTaken(name) : error
}
