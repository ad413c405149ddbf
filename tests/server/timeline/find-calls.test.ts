/** Finding a call by a name: customer, number, ticket, technician; within what one may see. On real Postgres. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { findCallsByName } from '@/server/timeline/find-calls'
import { listCalls } from '@/server/timeline/load-calls'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
let admin: Viewer
let sari: Viewer
let budi: CallId
let rina: CallId
beforeAll(async () => {
  db = await makeTestDatabase()
  const { database } = db
  admin = await makeViewer(database, 'admin')
  sari = await makeViewer(database, 'technician')
  await database.user.update({ where: { id: sari.id }, data: { name: 'Sari Wulandari' } })
  const call = async (startedAt: string, customerName: string, customerPhone: string) => {
    const id = await makeCallRow(database, sari.id, { startedAt: new Date(startedAt) })
    await database.call.update({ where: { id }, data: { customerName, customerPhone } })
    return id
  }
  budi = await call('2026-11-24T07:00:00Z', 'Budi Santoso', '+62 812 5550 184')
  rina = await call('2026-11-24T08:00:00Z', 'Rina Hartono', '+62 813 1111 222')
  const tickets = [
    { seq: 1, atMs: 9_000, objectType: 'Ticket', objectId: '48213' },
    { seq: 2, atMs: 4_000, objectType: 'case', objectId: '77001' },
    { seq: 3, atMs: 9_500, objectType: 'customer', objectId: '90909', objectName: 'Flexible' },
  ]
  await database.action.createMany({ data: tickets.map((action) => ({ callId: budi, source: 'Zendesk', verb: 'opened', changes: [], ...action })) })
})
afterAll(() => db.drop())

const find = async (text: string, viewer = admin) => (await findCallsByName(db.database, viewer, text)).map(({ id }) => id)

describe('a call is found', () => {
  it.each([
    ['the beginning of its customer’s name', 'bud', () => [budi]],
    ['a ticket that was open', '48213', () => [budi]],
    ['one that was open before', '77001', () => [budi]],
    ['a telephone number, however it is written', '0812-5550'.slice(1), () => [budi]],
    ['its technician, the newest first', 'wulan', () => [rina, budi]],
    ['both at once', 'sari rina', () => [rina]],
  ] as const)('by %s', async (_, text, expected) => expect(await find(text)).toEqual(expected()))

  it('with what tells it apart', async () => {
    expect(await findCallsByName(db.database, admin, 'budi')).toEqual([
      { id: budi, startedAt: '2026-11-24T07:00:00.000Z', customer: { name: 'Budi Santoso', phone: '+62 812 5550 184' }, technician: 'Sari Wulandari', ticket: { source: 'Zendesk', id: '48213' } },
    ])
  })
})

describe('nothing is found', () => {
  it.each(['90909', 'flexible', 'nobody', '…', ''])('by %j', async (text) => expect(await find(text)).toEqual([]))
  it('of what one may not see', async () => {
    for (const role of ['technician', 'supervisor', 'reviewer'] as const) expect(await find('budi', await makeViewer(db.database, role))).toEqual([])
    expect(await find('budi', sari)).toEqual([budi])
  })
})

it('the list has the ticket that was open last, and none where there was none', async () => {
  const { items } = await listCalls({ database: db.database }, admin, { limit: 10 })
  expect(items.map(({ ticket }) => ticket)).toEqual([null, { source: 'Zendesk', id: '48213' }])
})
