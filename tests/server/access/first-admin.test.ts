/** The first administrator: one link, one use, one winner. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFirstAdmin, isSetupTokenAlive, offerFirstAdmin } from '@/server/access/first-admin'
import { TEST_PASSWORD } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
beforeEach(async () => {
  db = await makeTestDatabase()
})
afterEach(() => db.drop())

const makeAdmin = (token: string, email = 'olga@example.com') => ({ token, email, name: 'Olga', password: TEST_PASSWORD })
async function offer(): Promise<string> {
  const token = await offerFirstAdmin(db.database)
  if (token === null) throw new Error('expected a token')
  return token
}

test('the token makes one administrator, is told in the audit trail, and is dead then', async () => {
  const token = await offer()
  expect(await isSetupTokenAlive(db.database, token)).toBe(true)
  const id = await createFirstAdmin(db.database, makeAdmin(token), '127.0.0.1')
  expect(await db.database.user.findMany({ select: { id: true, role: true } })).toEqual([{ id, role: 'admin' }])
  expect(await db.database.auditEntry.findMany({ select: { verb: true, actorId: true, userId: true } })).toEqual([{ verb: 'user-created', actorId: id, userId: id }])
  expect(await isSetupTokenAlive(db.database, token)).toBe(false)
  await expect(createFirstAdmin(db.database, makeAdmin(token, 'second@example.com'), null)).rejects.toMatchObject({ reason: 'token-dead' })
  expect(await offerFirstAdmin(db.database)).toBeNull()
})

test('of two at once one becomes the administrator', async () => {
  const token = await offer()
  const results = await Promise.allSettled([createFirstAdmin(db.database, makeAdmin(token, 'a@example.com'), null), createFirstAdmin(db.database, makeAdmin(token, 'b@example.com'), null)])
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await db.database.user.count()).toBe(1)
})

test('a new start makes the link of the start before useless', async () => {
  const old = await offer()
  await offer()
  await expect(createFirstAdmin(db.database, makeAdmin(old), null)).rejects.toMatchObject({ reason: 'token-dead' })
  expect(await db.database.user.count()).toBe(0)
})

test('a password that is too short leaves the token alive', async () => {
  const token = await offer()
  await expect(createFirstAdmin(db.database, { ...makeAdmin(token), password: 'short' }, null)).rejects.toMatchObject({ reason: 'weak-password' })
  expect(await isSetupTokenAlive(db.database, token)).toBe(true)
})

test('the database does not hold the token', async () => {
  const token = await offer()
  expect(JSON.stringify(await db.database.setting.findMany())).not.toContain(token)
})
