/** Invitations to a running call on a real database: who may make and end them, whom they let in, and for how long. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { confirmInvitation, findByToken, findConfirmed, findGuest, invitationCookie, readGuestAnew } from '@/server/live/guests'
import { endInvitation, inviteToCall, listInvitations, newInvitationSchema, type NewInvitation } from '@/server/live/invitations'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const RUDI: NewInvitation = { name: 'Rudi Hartanto', as: 'trainee', lasts: 'quarter' }
const MINUTE_MS = 60_000
const NOW = new Date('2026-11-24T07:00:00.000Z')
const inMinutes = (minutes: number): Date => new Date(NOW.getTime() + minutes * MINUTE_MS)

let db: TestDatabase
let supervisor: Viewer
let technician: Viewer
let teamId: string
let callId: CallId
beforeAll(async () => {
  db = await makeTestDatabase()
})
afterAll(() => db.drop())
beforeEach(async () => {
  supervisor = await makeViewer(db.database, 'supervisor')
  technician = await makeViewer(db.database, 'technician')
  const team = await db.database.team.create({ data: { name: `team of ${supervisor.name}`, members: { create: [supervisor, technician].map(({ id }) => ({ userId: id })) } } })
  teamId = team.id
  callId = await makeCallRow(db.database, technician.id)
  await db.database.call.update({ where: { id: callId }, data: { state: 'recording' } })
})

const by = (viewer: Viewer) => ({ viewer, callId, address: '10.0.0.1' })
const invite = (values: Partial<NewInvitation> = {}) => inviteToCall(db.database, by(supervisor), { ...RUDI, ...values }, NOW)
const stateOf = async (token: string, now = NOW) => (await findByToken(db.database, token, now)).state
const auditOf = async () => (await db.database.auditEntry.findMany({ where: { callId }, orderBy: { id: 'asc' } })).map(({ verb, actorId, detail }) => ({ verb, actorId, detail }))

async function confirm(token: string) {
  const confirmed = await confirmInvitation(db.database, token, '10.0.0.9', NOW)
  if ('state' in confirmed) throw new Error(confirmed.state)
  return { id: confirmed.id, cookies: { [invitationCookie(confirmed.id)]: confirmed.secret }, expiresAt: confirmed.expiresAt }
}

test('the link’s token has 256 bits, and neither it nor the cookie’s secret is stored', async () => {
  const token = await invite()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  const { cookies } = await confirm(token)
  const stored = JSON.stringify(await db.database.liveInvitation.findMany({ where: { callId } }))
  for (const secret of [token, ...Object.values(cookies)]) expect(stored).not.toContain(secret)
})

test('whoever may listen to the call invites to it; to anybody else it is not there', async () => {
  const strangers = await Promise.all((['supervisor', 'reviewer', 'technician'] as const).map((role) => makeViewer(db.database, role)))
  for (const viewer of [...strangers, technician]) {
    await expect(inviteToCall(db.database, by(viewer), RUDI)).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(listInvitations(db.database, by(viewer))).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(endInvitation(db.database, by(viewer), crypto.randomUUID())).rejects.toMatchObject({ reason: 'not-allowed' })
  }
  expect(await db.database.liveInvitation.count({ where: { callId } })).toBe(0)
  await inviteToCall(db.database, by(await makeViewer(db.database, 'admin')), RUDI)
  expect(await db.database.liveInvitation.count({ where: { callId } })).toBe(1)
})

test('a name is needed, and only what there is can be chosen', () => {
  expect(newInvitationSchema.safeParse({ ...RUDI, name: '  ' }).success).toBe(false)
  expect(newInvitationSchema.safeParse({ ...RUDI, name: 'x'.repeat(101) }).success).toBe(false)
  expect(newInvitationSchema.safeParse({ ...RUDI, as: 'supervisor' }).success).toBe(false)
  expect(newInvitationSchema.safeParse({ ...RUDI, lasts: 'ever' }).success).toBe(false)
  expect(newInvitationSchema.parse({ ...RUDI, name: ' Rudi ' }).name).toBe('Rudi')
})

test.each([['quarter', 15], ['hour', 60], ['call', 240]] as const)('one for %s lasts %s minutes', async (lasts, minutes) => {
  const token = await invite({ lasts })
  expect(await stateOf(token, new Date(inMinutes(minutes).getTime() - 1))).toBe('counts')
  expect(await stateOf(token, inMinutes(minutes))).toBe('expired')
})

test('the link says who invites, whom, as what, and to whose call', async () => {
  expect(await findByToken(db.database, await invite({ as: 'witness' }), NOW)).toMatchObject({
    state: 'counts',
    technician: technician.name,
    guest: { person: { name: 'Rudi Hartanto' }, callId, invited: { as: 'witness', by: { id: supervisor.id, name: supervisor.name } }, expiresAt: inMinutes(15).toISOString() },
  })
  expect(await findByToken(db.database, 'no-such-token')).toEqual({ state: 'unknown' })
})

test('it is confirmed in one browser, of two at once too, and is used for every other', async () => {
  const token = await invite()
  const answers = await Promise.all([1, 2, 3].map(() => confirmInvitation(db.database, token, null, NOW)))
  expect(answers.filter((answer) => 'state' in answer)).toEqual([{ state: 'used' }, { state: 'used' }])
  expect(await stateOf(token)).toBe('used')
  const confirmed = answers.find((answer) => 'secret' in answer)!
  const cookies = { [invitationCookie(confirmed.id)]: confirmed.secret }
  expect(await findConfirmed(db.database, token, cookies)).toBe(confirmed.id)
  expect(await findConfirmed(db.database, token, {})).toBeNull()
  expect(await findConfirmed(db.database, token, { [invitationCookie(confirmed.id)]: 'guessed' })).toBeNull()
})

test('the cookie lets in until the invitation expires, and no other cookie does', async () => {
  const { id, cookies, expiresAt } = await confirm(await invite())
  const other = await confirm(await invite())
  expect(expiresAt).toEqual(inMinutes(15))
  expect(await findGuest(db.database, id, cookies, NOW)).toMatchObject({ state: 'counts', guest: { person: { id, name: 'Rudi Hartanto' } } })
  expect(await findGuest(db.database, id, cookies, inMinutes(15))).toEqual({ state: 'expired' })
  for (const wrong of [{}, other.cookies, { [invitationCookie(id)]: Object.values(other.cookies)[0]! }, { [invitationCookie(id)]: '' }]) expect(await findGuest(db.database, id, wrong, NOW)).toEqual({ state: 'unknown' })
})

test('a link that nobody has confirmed lets no cookie in', async () => {
  await invite()
  const [item] = await listInvitations(db.database, by(supervisor), NOW)
  expect(await findGuest(db.database, item!.id, { [invitationCookie(item!.id)]: '' }, NOW)).toEqual({ state: 'unknown' })
})

test('it ends when it is ended, and that is written once', async () => {
  const token = await invite()
  const { id, cookies } = await confirm(token)
  const standing = await findGuest(db.database, id, cookies, NOW)
  await endInvitation(db.database, by(supervisor), id, NOW)
  await endInvitation(db.database, by(supervisor), id, NOW)
  expect(await stateOf(token)).toBe('ended')
  expect(await findGuest(db.database, id, cookies, NOW)).toEqual({ state: 'ended' })
  expect(standing.state === 'counts' && (await readGuestAnew(db.database, standing.guest, NOW))).toEqual({ state: 'ended' })
  expect(await auditOf()).toEqual([
    { verb: 'live-invited', actorId: supervisor.id, detail: { name: 'Rudi Hartanto', as: 'trainee', until: inMinutes(15).toISOString() } },
    { verb: 'live-invitation-confirmed', actorId: null, detail: { name: 'Rudi Hartanto', as: 'trainee', invitedBy: supervisor.name } },
    { verb: 'live-invitation-ended', actorId: supervisor.id, detail: { name: 'Rudi Hartanto', as: 'trainee' } },
  ])
})

test('one of another call is not ended from this one', async () => {
  const token = await invite()
  const [item] = await listInvitations(db.database, by(supervisor), NOW)
  const otherCall = await makeCallRow(db.database, technician.id)
  await db.database.call.update({ where: { id: otherCall }, data: { state: 'recording' } })
  await endInvitation(db.database, { ...by(supervisor), callId: otherCall }, item!.id, NOW)
  expect(await stateOf(token)).toBe('counts')
})

test('it ends with the call', async () => {
  const token = await invite()
  await db.database.call.update({ where: { id: callId }, data: { state: 'closed' } })
  expect(await stateOf(token)).toBe('over')
  expect(await confirmInvitation(db.database, token, null, NOW)).toEqual({ state: 'over' })
})

test.each([
  ['leaves the team', () => db.database.teamMember.delete({ where: { teamId_userId: { teamId, userId: supervisor.id } } })],
  ['loses the role', () => db.database.user.update({ where: { id: supervisor.id }, data: { role: 'technician' } })],
  ['is switched off', () => db.database.user.update({ where: { id: supervisor.id }, data: { disabledAt: new Date() } })],
])('it ends when whoever invited %s', async (_, happen) => {
  const token = await invite()
  await happen()
  expect(await stateOf(token)).toBe('ended')
})

test('those of a call are listed with how they stand, the latest first', async () => {
  const first = await invite()
  await confirm(first)
  await inviteToCall(db.database, by(supervisor), { name: 'Notary', as: 'witness', lasts: 'hour' }, inMinutes(1))
  const list = async (now: Date) => (await listInvitations(db.database, by(supervisor), now)).map(({ name, as, invitedBy, confirmedAt, state }) => [name, as, invitedBy, confirmedAt !== null, state])
  expect(await list(inMinutes(2))).toEqual([['Notary', 'witness', supervisor.name, false, 'counts'], ['Rudi Hartanto', 'trainee', supervisor.name, true, 'counts']])
  expect(await list(inMinutes(20))).toEqual([['Notary', 'witness', supervisor.name, false, 'counts'], ['Rudi Hartanto', 'trainee', supervisor.name, true, 'expired']])
})
