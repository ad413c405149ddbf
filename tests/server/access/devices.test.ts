/** The whole way of a device: code, approval, token, revocation. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { deviceCodeReplySchema } from '@/protocol/agent-http'
import { deviceIdSchema } from '@/protocol/ids'
import type { ReadyResult } from '@/protocol/ready'
import { recordDesk } from '@/server/access/desks'
import { collectDeviceToken, decideDevice, deviceOfToken, findPendingDevice, listDevices, makeWrongCodeLimit, recordDevicesSeen, requestDeviceCode, revokeDevice } from '@/server/access/devices'
import type { Viewer } from '@/server/access/sessions'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const ORIGIN = 'http://127.0.0.1:3000'
const FOURTEEN_MINUTES_MS = 14 * 60_000
let db: TestDatabase
let codes: Parameters<typeof decideDevice>[0]
let rani: Viewer
let admin: Viewer

beforeAll(async () => {
  db = await makeTestDatabase()
  codes = { database: db.database, wrongCodes: makeWrongCodeLimit() }
  rani = await makeViewer(db.database, 'technician')
  admin = await makeViewer(db.database, 'admin')
})
afterAll(() => db.drop())

let keys = 0
const makeRequest = () => ({ deviceName: 'Desk 4', deviceKey: String(keys++).padStart(43, 'k'), agentVersion: '0.1.0', platform: 'linux x64' })
const requestCode = (request = makeRequest(), now?: Date) => requestDeviceCode(db.database, request, ORIGIN, now)
const collect = (deviceCode: string, now?: Date) => collectDeviceToken(db.database, deviceCode, '10.0.0.9', now)
const verbsOf = async (where: object) => (await db.database.auditEntry.findMany({ where, orderBy: { id: 'asc' } })).map((entry) => entry.verb)

async function pair(viewer: Viewer, request = makeRequest()) {
  const { deviceCode, userCode } = await requestCode(request)
  await decideDevice(codes, viewer, userCode, 'approved', null)
  const reply = await collect(deviceCode)
  if (reply.state !== 'approved') throw new Error(`expected a token, got ${reply.state}`)
  return reply
}

test('a device waits, is approved as it was typed by a person, and gets its token once', async () => {
  const code = deviceCodeReplySchema.parse(await requestCode())
  expect(code.userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
  expect(code.approveUrl).toBe(`${ORIGIN}/devices/approve?code=${code.userCode}`)
  expect(await collect(code.deviceCode)).toEqual({ state: 'pending' })
  const asTyped = ` ${code.userCode.replace('-', ' ').toLowerCase()}`
  expect(await findPendingDevice(codes, rani, asTyped)).toMatchObject({ deviceName: 'Desk 4' })
  await decideDevice(codes, rani, asTyped, 'approved', null)
  expect(await findPendingDevice(codes, rani, code.userCode)).toBeNull()
  const replies = await Promise.all([1, 2, 3].map(() => collect(code.deviceCode)))
  expect(replies.map((reply) => reply.state).sort()).toEqual(['approved', 'expired', 'expired'])
})

test('the token is known as the device of the person who approved it, and only its hash is stored', async () => {
  const { token, deviceId, technician } = await pair(rani)
  expect(technician).toEqual({ id: rani.id, name: rani.name })
  expect(await deviceOfToken(db.database, token)).toMatchObject({ id: deviceId, technician: { id: rani.id, name: rani.name } })
  expect(await deviceOfToken(db.database, `${token}x`)).toBeNull()
  const row = await db.database.device.findUniqueOrThrow({ where: { id: deviceId } })
  expect(JSON.stringify(row)).not.toContain(token.slice(4))
  expect(await verbsOf({ deviceId })).toEqual(['device-paired'])
})

test('a denied code says so and is decided once', async () => {
  const { deviceCode, userCode } = await requestCode()
  const decisions = await Promise.allSettled(['denied', 'approved'].map((decision) => decideDevice(codes, rani, userCode, decision as 'denied', null)))
  expect(decisions.map((decision) => decision.status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(decideDevice(codes, admin, userCode, 'approved', null)).rejects.toMatchObject({ reason: 'code-unknown' })
  expect((await collect(deviceCode)).state).toBe(decisions[0]?.status === 'fulfilled' ? 'denied' : 'approved')
})

test('a code is worth nothing after a quarter of an hour', async () => {
  const { deviceCode, userCode } = await requestCode(makeRequest(), new Date(Date.now() - FOURTEEN_MINUTES_MS))
  expect(await collect(deviceCode)).toEqual({ state: 'pending' })
  const later = new Date(Date.now() + 61_000)
  await expect(decideDevice(codes, rani, userCode, 'approved', null, later)).rejects.toMatchObject({ reason: 'code-unknown' })
  expect(await collect(deviceCode, later)).toEqual({ state: 'expired' })
})

test('who tries many codes that no device has must wait, even for a right one; right ones are not counted', async () => {
  const guesser = await makeViewer(db.database, 'technician')
  const { userCode } = await requestCode()
  for (let i = 0; i < 20; i++) expect(await findPendingDevice(codes, guesser, userCode)).not.toBeNull()
  const guesses = Array.from({ length: 15 }, (_, i) => (i % 2 === 0 ? findPendingDevice(codes, guesser, 'BBBB-BBBB') : decideDevice(codes, guesser, 'CCCC-CCCC', 'approved', null)))
  const refused = (await Promise.allSettled(guesses)).filter((guess) => guess.status === 'rejected' && (guess.reason as { reason: string }).reason === 'throttled')
  expect(refused).toHaveLength(5)
  await expect(decideDevice(codes, guesser, userCode, 'approved', null)).rejects.toMatchObject({ reason: 'throttled' })
  await decideDevice(codes, rani, userCode, 'approved', null)
})

test('pairing again keeps the device and kills its old token', async () => {
  const request = makeRequest()
  const first = await pair(rani, request)
  const second = await pair(rani, request)
  expect(second.deviceId).toBe(first.deviceId)
  expect(await deviceOfToken(db.database, first.token)).toBeNull()
  expect(await deviceOfToken(db.database, second.token)).toMatchObject({ id: first.deviceId })
})

test('a revoked device is put out at once, by its owner or an admin and nobody else', async () => {
  const { token, deviceId } = await pair(rani)
  const disconnectDevice = vi.fn()
  const deps = { database: db.database, disconnectDevice }
  const stranger = await makeViewer(db.database, 'supervisor')
  await expect(revokeDevice(deps, stranger, deviceId, null)).rejects.toMatchObject({ reason: 'not-allowed' })
  await expect(revokeDevice(deps, stranger, deviceIdSchema.parse(crypto.randomUUID()), null)).rejects.toMatchObject({ reason: 'not-allowed' })
  expect(disconnectDevice).not.toHaveBeenCalled()
  await revokeDevice(deps, admin, deviceId, null)
  await revokeDevice(deps, rani, deviceId, null)
  expect(disconnectDevice).toHaveBeenCalledWith(deviceId)
  expect(await deviceOfToken(db.database, token)).toBeNull()
  expect(await verbsOf({ deviceId, verb: 'device-revoked' })).toEqual(['device-revoked'])
})

test('a person sees his own devices, an admin all of them', async () => {
  const other = await makeViewer(db.database, 'technician')
  const { deviceId } = await pair(other)
  expect((await listDevices(db.database, other)).map((device) => device.id)).toEqual([deviceId])
  expect((await listDevices(db.database, admin)).length).toBeGreaterThan(1)
})

test('the devices of a disabled person are put out with him', async () => {
  const leaver = await makeViewer(db.database, 'technician')
  const { token } = await pair(leaver)
  const waiting = await requestCode()
  await decideDevice(codes, leaver, waiting.userCode, 'approved', null)
  await db.database.user.update({ where: { id: leaver.id }, data: { disabledAt: new Date() } })
  expect(await deviceOfToken(db.database, token)).toBeNull()
  expect(await collect(waiting.deviceCode)).toEqual({ state: 'denied' })
})

test('how things stand at its desk is kept, and shown to whoever may see the device', async () => {
  const { deviceId } = await pair(rani)
  const find = async (viewer: Viewer) => (await listDevices(db.database, viewer)).find(({ id }) => id === deviceId)
  expect((await find(rani))?.ready).toBeNull()
  const ready: ReadyResult = { v: 1, testedAt: '2026-11-24T08:00:00.000Z', isReady: false, verdicts: [{ name: 'disk', state: 'bad', found: '3 MB free', remedy: 'Free some space.' }] }
  await recordDesk(db.database, deviceId, { ready })
  await recordDesk(db.database, deviceId, { extensionHeardAt: '2026-11-24T08:01:00.000Z' })
  expect([(await find(rani))?.ready, (await find(admin))?.ready]).toEqual([ready, ready])
  expect(await db.database.device.findUniqueOrThrow({ where: { id: deviceId } })).toMatchObject({ extensionHeardAt: new Date('2026-11-24T08:01:00.000Z') })
  expect(await find(await makeViewer(db.database, 'technician'))).toBeUndefined()
})

test('it is noted when devices were last seen', async () => {
  const { deviceId } = await pair(rani)
  const now = new Date()
  await recordDevicesSeen(db.database, [deviceId], now)
  expect(await db.database.device.findUniqueOrThrow({ where: { id: deviceId } })).toMatchObject({ lastSeenAt: now })
})
