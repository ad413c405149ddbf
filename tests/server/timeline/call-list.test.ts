/** The list of calls: what a filter leaves, in which order, what a search finds and where. On real Postgres. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CallFilter } from '@/protocol/call-filter'
import type { CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import type { Prisma } from '@/server/database/generated/client'
import { listCalls } from '@/server/timeline/load-calls'
import { summariseCalls } from '@/server/timeline/summarise-calls'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const NOW = new Date('2026-11-24T07:00:00Z')
const ZONE = 'Asia/Jakarta'
let db: TestDatabase
let viewer: Viewer
beforeAll(async () => void (db = await makeTestDatabase()))
afterAll(() => db.drop())
beforeEach(async () => void (viewer = await makeViewer(db.database, 'technician')))

type Values = Prisma.CallUncheckedUpdateInput & { startedAt?: Date }
async function makeCall(values: Values = {}, said: string[] = [], done: Partial<Prisma.ActionUncheckedCreateInput>[] = []): Promise<CallId> {
  const id = await makeCallRow(db.database, viewer.id, { startedAt: values.startedAt ?? NOW })
  await db.database.call.update({ where: { id }, data: values })
  await db.database.utterance.createMany({ data: said.map((text, index) => ({ callId: id, track: 'customer', startMs: index * 1_000, endMs: index * 1_000 + 900, text, words: [] })) })
  await db.database.action.createMany({ data: done.map((action, index) => ({ callId: id, seq: index, atMs: 5_000, source: 'crm', verb: 'changed', objectType: 'line', changes: [], ...action })) })
  return id
}

const list = async (filter: CallFilter, limit = 50, before: string | null = null) => listCalls({ database: db.database }, viewer, { limit, before, filter, zone: ZONE }, NOW)
const idsOf = async (filter: CallFilter) => (await list(filter)).items.map(({ id }) => id)
const summary = (filter: CallFilter) => summariseCalls({ database: db.database }, { viewer, filter, zone: ZONE, now: NOW })

describe('a filter', () => {
  it('takes days where the viewer is', async () => {
    const today = await makeCall({ startedAt: new Date('2026-11-23T17:00:00Z') })
    const yesterday = await makeCall({ startedAt: new Date('2026-11-23T16:59:59Z') })
    expect(await idsOf({ when: 'today' })).toEqual([today])
    expect(await idsOf({ when: 'yesterday' })).toEqual([yesterday])
    expect(await idsOf({ when: 'week' })).toEqual([today, yesterday])
    expect(await idsOf({ from: '2026-11-23', to: '2026-11-23' })).toEqual([yesterday])
  })

  it('tells calls with a change, in a state, that lost or paused something', async () => {
    const [changed, running, lost, paused] = [await makeCall({ hasChange: true }), await makeCall({ state: 'recording' }), await makeCall({ lostMs: 900 }), await makeCall({ pausedMs: 5_000 })]
    expect(await idsOf({ changed: 'yes' })).toEqual([changed])
    expect(await idsOf({ changed: 'no' })).toHaveLength(3)
    expect(await idsOf({ state: 'recording' })).toEqual([running])
    expect(await idsOf({ look: 'lost' })).toEqual([lost])
    expect(await idsOf({ look: 'paused' })).toEqual([paused])
  })

  it('finds what needs a look: a refused log, a loss, no transcript, an agent that is away', async () => {
    const [refused, lost, untranscribed, away] = [await makeCall({ fault: 'fork', lostMs: 5 }), await makeCall({ lostMs: 900 }), await makeCall(), await makeCall({ state: 'recording' })]
    await makeCall()
    await db.database.callTask.create({ data: { callId: untranscribed, kind: 'transcript', state: 'failed' } })
    await db.database.device.updateMany({ where: { calls: { some: { id: away } } }, data: { lastSeenAt: new Date(NOW.getTime() - 600_000) } })
    expect((await idsOf({ look: 'any' })).sort()).toEqual([refused, lost, untranscribed, away].sort())
    expect(await summary({})).toMatchObject({ count: 5, lostCount: 1, lookCount: 3 })
    expect((await idsOf({ sort: 'look' })).slice(0, 4)).toEqual([refused, lost, untranscribed, away])
  })

  it('adds up over all its pages, not over the one that is shown', async () => {
    for (let index = 0; index < 5; index++) await makeCall({ lengthMs: 1_000 })
    expect((await list({}, 2)).items).toHaveLength(2)
    expect(await summary({})).toEqual({ count: 5, lengthMs: 5_000, lostCount: 0, lookCount: 0 })
  })

  it('never shows what the viewer may not see', async () => {
    const id = await makeCall({ hasChange: true }, ['roaming'])
    const stranger = await makeViewer(db.database, 'supervisor')
    for (const filter of [{}, { q: 'roaming' }, { technician: viewer.id }, { changed: 'yes' }] satisfies CallFilter[]) {
      expect((await list(filter)).items.map((item) => item.id)).toEqual([id])
      expect((await listCalls({ database: db.database }, stranger, { limit: 10, filter })).items).toEqual([])
      expect((await summariseCalls({ database: db.database }, { viewer: stranger, filter, zone: ZONE, now: NOW })).count).toBe(0)
    }
  })
})

describe('each order', () => {
  it.each(['began', 'length', 'look'] as const)('by %s goes through all calls once, both ways', async (sort) => {
    for (let index = 0; index < 7; index++) await makeCall({ startedAt: new Date(NOW.getTime() - Math.floor(index / 2) * 1_000), lengthMs: (index % 3) * 1_000, lostMs: (index % 2) * 500 })
    const walk = async (filter: CallFilter) => {
      const seen: CallId[] = []
      for (let before: string | null = null, isFirst = true; isFirst || before; isFirst = false) {
        const page = await list(filter, 2, before)
        seen.push(...page.items.map(({ id }) => id))
        before = page.next
      }
      return seen
    }
    const forward = await walk({ sort })
    expect(new Set(forward).size).toBe(7)
    expect(await walk({ sort, turned: 'yes' })).toEqual(forward.reverse())
  })

  it('takes a cursor of its own only', async () => {
    await makeCall()
    expect((await list({}, 10, '5 not-a-place')).items).toHaveLength(1)
  })
})

describe('a search', () => {
  it('finds words that were said, done, or part of the name, wherever in the call', async () => {
    const id = await makeCall({ customerName: 'Rina Hartono' }, ['I would like to switch roaming on.'], [{ objectName: 'Line 7', changes: [{ field: 'plan', label: 'Tariff', from: 'Flex 20', to: 'Flex 40' }] }])
    await makeCall({ customerName: 'Budi' }, ['The router is broken.'])
    for (const q of ['roaming', 'ROAM', 'hartono', 'tariff', 'flex 40', 'hartono roaming tariff', '"switch roaming on"']) expect(await idsOf({ q }), q).toEqual([id])
    for (const q of ['roaming router', '"roaming switch"', '!', "'", 'a\\', '" "']) expect(await idsOf({ q }), q).toEqual([])
  })

  it('finds a telephone number however it is written', async () => {
    const id = await makeCall({ customerPhone: '+62 812 5550 184' })
    for (const q of ['+62 812-5550-184', '628125550184', '5550 184']) expect(await idsOf({ q }), q).toEqual([id])
  })

  it('shows where, and marks the words', async () => {
    await makeCall({}, ['Good morning.', 'Please switch roaming on.'], [{ objectName: 'Line 7', changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }] }])
    const [call] = (await list({ q: 'roam' })).items
    expect(call?.hits).toEqual([
      { atMs: 1_000, track: 'customer', verb: null, parts: [{ text: 'Please switch ', isMatch: false }, { text: 'roaming', isMatch: true }, { text: ' on', isMatch: false }] },
      { atMs: 5_000, track: null, verb: 'changed', parts: [{ text: 'Line 7 ', isMatch: false }, { text: 'Roaming', isMatch: true }, { text: ' off → on', isMatch: false }] },
    ])
  })
})
