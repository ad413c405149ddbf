/** Signing in: throttled by e-mail and network address, audited, and no way to tell who exists. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '@/server/access/sign-in'
import { admitAttempt, waitAfter } from '@/server/access/sign-in-throttle'
import type { Viewer } from '@/server/access/sessions'
import { makeViewer, TEST_PASSWORD } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
let rani: Viewer
beforeAll(async () => {
  db = await makeTestDatabase()
  rani = await makeViewer(db.database, 'technician')
})
afterAll(() => db.drop())

const attempt = (email: string, password: string, address: string) => signIn(db.database, { email, password }, { address, userAgent: 'a browser' })
const admit = (email: string, address: string, now?: Date) => admitAttempt(db.database, { email, address }, now)
const auditFrom = (address: string) =>
  db.database.auditEntry.findMany({ where: { address }, orderBy: { id: 'asc' }, select: { verb: true, actorId: true, detail: true } })

test('the right password signs in and is written to the audit trail', async () => {
  expect(await attempt(rani.email, TEST_PASSWORD, '10.0.1.1')).toMatchObject({ id: rani.id, name: rani.name })
  expect(await auditFrom('10.0.1.1')).toEqual([{ verb: 'signed-in', actorId: rani.id, detail: null }])
})

test('a wrong password, an unknown and a disabled user get the same answer', async () => {
  const leaver = await makeViewer(db.database, 'technician')
  await db.database.user.update({ where: { id: leaver.id }, data: { disabledAt: new Date() } })
  expect(await attempt(rani.email, 'wrong horse', '10.0.1.2')).toBeNull()
  expect(await attempt('nobody@example.com', TEST_PASSWORD, '10.0.1.2')).toBeNull()
  expect(await attempt(leaver.email, TEST_PASSWORD, '10.0.1.2')).toBeNull()
  const failed = (email: string) => ({ verb: 'sign-in-failed', actorId: null, detail: { email } })
  expect(await auditFrom('10.0.1.2')).toEqual([failed(rani.email), failed('nobody@example.com'), failed(leaver.email)])
})

test('after many failures one has to wait, even with the right password, and is told how long', async () => {
  const target = await makeViewer(db.database, 'technician')
  await db.database.signInFailure.createMany({ data: Array.from({ length: 12 }, (_, i) => ({ email: target.email, address: `10.0.2.${i}` })) })
  await expect(attempt(target.email, TEST_PASSWORD, '10.0.2.99')).rejects.toThrow(/^Too many attempts\. Try again in \d minutes\.$/)
  expect(await auditFrom('10.0.2.99')).toEqual([])
})

test('of ten attempts at once five are let through', async () => {
  const admissions = await Promise.all(Array.from({ length: 10 }, (_, i) => admit('many@example.com', `10.0.3.${i}`)))
  expect(admissions.filter((admission) => admission.isAdmitted)).toHaveLength(5)
})

test('an attempt that came first but is entered after another one is let through', async () => {
  const now = new Date()
  await admit('ordered@example.com', '10.0.7.1', now)
  expect(await admit('ordered@example.com', '10.0.7.2', new Date(now.getTime() - 5))).toMatchObject({ isAdmitted: true })
})

test('a network address that tries many people has to wait as well', async () => {
  for (let i = 0; i < 30; i++) expect(await admit(`person${i}@example.com`, '10.0.4.1')).toMatchObject({ isAdmitted: true })
  expect(await admit('another@example.com', '10.0.4.1')).toMatchObject({ isAdmitted: false })
  expect(await admit('another@example.com', '10.0.4.2')).toMatchObject({ isAdmitted: true })
})

test('the right password clears what was counted', async () => {
  const target = await makeViewer(db.database, 'technician')
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 4; i++) await admit(target.email, `10.0.5.${i}`)
    expect(await attempt(target.email, TEST_PASSWORD, '10.0.5.9')).toMatchObject({ id: target.id })
  }
})

test('failures are forgotten after a quarter of an hour', async () => {
  const longAgo = new Date(Date.now() - 16 * 60_000)
  for (let i = 0; i < 5; i++) await admit('forgetful@example.com', `10.0.6.${i}`, longAgo)
  expect(await admit('forgetful@example.com', '10.0.6.9', longAgo)).toMatchObject({ isAdmitted: false })
  expect(await admit('forgetful@example.com', '10.0.6.9')).toMatchObject({ isAdmitted: true })
})

test('the wait doubles up to five minutes', () => {
  expect([4, 5, 6, 7, 12, 13, 40].map((failures) => waitAfter(failures, 5))).toEqual([0, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000])
})
