/** The list over HTTP: who gets which calls, as rows and as a file, and what is written down about it. Real database and sockets. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CallId } from '@/protocol/ids'
import { Sessions, type Viewer } from '@/server/access/sessions'
import { CALLS_CSV_PATH, CALLS_PATH, FIND_CALLS_PATH, handleCallList } from '@/server/http/call-list-routes'
import type { Front } from '@/server/http/front'
import { makeCallRow } from '../../support/call-rows'
import { sessionCookie, startFront, TEST_SECRET } from '../../support/front'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const ROLES = ['technician', 'supervisor', 'reviewer', 'admin'] as const
let db: TestDatabase
let front: Front
let linda: Viewer
let callId: CallId
beforeAll(async () => {
  db = await makeTestDatabase()
  const sessions = new Sessions({ database: db.database, secret: TEST_SECRET, isHttps: false })
  ;({ front } = await startFront())
  front.serve((req, res, url, address) => handleCallList({ database: db.database, sessions, origin: front.origin }, req, res, url, address))
})
afterAll(async () => {
  await front.close()
  await db.drop()
})
beforeEach(async () => {
  linda = await makeViewer(db.database, 'technician')
  callId = await makeCallRow(db.database, linda.id)
})

const get = async (path: string, viewer: Viewer | null, method = 'GET') =>
  fetch(`${front.origin}${path}`, { method, headers: viewer ? { cookie: await sessionCookie(db.database, viewer) } : {} })
const idsFor = async (viewer: Viewer, search = '') => ((await (await get(`${CALLS_PATH}?${search}`, viewer)).json()) as { items: { id: string }[] }).items.map(({ id }) => id)
const auditOf = (viewer: Viewer) => db.database.auditEntry.findMany({ where: { actorId: viewer.id, verb: { startsWith: 'calls-' } }, orderBy: { id: 'asc' }, select: { verb: true, detail: true } })

describe.each([CALLS_PATH, CALLS_CSV_PATH])('%s', (path) => {
  it('is not there for whoever is not signed in, and takes nothing but a GET', async () => {
    expect((await get(path, null)).status).toBe(404)
    expect((await get(path, linda, 'POST')).status).toBe(405)
  })

  it.each(ROLES)('gives a %s no call of a stranger unless he is an admin', async (role) => {
    const viewer = await makeViewer(db.database, role)
    const own = await makeCallRow(db.database, viewer.id)
    const text = await (await get(path, viewer)).text()
    expect(text).toContain(own)
    expect(text.includes(callId)).toBe(role === 'admin')
  })
})

it('gives a supervisor his team’s calls and a reviewer what he was given', async () => {
  const [supervisor, reviewer] = [await makeViewer(db.database, 'supervisor'), await makeViewer(db.database, 'reviewer')]
  await db.database.team.create({ data: { name: `Team of ${supervisor.name}`, members: { create: [{ userId: supervisor.id }, { userId: linda.id }] } } })
  await db.database.callGrant.create({ data: { callId, userId: reviewer.id, givenById: supervisor.id } })
  expect(await idsFor(supervisor)).toEqual([callId])
  expect(await idsFor(reviewer)).toEqual([callId])
})

it('filters, says what all pages add up to on the first, and writes down that somebody looked', async () => {
  const lost = await makeCallRow(db.database, linda.id)
  await db.database.call.update({ where: { id: lost }, data: { lostMs: 700 } })
  const body: unknown = await (await get(`${CALLS_PATH}?look=lost&zone=Asia/Jakarta`, linda)).json()
  expect(body).toMatchObject({ items: [{ id: lost }], next: null, summary: { count: 1, lostCount: 1 } })
  expect(await auditOf(linda)).toEqual([{ verb: 'calls-listed', detail: { filter: 'look=lost' } }])
})

it('goes on where a page ended', async () => {
  for (let index = 0; index < 52; index++) await makeCallRow(db.database, linda.id, { startedAt: new Date(Date.now() - index * 60_000) })
  const first = (await (await get(CALLS_PATH, linda)).json()) as { items: { id: string }[]; next: string }
  const rest = (await (await get(`${CALLS_PATH}?before=${encodeURIComponent(first.next)}`, linda)).json()) as { items: { id: string }[]; next: null; summary: null }
  expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(53)
  expect(rest).toMatchObject({ next: null, summary: null })
})

it('finds a call by a name for whoever may see it, and writes down what was asked when something was shown', async () => {
  await db.database.call.update({ where: { id: callId }, data: { customerName: 'Zulaikha Rahman' } })
  const find = async (viewer: Viewer) => ((await (await get(`${FIND_CALLS_PATH}?q=zulai`, viewer)).json()) as { calls: { id: string }[] }).calls.map(({ id }) => id)
  const stranger = await makeViewer(db.database, 'technician')
  expect([await find(linda), await find(stranger)]).toEqual([[callId], []])
  expect([await auditOf(linda), await auditOf(stranger)]).toEqual([[{ verb: 'calls-listed', detail: { name: 'zulai' } }], []])
  expect((await get(`${FIND_CALLS_PATH}?q=zulai`, null)).status).toBe(404)
  expect((await get(`${FIND_CALLS_PATH}?q=zulai`, linda, 'POST')).status).toBe(405)
})

it.each(['zone=Mars/Olympus', 'from=2026-99-99', 'technician=%27', 'q=%5C%27%26%7C!', 'before=nonsense'])('answers %s without a fault', async (search) => {
  expect((await get(`${CALLS_PATH}?${search}`, linda)).status).toBe(200)
})

it('makes a file that no spreadsheet takes for formulas, and writes down that it was downloaded', async () => {
  await db.database.call.update({ where: { id: callId }, data: { customerName: '=HYPERLINK("http://example.com")', customerPhone: '+62 812 5550 184', lengthMs: 61_500 } })
  const response = await get(`${CALLS_CSV_PATH}?q=hyperlink`, linda)
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="calls.csv"')
  const [head, row, rest] = (await response.text()).split('\r\n')
  expect(head).toMatch(/Customer,Phone,Ticket,Technician,Began \(UTC\),Length \(s\)/)
  expect(row).toMatch(/^"'=HYPERLINK\(""http:\/\/example.com""\)",'\+62 812 5550 184,,technician \w+,\S+Z,61.5,closed,0,/)
  expect(row).toContain(`${front.origin}/calls/${callId}`)
  expect(rest).toBe('')
  expect(await auditOf(linda)).toEqual([{ verb: 'calls-downloaded', detail: { filter: 'q=hyperlink' } }])
})
