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

/** By the question for one call and by a list, which must agree. */
async function sees(viewer: Viewer, callId: CallId): Promise<boolean> {
  const isListed = (await db.database.call.findMany({ where: callsVisibleTo(viewer), select: { id: true } })).some(({ id }) => id === callId)
  expect(await maySeeCall(db.database, viewer, callId)).toBe(isListed)
  return isListed
}
const makeTeam = async (...members: Viewer[]) =>
  db.database.team.create({ data: { name: crypto.randomUUID(), members: { create: members.map(({ id }) => ({ userId: id })) } } })

test.each(ROLES)('a %s sees his own calls', async (role) => {
  const viewer = await makeViewer(db.database, role)
  expect(await sees(viewer, await makeCallRow(db.database, viewer.id))).toBe(true)
})

test.each([
  ['technician', false],
  ['supervisor', false],
  ['reviewer', false],
  ['admin', true],
] as const)('whether a %s sees the calls of others without more: %s', async (role, isSeen) => {
  const viewer = await makeViewer(db.database, role)
  expect(await sees(viewer, otherCall)).toBe(isSeen)
  expect(mayManageDevice(viewer, { userId: other.id })).toBe(isSeen)
  expect(await db.database.device.count({ where: { AND: [devicesVisibleTo(viewer), { userId: other.id }] } })).toBe(isSeen ? 1 : 0)
  expect(mayManageUsers(viewer)).toBe(isSeen)
})

test.each([
  ['technician', false],
  ['supervisor', true],
  ['reviewer', false],
  ['admin', true],
] as const)('whether a %s sees the calls of his team: %s', async (role, isSeen) => {
  const [viewer, mate] = await Promise.all([makeViewer(db.database, role), makeViewer(db.database, 'technician')])
  await makeTeam(viewer, mate)
  await makeTeam(viewer)
  expect(await sees(viewer, await makeCallRow(db.database, mate.id))).toBe(isSeen)
  expect(await sees(viewer, otherCall)).toBe(role === 'admin')
})

test('a supervisor sees nothing of a team that he is no longer in', async () => {
  const [supervisor, mate] = await Promise.all([makeViewer(db.database, 'supervisor'), makeViewer(db.database, 'technician')])
  const team = await makeTeam(supervisor, mate)
  const call = await makeCallRow(db.database, mate.id)
  expect(await sees(supervisor, call)).toBe(true)
  await db.database.teamMember.delete({ where: { teamId_userId: { teamId: team.id, userId: supervisor.id } } })
  expect(await sees(supervisor, call)).toBe(false)
})

test.each([
  ['technician', false],
  ['supervisor', false],
  ['reviewer', true],
  ['admin', true],
] as const)('whether a %s sees a call that he was given: %s', async (role, isSeen) => {
  const viewer = await makeViewer(db.database, role)
  await db.database.callGrant.create({ data: { callId: otherCall, userId: viewer.id, givenById: other.id } })
  expect(await sees(viewer, otherCall)).toBe(isSeen)
})
