/** Calls that a reviewer is given to look at. */
import { callIdSchema, type CallId, type UserId } from '@/protocol/ids'
import type { Database } from '../database/client'
import type { AdminActor } from './admin'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import { maySeeCall } from './policy'
import type { Viewer } from './sessions'

export async function listGrants(database: Database, userId: UserId) {
  const grants = await database.callGrant.findMany({
    where: { userId },
    orderBy: { givenAt: 'desc' },
    select: { givenAt: true, call: { select: { id: true, startedAt: true, customerName: true, customerPhone: true, technician: { select: { name: true } } } } },
  })
  return grants.map(({ givenAt, call }) => ({
    callId: callIdSchema.parse(call.id),
    givenAt: givenAt.toISOString(),
    startedAt: call.startedAt.toISOString(),
    customer: call.customerName ?? call.customerPhone,
    technician: call.technician.name,
  }))
}

/** Twice is harmless. Throws AccessError `not-allowed` when there is no such call, or when the person is not a reviewer. */
export async function giveCall(database: Database, callId: CallId, userId: UserId, actor: AdminActor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const isPossible = (await transaction.call.count({ where: { id: callId } })) > 0 && (await transaction.user.count({ where: { id: userId, role: 'reviewer', disabledAt: null } })) > 0
    if (!isPossible) throw AccessError.notAllowed()
    const { count } = await transaction.callGrant.createMany({ data: [{ callId, userId, givenById: actor.actorId }], skipDuplicates: true })
    if (count > 0) await recordAudit(transaction, { ...actor, verb: 'call-given', callId, userId })
  })
}

/** Whoever may look at a call for others: an admin at any, a supervisor at those of his teams and his own. */
export const mayGiveCall = async (database: Database, viewer: Viewer, callId: CallId): Promise<boolean> =>
  (viewer.role === 'admin' || viewer.role === 'supervisor') && maySeeCall(database, viewer, callId)

export type ReviewerItem = { id: string; name: string; givenAt: string | null }

/** Everybody who can be given the call; `givenAt` says who has been. */
export async function listReviewers(database: Database, callId: CallId): Promise<ReviewerItem[]> {
  const reviewers = await database.user.findMany({
    where: { role: 'reviewer', disabledAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, grants: { where: { callId }, select: { givenAt: true } } },
  })
  return reviewers.map(({ id, name, grants }) => ({ id, name, givenAt: grants[0]?.givenAt.toISOString() ?? null }))
}

export async function takeCallBack(database: Database, callId: CallId, userId: UserId, actor: AdminActor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { count } = await transaction.callGrant.deleteMany({ where: { callId, userId } })
    if (count > 0) await recordAudit(transaction, { ...actor, verb: 'call-taken-back', callId, userId })
  })
}
