/** What people do with calls, written down in the audit trail and in custody. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeCallId } from '@/protocol/ids'
import { CallActs } from '@/server/access/call-acts'
import type { Viewer } from '@/server/access/sessions'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const HOUR_MS = 3_600_000
let db: TestDatabase
let rani: Viewer
beforeAll(async () => {
  db = await makeTestDatabase()
  rani = await makeViewer(db.database, 'technician')
})
afterAll(() => db.drop())

const makeActs = (appendCustody = vi.fn(() => Promise.resolve(true))) => ({ acts: new CallActs({ database: db.database, appendCustody }), appendCustody })

test('a page that stays open is another look each hour, and its opening was the first', async () => {
  const { acts, appendCustody } = makeActs()
  const act = { verb: 'looked', viewer: rani, callId: makeCallId(), address: null } as const
  const looks = () => db.database.auditEntry.count({ where: { callId: act.callId, verb: 'looked', actorId: rani.id } })
  await acts.record(act)
  await Promise.all([1, 2, 3].map(() => acts.recordOngoing(act)))
  expect(await looks()).toBe(1)
  await acts.recordOngoing(act, Date.now() + HOUR_MS + 1_000)
  expect(await looks()).toBe(2)
  expect(appendCustody).toHaveBeenCalledTimes(2)
})

test('what was looked at without opening the page is a look', async () => {
  const act = { verb: 'looked', viewer: rani, callId: makeCallId(), address: '10.0.0.7' } as const
  await makeActs().acts.recordOngoing(act)
  expect(await db.database.auditEntry.findMany({ where: { callId: act.callId }, select: { verb: true, address: true } })).toEqual([{ verb: 'looked', address: '10.0.0.7' }])
})

test('what could not be written is written the next time, in both places', async () => {
  const { acts, appendCustody } = makeActs(vi.fn(() => Promise.resolve(true)).mockRejectedValueOnce(new Error('disk full')))
  const act = { verb: 'listened', viewer: rani, callId: makeCallId(), address: null } as const
  await expect(acts.recordOngoing(act)).rejects.toThrow('disk full')
  await acts.recordOngoing(act)
  expect(appendCustody).toHaveBeenCalledTimes(2)
  expect(await db.database.auditEntry.count({ where: { callId: act.callId } })).toBe(1)
})

test('a clip is played beside its call: each of the two is one listen an hour, and names the clip or nothing', async () => {
  const [callId, clip] = [makeCallId(), { clip: 'Greets', clipId: '11111111-1111-4111-8111-111111111111' }]
  const act = { verb: 'listened', viewer: rani, callId, address: null } as const
  const { acts } = makeActs()
  for (const detail of [undefined, clip, { ...clip, clipId: '22222222-2222-4222-8222-222222222222' }, clip, undefined]) await acts.recordOngoing({ ...act, ...(detail && { detail }) })
  // A server that was started anew reads what is written.
  await makeActs().acts.recordOngoing({ ...act, detail: clip })
  await makeActs().acts.recordOngoing(act)
  const entries = await db.database.auditEntry.findMany({ where: { callId }, orderBy: { id: 'asc' }, select: { detail: true } })
  expect(entries.map(({ detail }) => (detail as { clipId?: string } | null)?.clipId?.[0] ?? null)).toEqual([null, '1', '2'])
})
