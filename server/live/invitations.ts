/**
 * Invitations: somebody without an account listens to one running call by a link.
 *
 * An invitation is `open` until it is confirmed by whoever has the link, then `confirmed`, for him alone. It counts until it
 * is ended, has expired, its call is over, or whoever made it may not listen to the call any more. Of the link's token only
 * the hash is stored. What the guest himself does with it stands in `guests.ts`.
 */
import { z } from 'zod'
import type { CallId } from '@/protocol/ids'
import { INVITATION_LASTS, type InvitationLasts, INVITED_AS, MAX_INVITED_NAME_LENGTH } from '@/protocol/live-names'
import type { InvitedAs } from '@/protocol/entries'
import { recordAudit } from '../access/audit'
import { AccessError } from '../access/errors'
import type { Viewer } from '../access/sessions'
import { hashOfToken, makeToken } from '../access/tokens'
import type { Database } from '../database/client'
import { mayListen } from './live-rights'

const MINUTE_MS = 60_000
const LIMITS_MS: Readonly<Record<InvitationLasts, number>> = { quarter: 15 * MINUTE_MS, hour: 60 * MINUTE_MS, call: 4 * 60 * MINUTE_MS }

export const newInvitationSchema = z.object({ name: z.string().trim().min(1).max(MAX_INVITED_NAME_LENGTH), as: z.enum(INVITED_AS), lasts: z.enum(INVITATION_LASTS) })
export type NewInvitation = z.infer<typeof newInvitationSchema>

/** Times are ISO, UTC. */
export type InvitationItem = {
  id: string
  name: string
  as: InvitedAs
  invitedBy: string
  expiresAt: string
  /** When he confirmed it, if he has. */
  confirmedAt: string | null
  /** Whether it still counts. */
  state: 'counts' | 'expired' | 'ended'
}

export type Inviter = { viewer: Viewer; callId: CallId; address: string | null }

/** Resolves to the token for the link. Throws AccessError `not-allowed`. */
export async function inviteToCall(database: Database, { viewer, callId, address }: Inviter, { name, as, lasts }: NewInvitation, now = new Date()): Promise<string> {
  if (!(await mayListen(database, viewer, callId))) throw AccessError.notAllowed()
  const token = makeToken()
  const expiresAt = new Date(now.getTime() + LIMITS_MS[lasts])
  await database.$transaction(async (transaction) => {
    await transaction.liveInvitation.create({ data: { callId, tokenHash: hashOfToken(token), name, as, invitedById: viewer.id, createdAt: now, expiresAt } })
    await recordAudit(transaction, { verb: 'live-invited', actorId: viewer.id, address, callId, detail: { name, as, until: expiresAt.toISOString() } })
  })
  return token
}

/** The latest first. Throws AccessError `not-allowed`. */
export async function listInvitations(database: Database, { viewer, callId }: Omit<Inviter, 'address'>, now = new Date()): Promise<InvitationItem[]> {
  if (!(await mayListen(database, viewer, callId))) throw AccessError.notAllowed()
  const rows = await database.liveInvitation.findMany({ where: { callId }, orderBy: { createdAt: 'desc' }, include: { invitedBy: { select: { name: true } } } })
  return rows.map(({ id, name, as, invitedBy, expiresAt, confirmedAt, endedAt }) => ({
    ...{ id, name, as, invitedBy: invitedBy.name, expiresAt: expiresAt.toISOString() },
    confirmedAt: confirmedAt?.toISOString() ?? null,
    state: endedAt ? 'ended' : expiresAt <= now ? 'expired' : 'counts',
  }))
}

/** Whoever listens by it is put out with the next look at his rights. One that does not count any more is left alone. Throws AccessError `not-allowed`. */
export async function endInvitation(database: Database, { viewer, callId, address }: Inviter, id: string, now = new Date()): Promise<void> {
  if (!(await mayListen(database, viewer, callId))) throw AccessError.notAllowed()
  await database.$transaction(async (transaction) => {
    const [ended] = await transaction.liveInvitation.updateManyAndReturn({ where: { id, callId, endedAt: null, expiresAt: { gt: now } }, data: { endedAt: now }, select: { name: true, as: true } })
    if (ended) await recordAudit(transaction, { verb: 'live-invitation-ended', actorId: viewer.id, address, callId, detail: ended })
  })
}
