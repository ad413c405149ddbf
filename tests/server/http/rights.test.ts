/** Who gets which page and which data: every one of them, for every role and for nobody, against the whole server. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCallId, type CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import { makeCallRow } from '../../support/call-rows'
import { HttpClient } from '../../support/http-client'
import { startTestServer, type TestServer } from '../../support/server'
import { storeCall } from '../../support/store-call'
import { makeTestDevice, SampleCall } from '../ingest/sample-call'

const ROLES = ['technician', 'supervisor', 'reviewer', 'admin'] as const
type Role = (typeof ROLES)[number]
type Outcome = 'given' | 'nothing' | 'sign-in'

let server: TestServer
const people = {} as Record<Role, { viewer: Viewer; client: HttpClient }>
const paths: Record<string, string> = {}
beforeAll(async () => {
  server = await startTestServer()
  const { database } = server
  for (const role of ROLES) people[role] = await server.signInAs(role)
  const [mate, stranger] = [await server.createUser('technician'), await server.createUser('technician')]
  const media = makeFileMediaStore(join(server.dataDir, 'media'))
  const makeCall = async (technicianId: string): Promise<CallId> => {
    const callId = await makeCallRow(database, technicianId)
    await storeCall(media, new SampleCall(makeTestDevice(), callId).second().hangUp().close().seal())
    return callId
  }
  const calls: Record<string, CallId> = {
    'own call': await makeCall(people.technician.viewer.id),
    'call of the supervisor’s team': await makeCall(mate.id),
    'call given to the reviewer': await makeCall(stranger.id),
    'call of somebody else': await makeCall(stranger.id),
    'call that is not there': makeCallId(),
  }
  await media.dispose()
  await database.team.create({ data: { name: 'East', members: { create: [people.supervisor.viewer, mate].map(({ id }) => ({ userId: id })) } } })
  await database.callGrant.create({ data: { callId: calls['call given to the reviewer']!, userId: people.reviewer.viewer.id, givenById: people.admin.viewer.id } })
  for (const [name, id] of Object.entries(calls)) paths[name] = `/calls/${id}`
  paths['a person'] = `/people/${stranger.id}`
  // Which call it is does not show before the socket has been asked.
  paths['listening to a call'] = `/live/${calls['call that is not there']}`
}, 120_000)
afterAll(() => server?.dispose())

async function ask(client: HttpClient, path: string): Promise<Outcome> {
  const response = await client.fetch(path)
  const body = await response.text()
  if (response.status === 307) return response.headers.get('location')?.includes('/sign-in') ? 'sign-in' : 'given'
  // A page whose frame was on its way already says 404 in its body.
  if (response.status === 404 || body.includes('NEXT_HTTP_ERROR_FALLBACK;404')) return 'nothing'
  expect(response.status, path).toBe(200)
  return 'given'
}

describe.each([
  ['/calls', ROLES],
  ['/training', ROLES],
  ['/devices', ROLES],
  ['/devices/approve', ROLES],
  ['/settings', ROLES],
  ['/welcome', ROLES],
  ['own call', ['technician', 'admin']],
  ['call of the supervisor’s team', ['supervisor', 'admin']],
  ['call given to the reviewer', ['reviewer', 'admin']],
  ['call of somebody else', ['admin']],
  ['call that is not there', []],
  ['/live', ['supervisor', 'admin']],
  ['listening to a call', ['supervisor', 'admin']],
  ['/people', ['supervisor', 'admin']],
  ['/people/invite', ['admin']],
  ['/people/teams', ['supervisor', 'admin']],
  ['a person', ['admin']],
  ['/people/nobody', []],
  ['/audit', ['admin']],
  ['/no-such-page', []],
] as readonly (readonly [string, readonly Role[]])[])('%s', (name, allowed) => {
  test.each(ROLES)(`for a %s (open to ${allowed.join(', ') || 'nobody'})`, async (role) => {
    expect(await ask(people[role].client, paths[name] ?? name)).toBe(allowed.includes(role) ? 'given' : 'nothing')
  })

  test('for nobody', async () => {
    expect(await ask(new HttpClient(server.origin), paths[name] ?? name)).toBe('sign-in')
  })
})

describe.each([
  ['/api/audit.csv', ['admin']],
  ['/api/calls', ROLES],
  ['/api/calls.csv', ROLES],
  ['/api/calls/find?q=technician', ROLES],
] as readonly (readonly [string, readonly Role[]])[])('the data of %s', (path, allowed) => {
  test.each(ROLES)('for a %s', async (role) => {
    expect(await ask(people[role].client, path)).toBe(allowed.includes(role) ? 'given' : 'nothing')
  })

  test('for nobody', async () => {
    expect(await ask(new HttpClient(server.origin), path)).toBe('nothing')
  })
})

test.each([
  ['technician', ['own call']],
  ['supervisor', ['call of the supervisor’s team']],
  ['reviewer', ['call given to the reviewer']],
  ['admin', ['own call', 'call of the supervisor’s team', 'call given to the reviewer', 'call of somebody else']],
] as const)('a %s gets the media and the list of the calls that he may see, and of no others', async (role, seen) => {
  const { client } = people[role]
  const list = await (await client.fetch('/api/calls')).text()
  const found = await (await client.fetch('/api/calls/find?q=technician')).text()
  for (const [name, path] of Object.entries(paths).filter(([key]) => key.includes('call'))) {
    const [callId] = path.split('/').slice(-1)
    expect(list.includes(callId!), `${name} in the list`).toBe((seen as readonly string[]).includes(name))
    expect(found.includes(callId!), `${name} found by its technician`).toBe((seen as readonly string[]).includes(name))
    const media = await client.fetch(`/media/${callId}/log.jsonl`, { method: 'HEAD' })
    expect(media.status, `media of ${name}`).toBe((seen as readonly string[]).includes(name) ? 200 : 404)
  }
})

test('a supervisor finds his own teams with their phrases, and nothing to manage them by', async () => {
  await server.database.team.create({ data: { name: 'West', livePhrases: ['refund'] } })
  // The scripts carry every message of the pages.
  const show = async (client: HttpClient): Promise<string> => (await (await client.fetch('/people/teams')).text()).replace(/<script.*?<\/script>/gs, '')
  const [his, all] = [await show(people.supervisor.client), await show(people.admin.client)]
  expect(his).toContain('East')
  expect(his).toContain('Save the phrases')
  expect(his).not.toContain('West')
  expect(his).not.toContain('Make the team')
  expect(his).not.toMatch(/href="\/people\/[0-9a-f]{8}/)
  for (const text of ['East', 'West', 'refund', 'Make the team']) expect(all).toContain(text)
})

test('an invitation’s page is open to whoever has the link, and tells a dead one', async () => {
  const page = await new HttpClient(server.origin).fetch('/invite/no-such-token')
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('This link does not work any more</h1>')
})

test('a reading of the audit trail is written down, as a page and as a file', async () => {
  const { viewer, client } = await server.signInAs('admin')
  await client.fetch('/audit?verb=looked')
  await client.fetch('/api/audit.csv?verb=looked')
  const entries = await server.database.auditEntry.findMany({ where: { actorId: viewer.id, verb: { startsWith: 'audit-' } }, orderBy: { id: 'asc' }, select: { verb: true, detail: true } })
  expect(entries).toEqual([
    { verb: 'audit-looked', detail: { verb: 'looked' } },
    { verb: 'audit-downloaded', detail: { verb: 'looked' } },
  ])
})

test('a session that has ended gets nothing at once, though its cookie is still there', async () => {
  const { viewer, client } = await server.signInAs('technician')
  expect(await ask(client, '/calls')).toBe('given')
  const cookie = client.cookieHeader
  await client.signOut()
  const response = await fetch(`${server.origin}/calls`, { headers: { cookie }, redirect: 'manual' })
  expect(response.headers.get('location')).toContain('/sign-in')
  expect(await server.database.session.count({ where: { userId: viewer.id, endedAt: null } })).toBe(0)
})
