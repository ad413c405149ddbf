/** Who may see which call: every role against own and others' calls, for one call and for a query alike. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '@/protocol/ids'
import { callsVisibleTo, devicesVisibleTo, mayManageDevice, mayManageUsers, maySeeCall } from '@/server/access/policy'
import type { Viewer } from '@/server/access/sessions'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const ROLES = ['technician', 'supervisor', 'reviewer', 'admin'] as const
let db: TestDatabase
let otherCall: CallId
let other: Viewer
beforeAll(async () => {
  db = await makeTestDatabase()
  other = await makeViewer(db.database, 'technician')
  otherCall = await makeCallRow(db.database, other.id)
})
afterAll(() => db.drop())

test.each(ROLES)('a %s sees his own calls', async (role) => {
  const viewer = await makeViewer(db.database, role)
  const own = await makeCallRow(db.database, viewer.id)
  expect(maySeeCall(viewer, { technicianId: viewer.id })).toBe(true)
  expect(await db.database.call.count({ where: { AND: [callsVisibleTo(viewer), { id: own }] } })).toBe(1)
})

test.each([
  ['technician', false],
  ['supervisor', false],
  ['reviewer', false],
  ['admin', true],
] as const)('whether a %s sees the calls of others: %s', async (role, isSeen) => {
  const viewer = await makeViewer(db.database, role)
  expect(maySeeCall(viewer, { technicianId: other.id })).toBe(isSeen)
  expect(await db.database.call.count({ where: { AND: [callsVisibleTo(viewer), { id: otherCall }] } })).toBe(isSeen ? 1 : 0)
  expect(mayManageDevice(viewer, { userId: other.id })).toBe(isSeen)
  expect(await db.database.device.count({ where: { AND: [devicesVisibleTo(viewer), { userId: other.id }] } })).toBe(isSeen ? 1 : 0)
  expect(mayManageUsers(viewer)).toBe(isSeen)
})
