/** The audit trail as it is read: by whom, filtered by what, page by page. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '@/protocol/ids'
import { recordAudit } from '@/server/access/audit'
import { auditFilterSchema, auditScopeOf, listAudit, type AuditFilter } from '@/server/access/audit-trail'
import type { Viewer } from '@/server/access/sessions'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
let admin: Viewer
let rani: Viewer
let dewi: Viewer
let call: CallId
beforeAll(async () => {
  db = await makeTestDatabase()
  ;[admin, rani, dewi] = await Promise.all([makeViewer(db.database, 'admin'), makeViewer(db.database, 'technician'), makeViewer(db.database, 'technician')])
  call = await makeCallRow(db.database, rani.id)
  const otherCall = await makeCallRow(db.database, dewi.id)
  for (const [callId, verb] of [[call, 'looked'], [otherCall, 'looked'], [call, 'downloaded'], [call, 'task-retried']] as const)
    await recordAudit(db.database, { verb, actorId: admin.id, address: '10.0.0.1', callId })
})
afterAll(() => db.drop())

const list = (filter: AuditFilter = {}, more: Partial<Parameters<typeof listAudit>[1]> = {}) =>
  listAudit(db.database, { viewer: admin, scope: 'everything', filter, zone: 'Asia/Jakarta', limit: 100, ...more })
const verbs = async (...query: Parameters<typeof list>) => (await list(...query)).items.map(({ verb }) => verb)

test.each(['technician', 'supervisor', 'reviewer'] as const)('a %s reads nothing of it', async (role) => {
  expect(await auditScopeOf(db.database, await makeViewer(db.database, role))).toBeNull()
})

test('an admin reads everything, newest first, with names', async () => {
  expect(await auditScopeOf(db.database, admin)).toBe('everything')
  const { items } = await list({ person: admin.id })
  expect(items.slice(0, 4).map(({ verb }) => verb)).toEqual(['task-retried', 'downloaded', 'looked', 'looked'])
  expect(items[0]).toMatchObject({ actor: { id: admin.id, name: admin.name }, call: { id: call }, address: '10.0.0.1' })
})

test('a technician whose team has the rule reads who looked at his calls, and no more', async () => {
  await db.database.team.create({ data: { name: 'Open', technicianSeesLooks: true, members: { create: [{ userId: rani.id }] } } })
  expect(await auditScopeOf(db.database, rani)).toBe('looks at own calls')
  const own = { viewer: rani, scope: 'looks at own calls' } as const
  expect(await verbs({}, own)).toEqual(['downloaded', 'looked'])
  expect(await verbs({ verb: 'user-created' }, own)).toEqual([])
  expect(await auditScopeOf(db.database, dewi)).toBeNull()
})

test('a guest is named as who did it, and his technician reads that he was there and who invited him', async () => {
  const visited = await makeCallRow(db.database, rani.id)
  const detail = { name: 'Rudi Hartanto', as: 'trainee', invitedBy: admin.name }
  await recordAudit(db.database, { verb: 'live-invited', actorId: admin.id, callId: visited, detail })
  for (const verb of ['live-invitation-confirmed', 'live-joined'] as const) await recordAudit(db.database, { verb, actorId: null, callId: visited, detail })
  await recordAudit(db.database, { verb: 'live-invitation-ended', actorId: admin.id, callId: visited, detail })
  const read = async (more = {}) => (await list({ call: visited }, more)).items.map(({ verb, actor, guest }) => [verb, actor?.name ?? null, guest])
  const all = [
    ['live-invitation-ended', admin.name, null],
    ['live-joined', null, 'Rudi Hartanto'],
    ['live-invitation-confirmed', null, 'Rudi Hartanto'],
    ['live-invited', admin.name, null],
  ]
  expect(await read()).toEqual(all)
  expect(await read({ viewer: rani, scope: 'looks at own calls' })).toEqual(all.filter(([verb]) => verb !== 'live-invitation-confirmed'))
})

test('it is filtered by person, verb, call and days in the reader’s zone', async () => {
  expect(await verbs({ call })).toEqual(['task-retried', 'downloaded', 'looked'])
  expect(await verbs({ call, verb: 'looked' })).toEqual(['looked'])
  expect(await verbs({ person: rani.id })).toEqual(['user-created'])
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date())
  expect(await verbs({ call, from: today, to: today })).toHaveLength(3)
  expect(await verbs({ call, to: '2020-01-01' })).toEqual([])
  expect(await verbs({ call, from: '2999-01-01' })).toEqual([])
})

test('pages follow one another without a gap and without a repetition', async () => {
  const all = (await list()).items.map(({ id }) => id)
  const paged: string[] = []
  for (let before: bigint | null | undefined; before !== null; ) {
    const page = await list({}, { limit: 2, before })
    paged.push(...page.items.map(({ id }) => id))
    before = page.next
  }
  expect(paged).toEqual(all)
})

test('what an address has that makes no sense is left out', () => {
  expect(auditFilterSchema.parse({ person: 'me', verb: 'looked', call: "' or true", from: 'yesterday' })).toEqual({ verb: 'looked' })
})
