/** Sessions as rows: opened by signing in, listed for their person, ended by him, by an admin or by a change of password. */
import { z } from 'zod'
import type { UserId } from '@/protocol/ids'
import type { Database, DatabaseOrTransaction } from '../database/client'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import { mayManageUsers } from './policy'
import { SESSION_LIMIT_SECONDS, type Sessions, type Viewer } from './sessions'

const MAX_USER_AGENT_LENGTH = 500
/** Ended and expired ones are of no use to anybody; who signed in when stays in the audit trail. */
const KEPT_FOR_MS = 30 * 24 * 3_600_000

/** Where somebody signs in from. */
export type Caller = { address: string; userAgent: string | null }
type Deps = { database: Database; sessions: Sessions }

/** Resolves to its id. */
export async function openSession(transaction: DatabaseOrTransaction, userId: string, { address, userAgent }: Caller, now = new Date()): Promise<string> {
  await transaction.session.deleteMany({ where: { userId, expiresAt: { lt: new Date(now.getTime() - KEPT_FOR_MS) } } })
  const expiresAt = new Date(now.getTime() + SESSION_LIMIT_SECONDS * 1_000)
  const data = { userId, address, userAgent: userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null, createdAt: now, lastSeenAt: now, expiresAt }
  const { id } = await transaction.session.create({ data, select: { id: true } })
  return id
}

/** Those that still count, the latest seen first. */
export const listSessions = (database: Database, userId: UserId, now = new Date()) =>
  database.session.findMany({
    where: { userId, ...stillCounts(now) },
    orderBy: { lastSeenAt: 'desc' },
    select: { id: true, createdAt: true, lastSeenAt: true, address: true, userAgent: true },
  })

type EndAct = { verb: 'session-ended' | 'signed-out'; address: string | null }

/** One of the viewer's own. One that has ended already is left alone. Throws AccessError `not-allowed`. */
export async function endSession({ database, sessions }: Deps, viewer: Viewer, sessionId: string, { verb, address }: EndAct): Promise<void> {
  if (!z.uuid().safeParse(sessionId).success) throw AccessError.notAllowed()
  await database.$transaction(async (transaction) => {
    const { count } = await transaction.session.updateMany({ where: { id: sessionId, userId: viewer.id, endedAt: null }, data: { endedAt: new Date() } })
    if (count === 0) return
    await recordAudit(transaction, { verb, actorId: viewer.id, address, ...(verb === 'session-ended' && { userId: viewer.id, detail: { which: 'one' } }) })
  })
  sessions.forget(viewer.id)
}

/** All of a person: his own, or anybody's for an admin. `except` is the one that goes on. Throws AccessError `not-allowed`. */
export async function endAllSessions({ database, sessions }: Deps, viewer: Viewer, userId: UserId, address: string | null, except?: string): Promise<void> {
  if (userId !== viewer.id && !mayManageUsers(viewer)) throw AccessError.notAllowed()
  await database.$transaction(async (transaction) => {
    const count = await endSessionsOf(transaction, userId, except)
    if (count > 0) await recordAudit(transaction, { verb: 'session-ended', actorId: viewer.id, address, userId, detail: { which: except === undefined ? 'all' : 'all others' } })
  })
  sessions.forget(userId)
}

/** Within a change that puts somebody out; `Sessions.forget` is the caller's to call after it. Resolves to how many. */
export async function endSessionsOf(transaction: DatabaseOrTransaction, userId: UserId, except?: string): Promise<number> {
  const { count } = await transaction.session.updateMany({
    where: { userId, ...stillCounts(new Date()), ...(except !== undefined && { id: { not: except } }) },
    data: { endedAt: new Date() },
  })
  return count
}

const stillCounts = (now: Date) => ({ endedAt: null, expiresAt: { gt: now } })
