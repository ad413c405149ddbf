/** Who is signed in, and how soon a change of his rights takes effect. */
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Sessions, type Viewer } from '@/server/access/sessions'
import { endAllSessions, endSession, listSessions } from '@/server/access/session-rows'
import { changeRole, disableUser, enableUser } from '@/server/access/users'
import { sessionCookie, TEST_SECRET } from '../../support/front'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
beforeAll(async () => {
  db = await makeTestDatabase()
})
afterAll(() => db.drop())

function makeSessions() {
  const clock = { nowMs: 0 }
  return { clock, sessions: new Sessions({ database: db.database, secret: TEST_SECRET, isHttps: false, nowMs: () => clock.nowMs }) }
}
const viewerOfCookie = (sessions: Sessions, cookie: string) => sessions.viewerOfHeaders({ cookie: `theme=dark; broken=%; ${cookie}` })
const viewerOf = async (sessions: Sessions, viewer: Viewer, secret?: string) => viewerOfCookie(sessions, await sessionCookie(db.database, viewer, secret))

test('the session cookie names the viewer', async () => {
  const rani = await makeViewer(db.database, 'technician')
  expect(await viewerOf(makeSessions().sessions, rani)).toEqual(rani)
})

test('without a cookie, with one of another secret or of nobody there is no viewer', async () => {
  const rani = await makeViewer(db.database, 'technician')
  const { sessions } = makeSessions()
  expect(await sessions.viewerOfHeaders({})).toBeNull()
  expect(await viewerOf(sessions, rani, 'another secret of thirty-two characters')).toBeNull()
  expect(await sessions.viewerOfHeaders({ cookie: `next-auth.session-token=${await encode({ token: { sub: 'admin' }, secret: TEST_SECRET })}` })).toBeNull()
  expect(await sessions.viewerOfHeaders({ cookie: `next-auth.session-token=${await encode({ token: { sub: crypto.randomUUID() }, secret: TEST_SECRET })}` })).toBeNull()
})

test('a token without a session, or with one of somebody else, is worth nothing', async () => {
  const [rani, dewi] = await Promise.all([makeViewer(db.database, 'technician'), makeViewer(db.database, 'admin')])
  const { sessions } = makeSessions()
  await sessionCookie(db.database, dewi)
  const [dewis] = await listSessions(db.database, dewi.id)
  const token = async (fields: object) => sessions.viewerOfHeaders({ cookie: `next-auth.session-token=${await encode({ token: { sub: rani.id, ...fields }, secret: TEST_SECRET })}` })
  expect(await token({})).toBeNull()
  expect(await token({ sessionId: dewis?.id })).toBeNull()
  expect(await token({ sessionId: crypto.randomUUID() })).toBeNull()
})

test('a session is over after twelve hours, though its cookie is still there', async () => {
  const rani = await makeViewer(db.database, 'technician')
  const { sessions, clock } = makeSessions()
  const cookie = await sessionCookie(db.database, rani)
  clock.nowMs = Date.now()
  expect(await viewerOfCookie(sessions, cookie)).toEqual(rani)
  clock.nowMs += 12 * 3_600_000
  expect(await viewerOfCookie(sessions, cookie)).toBeNull()
})

test('a session that is ended here is out at once; the others of the same person go on', async () => {
  const rani = await makeViewer(db.database, 'technician')
  const { sessions } = makeSessions()
  const [here, there] = [await sessionCookie(db.database, rani), await sessionCookie(db.database, rani)]
  await Promise.all([viewerOfCookie(sessions, here), viewerOfCookie(sessions, there)])
  const open = await listSessions(db.database, rani.id)
  expect(open).toHaveLength(2)
  const ended = open[0]!.id
  await endSession({ database: db.database, sessions }, rani, ended, { verb: 'session-ended', address: null })
  const viewers = await Promise.all([viewerOfCookie(sessions, here), viewerOfCookie(sessions, there)])
  expect(viewers.filter((viewer) => viewer !== null)).toEqual([rani])
  expect((await listSessions(db.database, rani.id)).map(({ id }) => id)).toEqual([open[1]!.id])
})

