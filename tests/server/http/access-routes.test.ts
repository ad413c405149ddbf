/** What may be asked without being signed in: well-formed, bounded, and not too often. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DEVICE_CODE_PATH, DEVICE_TOKEN_PATH, deviceCodeReplySchema, deviceTokenReplySchema } from '@/protocol/agent-http'
import { decideDevice, makeWrongCodeLimit } from '@/server/access/devices'
import { offerFirstAdmin } from '@/server/access/first-admin'
import { makeAccessRoutes, SETUP_API_PATH } from '@/server/http/access-routes'
import type { Front } from '@/server/http/front'
import { NOT_FOUND } from '@/server/http/problem'
import { startFront, type TestLog } from '../../support/front'
import { HttpClient } from '../../support/http-client'
import { makeViewer, TEST_PASSWORD } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
let front: Front
let log: TestLog
let client: HttpClient
beforeAll(async () => {
  db = await makeTestDatabase()
  ;({ front, log } = await startFront())
  client = new HttpClient(front.origin)
})
beforeEach(() => {
  // New routes have forgotten who asked how often.
  const routes = makeAccessRoutes({ database: db.database, origin: front.origin })
  front.serve(async (req, res, url, address) => {
    const route = routes.get(url.pathname)
    if (!route) throw NOT_FOUND
    await route(req, res, address)
  })
})
afterAll(async () => {
  await front.close()
  await db.drop()
  expect(log.errors).toEqual([])
})

const codeRequest = { deviceName: 'Desk 4', deviceKey: 'k'.repeat(43), agentVersion: '0.1.0', platform: 'linux x64' }
const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return (await response.json()) as { status: number; detail: string }
}

test('a device asks for a code, is approved, and fetches its token', async () => {
  const code = deviceCodeReplySchema.parse(await (await client.postJson(DEVICE_CODE_PATH, codeRequest)).json())
  const poll = async () => deviceTokenReplySchema.parse(await (await client.postJson(DEVICE_TOKEN_PATH, { deviceCode: code.deviceCode })).json())
  expect(code.approveUrl.startsWith(front.origin)).toBe(true)
  expect(await poll()).toEqual({ state: 'pending' })
  const rani = await makeViewer(db.database, 'technician')
  await decideDevice({ database: db.database, wrongCodes: makeWrongCodeLimit() }, rani, code.userCode, 'approved', null)
  expect(await poll()).toMatchObject({ state: 'approved', technician: { id: rani.id } })
  expect(await poll()).toEqual({ state: 'expired' })
})

test('codes are given ten times a minute to one caller, then he is told to wait', async () => {
  for (let i = 0; i < 10; i++) expect((await client.postJson(DEVICE_CODE_PATH, codeRequest)).status).toBe(200)
  const refused = await client.postJson(DEVICE_CODE_PATH, codeRequest)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
  expect((await problemOf(refused)).detail).toMatch(/^Too many attempts\. Try again in \d+ seconds\.$/)
})

test.each([
  [405, 'a GET', { method: 'GET' }],
  [415, 'a form of another site', { method: 'POST', body: new URLSearchParams({ deviceCode: 'x' }) }],
  [400, 'what is not JSON', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
  [422, 'another shape', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"code":1}' }],
  [413, 'a huge body', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ deviceCode: 'x'.repeat(20_000) }) }],
])('%i for %s', async (status, _name, init) => {
  const response = await client.fetch(DEVICE_TOKEN_PATH, init)
  expect(await problemOf(response)).toMatchObject({ status })
})

test('the first administrator is made over HTTP once', async () => {
  await db.database.deviceCode.deleteMany()
  await db.database.$executeRaw`delete from "Device"`
  await db.database.user.deleteMany()
  const token = await offerFirstAdmin(db.database)
  const admin = { token, email: ' Olga@Example.com ', name: 'Olga', password: TEST_PASSWORD }
  expect((await problemOf(await client.postJson(SETUP_API_PATH, { ...admin, password: 'short' }))).status).toBe(422)
  expect((await problemOf(await client.postJson(SETUP_API_PATH, { ...admin, token: 'guessed' }))).status).toBe(410)
  expect((await client.postJson(SETUP_API_PATH, admin)).status).toBe(201)
  expect(await db.database.user.findMany({ select: { email: true, role: true } })).toEqual([{ email: 'olga@example.com', role: 'admin' }])
  expect((await problemOf(await client.postJson(SETUP_API_PATH, admin))).status).toBe(410)
})
