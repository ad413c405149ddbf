/** What a person changes about himself. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeName, changePassword } from '@/server/access/profile'
import { listSessions, openSession } from '@/server/access/session-rows'
import { Sessions } from '@/server/access/sessions'
import { signIn } from '@/server/access/sign-in'
import { TEST_SECRET } from '../../support/front'
import { makeViewer, TEST_PASSWORD } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const CALLER = { address: '10.0.0.1', userAgent: null }
const NEW_PASSWORD = 'another sentence altogether'
let db: TestDatabase
beforeAll(async () => {
  db = await makeTestDatabase()
})
afterAll(() => db.drop())

async function makeSelf() {
  const viewer = await makeViewer(db.database, 'technician')
  const deps = { database: db.database, sessions: new Sessions({ database: db.database, secret: TEST_SECRET, isHttps: false }) }
  return { viewer, deps, self: { viewer, sessionId: await openSession(db.database, viewer.id, CALLER) } }
}

test('the password changes with the old one, and every other session ends', async () => {
  const { viewer, deps, self } = await makeSelf()
  await openSession(db.database, viewer.id, CALLER)
  await changePassword(deps, self, { oldPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD }, '10.0.0.1')
  expect((await listSessions(db.database, viewer.id)).map(({ id }) => id)).toEqual([self.sessionId])
  expect(await signIn(db.database, { email: viewer.email, password: TEST_PASSWORD }, CALLER)).toBeNull()
  expect(await signIn(db.database, { email: viewer.email, password: NEW_PASSWORD }, CALLER)).toMatchObject({ id: viewer.id })
  expect(await db.database.auditEntry.count({ where: { actorId: viewer.id, verb: 'password-changed' } })).toBe(1)
})

test('without the old password, or with a weak new one, nothing changes', async () => {
  const { viewer, deps, self } = await makeSelf()
  await expect(changePassword(deps, self, { oldPassword: 'a guess', newPassword: NEW_PASSWORD }, '10.0.0.2')).rejects.toMatchObject({ reason: 'wrong-password' })
  await expect(changePassword(deps, self, { oldPassword: TEST_PASSWORD, newPassword: 'short' }, '10.0.0.2')).rejects.toMatchObject({ reason: 'weak-password' })
  expect(await signIn(db.database, { email: viewer.email, password: TEST_PASSWORD }, CALLER)).toMatchObject({ id: viewer.id })
})

test('guessing the old password is slowed down like signing in', async () => {
  const { deps, self } = await makeSelf()
  const guess = () => changePassword(deps, self, { oldPassword: 'a guess', newPassword: NEW_PASSWORD }, '10.0.0.3')
  for (let i = 0; i < 5; i++) await expect(guess()).rejects.toMatchObject({ reason: 'wrong-password' })
  await expect(guess()).rejects.toMatchObject({ reason: 'throttled' })
})

test('a new name is written down with the old one; the same name is not', async () => {
  const { viewer, deps, self } = await makeSelf()
  await changeName(deps, self, viewer.name, null)
  await changeName(deps, self, 'Rani Wijaya', null)
  const entries = await db.database.auditEntry.findMany({ where: { actorId: viewer.id, verb: 'profile-changed' } })
  expect(entries.map(({ detail }) => detail)).toEqual([{ from: viewer.name, to: 'Rani Wijaya' }])
})