test('a session that is ended in another process is out within a minute', async () => {
  const rani = await makeViewer(db.database, 'technician')
  const [here, elsewhere] = [makeSessions(), makeSessions()]
  const cookie = await sessionCookie(db.database, rani)
  await viewerOfCookie(here.sessions, cookie)
  await endAllSessions({ database: db.database, sessions: elsewhere.sessions }, rani, rani.id, null)
  here.clock.nowMs = 59_000
  expect(await viewerOfCookie(here.sessions, cookie)).toEqual(rani)
  here.clock.nowMs = 60_000
  expect(await viewerOfCookie(here.sessions, cookie)).toBeNull()
})

test('nobody but an admin ends the sessions of somebody else, and each end is written down', async () => {
  const [rani, dewi, admin] = await Promise.all([makeViewer(db.database, 'technician'), makeViewer(db.database, 'supervisor'), makeViewer(db.database, 'admin')])
  const { sessions } = makeSessions()
  const deps = { database: db.database, sessions }
  const cookie = await sessionCookie(db.database, rani)
  const [session] = await listSessions(db.database, rani.id)
  await expect(endAllSessions(deps, dewi, rani.id, null)).rejects.toMatchObject({ reason: 'not-allowed' })
  await endSession(deps, dewi, session!.id, { verb: 'session-ended', address: null })
  expect(await viewerOfCookie(sessions, cookie)).toEqual(rani)
  await endAllSessions(deps, admin, rani.id, '10.0.0.1')
  expect(await viewerOfCookie(sessions, cookie)).toBeNull()
  const entries = await db.database.auditEntry.findMany({ where: { userId: rani.id, verb: 'session-ended' }, select: { actorId: true, detail: true } })
  expect(entries).toEqual([{ actorId: admin.id, detail: { which: 'all' } }])
})

test('a role that another process changed is read within a minute', async () => {
  const rani = await makeViewer(db.database, 'technician')
  const { sessions, clock } = makeSessions()
  const cookie = await sessionCookie(db.database, rani)
  await viewerOfCookie(sessions, cookie)
  await db.database.user.update({ where: { id: rani.id }, data: { role: 'supervisor' } })
  clock.nowMs = 59_000
  expect(await viewerOfCookie(sessions, cookie)).toMatchObject({ role: 'technician' })
  clock.nowMs = 60_000
  expect(await viewerOfCookie(sessions, cookie)).toMatchObject({ role: 'supervisor' })
})

test('a change made here takes effect at once and is written down with it', async () => {
  const [rani, admin] = await Promise.all([makeViewer(db.database, 'technician'), makeViewer(db.database, 'admin')])
  const { sessions } = makeSessions()
  const deps = { database: db.database, sessions, disconnectDevice: () => undefined }
  const actor = { actorId: admin.id, address: '10.0.0.1' }
  const cookie = await sessionCookie(db.database, rani)
  await viewerOfCookie(sessions, cookie)
  await changeRole(deps, rani.id, 'reviewer', actor)
  expect(await viewerOfCookie(sessions, cookie)).toMatchObject({ role: 'reviewer' })
  await disableUser(deps, rani.id, actor)
  expect(await viewerOfCookie(sessions, cookie)).toBeNull()
  await enableUser(deps, rani.id, actor)
  expect(await viewerOfCookie(sessions, cookie)).toBeNull()
  expect(await viewerOf(sessions, rani)).toMatchObject({ role: 'reviewer' })
  const entries = await db.database.auditEntry.findMany({ where: { userId: rani.id, actorId: admin.id }, orderBy: { id: 'asc' }, select: { verb: true, detail: true } })
  expect(entries).toEqual([
    { verb: 'user-role-changed', detail: { from: 'technician', to: 'reviewer' } },
    { verb: 'user-disabled', detail: null },
    { verb: 'user-enabled', detail: null },
  ])
})
