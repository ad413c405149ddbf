/**
 * The guest's side of an invitation: the link's token opens it, his confirmation trades the token for the secret of a cookie,
 * and the cookie lets his browser listen to that one call while the invitation counts.
 */
import type { Invited, Person } from '@/protocol/entries'
import { callIdSchema, userIdSchema, type CallId } from '@/protocol/ids'
import { recordAudit } from '../access/audit'
import type { Cookies } from '../access/cookies'
import { hashOfToken, makeToken } from '../access/tokens'
import type { Database } from '../database/client'
import type { Prisma } from '../database/generated/client'
import { mayListen } from './live-rights'

const JOINED_ONCE_PER_MS = 3_600_000

/** As dates survive neither JSON nor servers in between, times are ISO, UTC. */
export type Guest = { person: Person; callId: CallId; invited: Invited; expiresAt: string }
/** Why an invitation does not let in: `used` by another browser, `over` with its call. */
export type InvitationEnd = 'unknown' | 'used' | 'expired' | 'ended' | 'over'
export type InvitationStanding = { state: 'counts'; guest: Guest; technician: string } | { state: InvitationEnd }
/** To be kept by the guest's browser under `invitationCookie(id)` until `expiresAt`. */
export type Confirmation = { id: string; secret: string; expiresAt: Date }

/** One cookie for each invitation, so that one does not put out another. */
export const invitationCookie = (id: string): string => `callwitness.invitation.${id}`

/** For the page behind the link. A browser that has confirmed it goes on with its cookie. */
export async function findByToken(database: Database, token: string, now = new Date()): Promise<InvitationStanding> {
  const row = await database.liveInvitation.findUnique({ where: { tokenHash: hashOfToken(token) }, include: INCLUDED })
  const standing = await standingOf(database, row, now)
  return standing.state === 'counts' && row?.confirmedAt ? { state: 'used' } : standing
}

/** The invitation of the link that this browser has confirmed before. */
export async function findConfirmed(database: Database, token: string, cookies: Cookies): Promise<string | null> {
  const row = await database.liveInvitation.findUnique({ where: { tokenHash: hashOfToken(token) }, select: { id: true, cookieHash: true } })
  return row?.cookieHash && hasSecret(row.cookieHash, row.id, cookies) ? row.id : null
}

/** Of two at once only one confirms it. */
export async function confirmInvitation(database: Database, token: string, address: string | null, now = new Date()): Promise<Confirmation | { state: InvitationEnd }> {
  const found = await findByToken(database, token, now)
  if (found.state !== 'counts') return found
  const secret = makeToken()
  const { person, callId, invited } = found.guest
  return database.$transaction(async (transaction) => {
    const { count } = await transaction.liveInvitation.updateMany({ where: { id: person.id, confirmedAt: null, endedAt: null }, data: { confirmedAt: now, cookieHash: hashOfToken(secret) } })
    if (count === 0) return { state: 'used' }
    await recordAudit(transaction, { verb: 'live-invitation-confirmed', actorId: null, address, callId, detail: detailOf({ person, invited }) })
    return { id: person.id, secret, expiresAt: new Date(found.guest.expiresAt) }
  })
}

/** Whom the cookie lets in. */
export async function findGuest(database: Database, id: string, cookies: Cookies, now = new Date()): Promise<InvitationStanding> {
  const row = await database.liveInvitation.findUnique({ where: { id }, include: INCLUDED })
  return row?.cookieHash && hasSecret(row.cookieHash, id, cookies) ? standingOf(database, row, now) : { state: 'unknown' }
}

/** Whether he still may, for a connection that goes on. */
export const readGuestAnew = async (database: Database, { person }: Guest, now = new Date()): Promise<InvitationStanding> =>
  standingOf(database, await database.liveInvitation.findUnique({ where: { id: person.id }, include: INCLUDED }), now)

/** Once an hour, however often he comes back. He has no account: the audit trail names him in the detail. */
export async function recordGuestJoined(database: Database, guest: Guest, address: string | null, now = new Date()): Promise<void> {
  const { callId, person } = guest
  const since = new Date(now.getTime() - JOINED_ONCE_PER_MS)
  const recent = await database.auditEntry.count({ where: { callId, verb: 'live-joined', at: { gt: since }, detail: { path: ['invitation'], equals: person.id } } })
  if (recent === 0) await recordAudit(database, { verb: 'live-joined', actorId: null, address, callId, detail: { ...detailOf(guest), invitation: person.id } })
}

const INCLUDED = {
  call: { select: { state: true, technician: { select: { name: true } } } },
  invitedBy: { select: { id: true, name: true, email: true, role: true, disabledAt: true } },
} as const
type Row = Prisma.LiveInvitationGetPayload<{ include: typeof INCLUDED }>

async function standingOf(database: Database, row: Row | null, now: Date): Promise<InvitationStanding> {
  if (!row) return { state: 'unknown' }
  const { id, name, as, invitedBy: by, call, endedAt, expiresAt } = row
  const callId = callIdSchema.parse(row.callId)
  if (endedAt) return { state: 'ended' }
  if (call.state === 'closed') return { state: 'over' }
  if (expiresAt <= now) return { state: 'expired' }
  if (by.disabledAt || !(await mayListen(database, { ...by, id: userIdSchema.parse(by.id) }, callId))) return { state: 'ended' }
  const guest = { person: { id, name }, callId, invited: { as, by: { id: by.id, name: by.name } }, expiresAt: expiresAt.toISOString() }
  return { state: 'counts', guest, technician: call.technician.name }
}

const hasSecret = (cookieHash: string, id: string, cookies: Cookies): boolean => {
  const secret = cookies[invitationCookie(id)]
  return secret !== undefined && hashOfToken(secret) === cookieHash
}

const detailOf = ({ person, invited }: Pick<Guest, 'person' | 'invited'>) => ({ name: person.name, as: invited.as, invitedBy: invited.by.name })
