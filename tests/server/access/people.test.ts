/** What admins do about people: roles, switching off, teams, invitations, calls for reviewers; and what they cannot do. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { requireAdmin } from '@/server/access/admin'
import { giveCall, listGrants, listReviewers, mayGiveCall, takeCallBack } from '@/server/access/call-grants'
import { seesListeners, setListenersShown } from '@/server/access/listeners-rule'
import { livePhrasesSchema, setLivePhrases } from '@/server/access/live-phrases'
import { acceptInvite, createInvite, findInvite, listInvites, withdrawInvite } from '@/server/access/invites'
import { verifyPassword } from '@/server/access/passwords'
import { Sessions, type Viewer } from '@/server/access/sessions'
import { changeTeam, createTeam, deleteTeam, listTeams, seesLooks, setTeamsOf } from '@/server/access/teams'
import { changeRole, disableUser, findUser, listUsers } from '@/server/access/users'
import { makeCallRow } from '../../support/call-rows'
import { TEST_SECRET } from '../../support/front'
import { makeViewer, TEST_PASSWORD } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
let admin: Viewer
let actor: { actorId: string; address: string | null }
beforeAll(async () => {
  db = await makeTestDatabase()
})
afterAll(() => db.drop())
beforeEach(async () => {
  await db.database.user.updateMany({ where: { role: 'admin' }, data: { disabledAt: new Date() } })
  admin = await makeViewer(db.database, 'admin')
  actor = { actorId: admin.id, address: '10.0.0.1' }
})

const disconnected: string[] = []
const deps = () => ({ database: db.database, sessions: new Sessions({ database: db.database, secret: TEST_SECRET, isHttps: false }), disconnectDevice: (id: string) => void disconnected.push(id) })
const verbsAbout = async (userId: string) => (await db.database.auditEntry.findMany({ where: { userId, actorId: admin.id, verb: { not: 'user-created' } }, orderBy: { id: 'asc' } })).map(({ verb }) => verb)
const DAY_MS = 24 * 3_600_000

test.each(['technician', 'supervisor', 'reviewer'] as const)('a %s manages nobody', (role) => {
  expect(() => requireAdmin({ ...admin, role }, null)).toThrow('There is no such thing')
  expect(() => requireAdmin(null, null)).toThrow('There is no such thing')
  expect(requireAdmin(admin, '10.0.0.1')).toEqual(actor)
})

test('the last administrator can neither be switched off nor made something else', async () => {
  await expect(disableUser(deps(), admin.id, actor)).rejects.toMatchObject({ reason: 'last-admin' })
  await expect(changeRole(deps(), admin.id, 'supervisor', actor)).rejects.toMatchObject({ reason: 'last-admin' })
  expect(await findUser(db.database, admin.id)).toMatchObject({ role: 'admin', isDisabled: false })
  expect(await verbsAbout(admin.id)).toEqual([])
})

test('of two administrators who step down at once one stays', async () => {
  const second = await makeViewer(db.database, 'admin')
  const outcomes = await Promise.allSettled([admin, second].map(({ id }) => changeRole(deps(), id, 'technician', actor)))
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await db.database.user.count({ where: { role: 'admin', disabledAt: null } })).toBe(1)
})

test('whoever is switched off loses his sessions and the connection of his devices', async () => {
  const rani = await makeViewer(db.database, 'technician')
  await makeCallRow(db.database, rani.id)
  const device = await db.database.device.findFirstOrThrow({ where: { userId: rani.id } })
  await disableUser(deps(), rani.id, actor)
  expect(disconnected).toContain(device.id)
  expect((await listUsers(db.database)).find(({ id }) => id === rani.id)).toMatchObject({ isDisabled: true })
  await disableUser(deps(), rani.id, actor)
  expect(await verbsAbout(rani.id)).toEqual(['user-disabled'])
})

test('teams are made, renamed, filled and deleted; each change is written down once', async () => {
  const rani = await makeViewer(db.database, 'technician')
  const east = await createTeam(db.database, { name: 'East', technicianSeesLooks: false }, actor)
  const west = await createTeam(db.database, { name: 'West', technicianSeesLooks: false }, actor)
  await expect(createTeam(db.database, { name: 'East', technicianSeesLooks: true }, actor)).rejects.toMatchObject({ reason: 'name-taken' })
  await setTeamsOf(db.database, rani.id, [east], actor)
  await setTeamsOf(db.database, rani.id, [east], actor)
  await setTeamsOf(db.database, rani.id, [west], actor)
  expect((await findUser(db.database, rani.id))?.teams).toEqual([{ id: west, name: 'West' }])
  expect(await verbsAbout(rani.id)).toEqual(['team-member-added', 'team-member-removed', 'team-member-added'])

  expect(await seesLooks(db.database, rani)).toBe(false)
  await changeTeam(db.database, west, { name: 'Far west', technicianSeesLooks: true }, actor)
  expect(await seesLooks(db.database, rani)).toBe(true)
  expect(await seesLooks(db.database, { ...rani, role: 'supervisor' })).toBe(false)
  await deleteTeam(db.database, west, actor)
  await deleteTeam(db.database, east, actor)
  expect(await listTeams(db.database, admin)).toEqual([])
  expect((await findUser(db.database, rani.id))?.teams).toEqual([])
  await expect(setTeamsOf(db.database, rani.id, [west], actor)).rejects.toMatchObject({ reason: 'not-allowed' })
})

test('the phrases that raise a team’s calls are set by its supervisors and by admins, and by nobody else', async () => {
  const [north, south] = [await createTeam(db.database, { name: 'Phrases north', technicianSeesLooks: false }, actor), await createTeam(db.database, { name: 'Phrases south', technicianSeesLooks: false }, actor)]
  const [supervisor, technician, reviewer] = await Promise.all([makeViewer(db.database, 'supervisor'), makeViewer(db.database, 'technician'), makeViewer(db.database, 'reviewer')])
  for (const { id } of [supervisor, technician, reviewer]) await setTeamsOf(db.database, id, [north], actor)
  expect(await listTeams(db.database, supervisor)).toMatchObject([{ id: north, livePhrases: [] }])
  expect(await listTeams(db.database, technician)).toEqual([])

  await setLivePhrases(db.database, north, ['cancel', 'lawyer'], supervisor, '10.0.0.2')
  await setLivePhrases(db.database, south, ['recorded?'], admin, '10.0.0.1')
  const refusals: [string, Viewer][] = [[south, supervisor], [north, technician], [north, reviewer], [crypto.randomUUID(), admin]]
  for (const [team, viewer] of refusals) await expect(setLivePhrases(db.database, team, ['no'], viewer, null)).rejects.toMatchObject({ reason: 'not-allowed' })
  expect((await listTeams(db.database, admin)).map(({ livePhrases }) => livePhrases)).toEqual([['cancel', 'lawyer'], ['recorded?']])
  const written = await db.database.auditEntry.findMany({ where: { verb: 'team-phrases-set' }, orderBy: { id: 'asc' }, select: { actorId: true, address: true, detail: true } })
  expect(written).toEqual([
    { actorId: supervisor.id, address: '10.0.0.2', detail: { teamId: north, name: 'Phrases north', phrases: ['cancel', 'lawyer'] } },
    { actorId: admin.id, address: '10.0.0.1', detail: { teamId: south, name: 'Phrases south', phrases: ['recorded?'] } },
  ])
  for (const id of [north, south]) await deleteTeam(db.database, id, actor)
})

test('whether a technician sees who listens is his teams’ rule, dated and signed; of several teams the most telling holds', async () => {
  const [north, south] = [await createTeam(db.database, { name: 'Rule north', technicianSeesLooks: false }, actor), await createTeam(db.database, { name: 'Rule south', technicianSeesLooks: false }, actor)]
  const technician = await makeViewer(db.database, 'technician')
  const sees = (isClosed: boolean, viewer = technician) => seesListeners(db.database, viewer, { technicianId: technician.id, isClosed })
  expect([await sees(false), await sees(true)]).toEqual([true, true])
  await setTeamsOf(db.database, technician.id, [north], actor)
  await setListenersShown(db.database, north, 'never', actor)
  expect([await sees(false), await sees(true), await sees(true, admin)]).toEqual([false, false, true])
  await setTeamsOf(db.database, technician.id, [north, south], actor)
  await setListenersShown(db.database, south, 'afterCall', actor)
  expect([await sees(false), await sees(true)]).toEqual([false, true])

  const [shown] = (await listTeams(db.database, admin)).filter(({ id }) => id === north)
  expect(shown).toMatchObject({ listenersShown: 'never', listenersShownSetBy: admin.name })
  expect(Date.now() - Date.parse(shown!.listenersShownSetAt!)).toBeLessThan(60_000)
  await expect(setListenersShown(db.database, crypto.randomUUID(), 'always', actor)).rejects.toMatchObject({ reason: 'not-allowed' })
  expect(await db.database.auditEntry.count({ where: { verb: 'team-listeners-rule-set', actorId: admin.id } })).toBe(2)
  for (const id of [north, south]) await deleteTeam(db.database, id, actor)
})

test('phrases are taken once each, without space around them; one without a word, and too many, are refused', () => {
  expect(livePhrasesSchema.parse([' cancel ', 'lawyer', 'cancel'])).toEqual(['cancel', 'lawyer'])
  for (const phrases of [['?'], [''], ['a'.repeat(101)], Array.from({ length: 51 }, (_, index) => `word ${index}`)]) expect(livePhrasesSchema.safeParse(phrases).success).toBe(false)
})

test('an invitation makes one account with its e-mail address, role and team, and is dead then', async () => {
  const teamId = await createTeam(db.database, { name: 'North', technicianSeesLooks: false }, actor)
  const token = await createInvite(db.database, { email: 'dewi@example.com', role: 'supervisor', teamId }, actor)
  expect(await findInvite(db.database, token)).toEqual({ email: 'dewi@example.com', role: 'supervisor' })
  await expect(acceptInvite(db.database, { token, name: 'Dewi', password: 'short' }, null)).rejects.toMatchObject({ reason: 'weak-password' })
  const accept = () => acceptInvite(db.database, { token, name: 'Dewi', password: TEST_PASSWORD }, '10.0.0.9')
  const outcomes = await Promise.allSettled([accept(), accept()])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const dewi = await db.database.user.findUniqueOrThrow({ where: { email: 'dewi@example.com' }, include: { teams: true } })
  expect(dewi).toMatchObject({ name: 'Dewi', role: 'supervisor', teams: [{ teamId }] })
  expect(await verifyPassword(TEST_PASSWORD, dewi.passwordHash)).toBe(true)
  expect(await findInvite(db.database, token)).toBeNull()
  await expect(createInvite(db.database, { email: 'dewi@example.com', role: 'admin', teamId: null }, actor)).rejects.toMatchObject({ reason: 'email-taken' })
})

test('an invitation that was withdrawn, replaced or is a week old works no more, and no token is stored', async () => {
  const invite = (email: string, now?: Date) => createInvite(db.database, { email, role: 'technician', teamId: null }, actor, now)
  const old = await invite('old@example.com', new Date(Date.now() - 7 * DAY_MS))
  const [first, second] = [await invite('budi@example.com'), await invite('budi@example.com')]
  const withdrawn = await invite('wayan@example.com')
  const open = await listInvites(db.database)
  await withdrawInvite(db.database, open.find(({ email }) => email === 'wayan@example.com')!.id, actor)
  expect(await Promise.all([old, first, withdrawn, 'nonsense'].map((token) => findInvite(db.database, token)))).toEqual([null, null, null, null])
  expect(await findInvite(db.database, second)).toMatchObject({ email: 'budi@example.com' })
  expect((await listInvites(db.database)).map(({ email }) => email)).toEqual(['budi@example.com'])
  await expect(acceptInvite(db.database, { token: withdrawn, name: 'Wayan', password: TEST_PASSWORD }, null)).rejects.toMatchObject({ reason: 'token-dead' })
  expect(JSON.stringify(await db.database.invite.findMany())).not.toContain(second)
})

test('a call may be given by an admin, and by a supervisor of its technician’s team, and by nobody else', async () => {
  const { database } = db
  const [rani, reviewer] = [await makeViewer(database, 'technician'), await makeViewer(database, 'reviewer')]
  const [own, other] = [await makeViewer(database, 'supervisor'), await makeViewer(database, 'supervisor')]
  const call = await makeCallRow(database, rani.id)
  const team = await createTeam(database, { name: `Team of ${own.name}`, technicianSeesLooks: false }, actor)
  for (const { id } of [own, rani]) await setTeamsOf(database, id, [team], actor)
  await giveCall(database, call, reviewer.id, actor)
  const may = await Promise.all([admin, own, other, reviewer, rani].map((viewer) => mayGiveCall(database, viewer, call)))
  expect(may).toEqual([true, true, false, false, false])
})

test('who can be given a call is every reviewer who may sign in, with since when he has it', async () => {
  const [rani, reviewer, gone] = await Promise.all([makeViewer(db.database, 'technician'), makeViewer(db.database, 'reviewer'), makeViewer(db.database, 'reviewer')])
  const call = await makeCallRow(db.database, rani.id)
  await disableUser(deps(), gone.id, actor)
  await giveCall(db.database, call, reviewer.id, actor)
  const reviewers = await listReviewers(db.database, call)
  expect(reviewers.map(({ id }) => id)).not.toContain(gone.id)
  expect(reviewers.filter(({ givenAt }) => givenAt !== null)).toEqual([{ id: reviewer.id, name: reviewer.name, givenAt: expect.any(String) as string }])
  await expect(giveCall(db.database, call, gone.id, actor)).rejects.toMatchObject({ reason: 'not-allowed' })
})

test('a call is given to a reviewer and taken back; nobody else can be given one', async () => {
  const [rani, reviewer] = await Promise.all([makeViewer(db.database, 'technician'), makeViewer(db.database, 'reviewer')])
  const call = await makeCallRow(db.database, rani.id)
  await giveCall(db.database, call, reviewer.id, actor)
  await giveCall(db.database, call, reviewer.id, actor)
  expect(await listGrants(db.database, reviewer.id)).toMatchObject([{ callId: call, technician: rani.name }])
  await takeCallBack(db.database, call, reviewer.id, actor)
  await takeCallBack(db.database, call, reviewer.id, actor)
  expect(await listGrants(db.database, reviewer.id)).toEqual([])
  expect(await verbsAbout(reviewer.id)).toEqual(['call-given', 'call-taken-back'])
  await expect(giveCall(db.database, call, rani.id, actor)).rejects.toMatchObject({ reason: 'not-allowed' })
})
