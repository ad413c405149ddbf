/** The whole server, with its pages: from the first start to signing out. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { HttpClient } from '../../support/http-client'
import { TEST_PASSWORD } from '../../support/people'
import { startTestServer, type TestServer } from '../../support/server'

// Each start of the server takes seconds, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
}, 90_000)
afterAll(() => server.dispose())

const sessionOf = async (client: HttpClient) => (await (await client.fetch('/api/auth/session')).json()) as { user?: { role: string } }
const verbsOf = async (actorId: string) => (await server.database.auditEntry.findMany({ where: { actorId }, orderBy: { id: 'asc' } })).map((entry) => entry.verb)

test('it prints a link with which the first administrator makes himself, signs in and out', async () => {
  const url = new URL(server.setupUrl ?? '')
  const client = new HttpClient(server.origin)
  const admin = { token: url.searchParams.get('token'), email: 'olga@example.com', name: 'Olga', password: TEST_PASSWORD }
  expect((await client.fetch(url.pathname + url.search)).status).toBe(200)
  const made = await client.postJson('/api/setup', admin)
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string }

  expect(await client.signIn(admin.email, 'wrong horse')).toBe('CredentialsSignin')
  expect(await sessionOf(client)).toEqual({})
  expect(await client.signIn(' OLGA@example.com', TEST_PASSWORD)).toBeNull()
  expect(await sessionOf(client)).toMatchObject({ user: { id, name: 'Olga', role: 'admin' } })
  await client.signOut()
  expect(await sessionOf(client)).toEqual({})
  expect(await verbsOf(id)).toEqual(['user-created', 'signed-in', 'signed-out'])
})

test('it says at its start what a person needs, and nothing of its own works', () => {
  expect(server.output.replace(/http\S+/g, '…').split('\n')).toEqual(['There is no user yet. Make the first administrator here:', '  …', 'Callwitness serves …', ''])
})

test('pages send whoever is not signed in to the sign-in page and remember where he wanted to go', async () => {
  const { client } = await server.signInAs('technician')
  const location = async (visitor: HttpClient, path: string) => (await visitor.fetch(path)).headers.get('location')
  const target = new URL((await location(new HttpClient(server.origin), '/calls/x?t=1s')) ?? 'no:redirect', server.origin)
  expect([target.origin, target.pathname, target.searchParams.get('next')]).toEqual([server.origin, '/sign-in', '/calls/x?t=1s'])
  expect(await location(client, '/calls')).toBeNull()
})

test('too many wrong passwords are answered with the wait', async () => {
  const target = await server.createUser('technician')
  const client = new HttpClient(server.origin)
  await server.database.signInFailure.createMany({ data: Array.from({ length: 12 }, () => ({ email: target.email, address: '10.0.0.1' })) })
  expect(await client.signIn(target.email, TEST_PASSWORD)).toMatch(/^Too many attempts\. Try again in \d minutes\.$/)
})

test('a disabled person is out although his cookie is good', async () => {
  const { viewer, client } = await server.signInAs('technician')
  await server.database.user.update({ where: { id: viewer.id }, data: { disabledAt: new Date() } })
  await server.restart()
  expect(await sessionOf(client)).toEqual({})
  expect(await client.signIn(viewer.email, TEST_PASSWORD)).toBe('CredentialsSignin')
})

test('a second server on the same data folder is refused with the reason', async () => {
  await expect(startTestServer({ CALLWITNESS_DATA: server.dataDir })).rejects.toThrow(/another Callwitness server runs on the data folder/)
})

test('it ends cleanly when told to, and starts again after kill -9', async () => {
  expect(await server.terminate()).toBe(0)
  await server.restart()
  await server.kill()
  await server.restart()
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
})
