/** How far the first visit has come: only what is really there counts, and only what its person may see. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCallId } from '@/protocol/ids'
import type { ReadyResult } from '@/protocol/ready'
import { areDone, findFirstSteps } from '@/server/access/first-steps'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
beforeAll(async () => void (db = await makeTestDatabase()))
afterAll(() => db.drop())

const makeDevice = (userId: string, values: { lastSeenAt?: Date; extensionHeardAt?: Date; ready?: ReadyResult; revokedAt?: Date } = {}) =>
  db.database.device.create({ data: { userId, name: 'Desk 4', publicKey: 'key', tokenHash: randomUUID(), agentVersion: '0.1.0', platform: 'linux', ...values } })
const result = (isReady: boolean, testedAt: string): ReadyResult => ({ v: 1, testedAt, isReady, verdicts: [] })
const NOTHING = { device: null, extensionHeardAt: null, ready: null, callId: null }

test('nothing is done at first, nor by a device that was revoked, nor by a sample', async () => {
  const rani = await makeViewer(db.database, 'technician')
  await makeDevice(rani.id, { revokedAt: new Date(), lastSeenAt: new Date(), ready: result(true, '2026-11-24T08:00:00.000Z') })
  const device = await makeDevice(rani.id)
  await db.database.sampleCall.create({ data: { userId: rani.id, callId: makeCallId(), deviceId: device.id } })
  await db.database.call.create({ data: { id: makeCallId(), technicianId: rani.id, deviceId: device.id, state: 'closed', startedAt: new Date(), timeZone: 'UTC' } })
  expect(await findFirstSteps(db.database, rani)).toEqual({ ...NOTHING, hasOthers: null })
})

test('each step is done by what really happened; of two checks the one that passed counts', async () => {
  const rani = await makeViewer(db.database, 'technician')
  const seenAt = new Date('2026-11-24T08:00:00.000Z')
  await makeDevice(rani.id, { ready: result(false, '2026-11-24T09:00:00.000Z') })
  await makeDevice(rani.id, { lastSeenAt: seenAt, extensionHeardAt: seenAt, ready: result(true, '2026-11-24T08:00:00.000Z') })
  const before = await findFirstSteps(db.database, rani)
  expect(before).toMatchObject({ device: { lastSeenAt: seenAt.toISOString() }, extensionHeardAt: seenAt.toISOString(), ready: { isReady: true }, callId: null })
  expect(areDone(before)).toBe(false)
  const callId = await makeCallRow(db.database, rani.id)
  const after = await findFirstSteps(db.database, rani)
  expect([after.callId, areDone(after)]).toEqual([callId, true])
})

test('a stranger’s steps are nobody’s but an admin’s, who is also asked to let others in', async () => {
  const rani = await makeViewer(db.database, 'technician')
  await makeCallRow(db.database, rani.id)
  expect(await findFirstSteps(db.database, await makeViewer(db.database, 'technician'))).toEqual({ ...NOTHING, hasOthers: null })
  const steps = await findFirstSteps(db.database, await makeViewer(db.database, 'admin'))
  expect([steps.callId, steps.hasOthers]).toEqual([expect.any(String), true])
})
