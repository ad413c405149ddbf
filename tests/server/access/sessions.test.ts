/** Who is signed in, and how soon a change of his rights takes effect. */
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Sessions, type Viewer } from '@/server/access/sessions'
import { changeRole, setUserEnabled } from '@/server/access/users'
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
const viewerOf = async (sessions: Sessions, viewer: Viewer, secret?: string) => sessions.viewerOfHeaders({ cookie: `theme=dark; broken=%; ${await sessionCookie(viewer, secret)}` })

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

test('a role that another process changed is read within a minute', async () => {
  const rani = await makeViewer(db.database, 'technician')
  const { sessions, clock } = makeSessions()
  await viewerOf(sessions, rani)
  await db.database.user.update({ where: { id: rani.id }, data: { role: 'supervisor' } })
  clock.nowMs = 59_000
  expect(await viewerOf(sessions, rani)).toMatchObject({ role: 'technician' })
  clock.nowMs = 60_000
  expect(await viewerOf(sessions, rani)).toMatchObject({ role: 'supervisor' })
})

test('a change made here takes effect at once and is written down with it', async () => {
  const [rani, admin] = await Promise.all([makeViewer(db.database, 'technician'), makeViewer(db.database, 'admin')])
  const { sessions } = makeSessions()
  const deps = { database: db.database, sessions }
  const actor = { actorId: admin.id, address: '10.0.0.1' }
  await viewerOf(sessions, rani)
  await changeRole(deps, rani.id, 'reviewer', actor)
  expect(await viewerOf(sessions, rani)).toMatchObject({ role: 'reviewer' })
  await setUserEnabled(deps, rani.id, false, actor)
  expect(await viewerOf(sessions, rani)).toBeNull()
  await setUserEnabled(deps, rani.id, true, actor)
  expect(await viewerOf(sessions, rani)).toMatchObject({ role: 'reviewer' })
  const entries = await db.database.auditEntry.findMany({ where: { userId: rani.id, actorId: admin.id }, orderBy: { id: 'asc' }, select: { verb: true, detail: true } })
  expect(entries).toEqual([
    { verb: 'user-role-changed', detail: { from: 'technician', to: 'reviewer' } },
    { verb: 'user-disabled', detail: null },
    { verb: 'user-enabled', detail: null },
  ])
})
