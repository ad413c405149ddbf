/**
 * Invitations: a link with a one-time token makes one account with the e-mail address, role and team that the admin chose.
 *
 * An invite is open until it is used, withdrawn or INVITE_LIMIT_MS old. The token is shown once; what is stored is its hash.
 */
import { z } from 'zod'
import type { UserId } from '@/protocol/ids'
import type { Database } from '../database/client'
import type { AdminActor } from './admin'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import { hashPassword } from './passwords'
import { addToTeam, teamIdSchema } from './teams'
import { hashOfToken, makeToken } from './tokens'
import { emailSchema, insertUser, newUserSchema, roleSchema, type Actor } from './users'

const INVITE_LIMIT_MS = 7 * 24 * 3_600_000

export const inviteSchema = z.object({ email: emailSchema, role: roleSchema, teamId: teamIdSchema.nullable() })
export type InviteValues = z.infer<typeof inviteSchema>
export const acceptSchema = newUserSchema.pick({ name: true, password: true }).extend({ token: z.string().max(100) })
export type Acceptance = z.infer<typeof acceptSchema>

/** Resolves to the token for the link. Throws AccessError `email-taken`. */
export async function createInvite(database: Database, invite: InviteValues, actor: AdminActor, now = new Date()): Promise<string> {
  const { email, role, teamId } = invite
  const token = makeToken()
  await database.$transaction(async (transaction) => {
    if ((await transaction.user.count({ where: { email } })) > 0) throw AccessError.emailTaken(email)
    // A newer link for the same person replaces the older one.
    await transaction.invite.updateMany({ where: { email, ...isOpen(now) }, data: { withdrawnAt: now } })
    await transaction.invite.create({
      data: { email, role, teamId, tokenHash: hashOfToken(token), createdById: actor.actorId, createdAt: now, expiresAt: new Date(now.getTime() + INVITE_LIMIT_MS) },
    })
    await recordAudit(transaction, { ...actor, verb: 'invited', detail: { email, role } })
  })
  return token
}

export const listInvites = (database: Database, now = new Date()) =>
  database.invite.findMany({
    where: isOpen(now),
    orderBy: { createdAt: 'desc' },
    select: { id: true, email: true, role: true, expiresAt: true, team: { select: { name: true } } },
  })

/** One that is used or withdrawn already is left alone. */
export async function withdrawInvite(database: Database, id: string, actor: Actor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const [invite] = await transaction.invite.updateManyAndReturn({ where: { id, ...isOpen(new Date()) }, data: { withdrawnAt: new Date() }, select: { email: true } })
    if (invite) await recordAudit(transaction, { ...actor, verb: 'invite-withdrawn', detail: { email: invite.email } })
  })
}

/** For the page behind the link; null when the link does not work. */
export const findInvite = (database: Database, token: string, now = new Date()) =>
  database.invite.findFirst({ where: { tokenHash: hashOfToken(token), ...isOpen(now) }, select: { email: true, role: true } })

/** Of two at once only one uses it. Throws AccessError `token-dead`, `weak-password` or `email-taken`. */
export async function acceptInvite(database: Database, { token, name, password }: Acceptance, address: string | null, now = new Date()): Promise<UserId> {
  if (!(await findInvite(database, token, now))) throw AccessError.inviteDead()
  const passwordHash = await hashPassword(password)
  return database.$transaction(async (transaction) => {
    const [invite] = await transaction.invite.updateManyAndReturn({ where: { tokenHash: hashOfToken(token), ...isOpen(now) }, data: { usedAt: now } })
    if (!invite) throw AccessError.inviteDead()
    const userId = await insertUser(transaction, { email: invite.email, name, role: invite.role, passwordHash }, { actorId: null, address })
    if (invite.teamId !== null) await addToTeam(transaction, invite.teamId, userId)
    return userId
  })
}

const isOpen = (now: Date) => ({ usedAt: null, withdrawnAt: null, expiresAt: { gt: now } })
