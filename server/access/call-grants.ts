/** Calls that a reviewer is given to look at. */
import { callIdSchema, type CallId, type UserId } from '@/protocol/ids'
import type { Database } from '../database/client'
import type { AdminActor } from './admin'
import { recordAudit } from './audit'
import { AccessError } from './errors'

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
    const isPossible = (await transaction.call.count({ where: { id: callId } })) > 0 && (await transaction.user.count({ where: { id: userId, role: 'reviewer' } })) > 0
    if (!isPossible) throw AccessError.notAllowed()
    const { count } = await transaction.callGrant.createMany({ data: [{ callId, userId, givenById: actor.actorId }], skipDuplicates: true })
    if (count > 0) await recordAudit(transaction, { ...actor, verb: 'call-given', callId, userId })
  })
}

export async function takeCallBack(database: Database, callId: CallId, userId: UserId, actor: AdminActor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { count } = await transaction.callGrant.deleteMany({ where: { callId, userId } })
    if (count > 0) await recordAudit(transaction, { ...actor, verb: 'call-taken-back', callId, userId })
  })
}
