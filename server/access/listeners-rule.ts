/**
 * A team's rule: whether its technicians see who listens to their running calls. It concerns panel and pages; the log says
 * it either way, and witnesses are always shown.
 */
import { z } from 'zod'
import { LISTENERS_SHOWN, type ListenersShown } from '@/protocol/live-names'
import type { Database } from '../database/client'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import type { Viewer } from './sessions'
import type { Actor } from './users'

export const listenersShownSchema = z.enum(LISTENERS_SHOWN)

/** Of several teams' rules the one that tells the technician most holds. */
export const ruleOf = (teams: readonly { listenersShown: ListenersShown }[]): ListenersShown =>
  LISTENERS_SHOWN.find((rule) => teams.some(({ listenersShown }) => listenersShown === rule)) ?? 'always'

/** Throws AccessError `not-allowed` when there is no such team. */
export async function setListenersShown(database: Database, teamId: string, listenersShown: ListenersShown, actor: Actor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const data = { listenersShown, listenersShownSetById: actor.actorId, listenersShownSetAt: new Date() }
    const [team] = await transaction.team.updateManyAndReturn({ where: { id: teamId }, data, select: { name: true } })
    if (!team) throw AccessError.notAllowed()
    await recordAudit(transaction, { ...actor, verb: 'team-listeners-rule-set', detail: { teamId, name: team.name, listenersShown } })
  })
}

/** Whether somebody may know who listened to a call of his own: everybody else who sees the call may. */
export async function seesListeners(database: Database, viewer: Viewer, call: { technicianId: string; isClosed: boolean }): Promise<boolean> {
  if (viewer.role !== 'technician' || viewer.id !== call.technicianId) return true
  const teams = await database.team.findMany({ where: { members: { some: { userId: viewer.id } } }, select: { listenersShown: true } })
  const rule = ruleOf(teams)
  return rule === 'always' || (rule === 'afterCall' && call.isClosed)
}
