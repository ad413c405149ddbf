/** From entries to rows to what the pages get, on real Postgres and real files. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { userIdSchema } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { Projector } from '@/server/ingest/projection'
import { findCall } from '@/server/timeline/load-call'
import { listCalls } from '@/server/timeline/load-calls'
import { makeTestFolder, openTestIngest, quietLog } from '../ingest/ingest-harness'
import { makeTestDevice, SampleCall, type TestDevice } from '../ingest/sample-call'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
beforeAll(async () => void (db = await makeTestDatabase()))
afterAll(() => db.drop())

let folder: Awaited<ReturnType<typeof makeTestFolder>>
let server: Awaited<ReturnType<typeof openTestIngest>>
let projector: Projector
let device: TestDevice
let viewer: Viewer

const COACH = { id: 's-1', name: 'Wibowo' }
const startProjector = () => Projector.start({ database: db.database, media: server.store, feed: server.feed, log: quietLog })

beforeEach(async () => {
  folder = await makeTestFolder()
  server = await openTestIngest(folder.dir)
  projector = await startProjector()
  device = await makeStoredDevice()
  viewer = { id: userIdSchema.parse(device.technician.id), name: 'Sari', email: 'sari@example.com', role: 'technician' }
})
afterEach(async () => {
  await projector.dispose()
  await server[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

async function makeStoredDevice(lastSeenAt = new Date()): Promise<TestDevice> {
  const made = makeTestDevice()
  await db.database.user.create({ data: { id: made.technician.id, email: `${randomUUID()}@example.com`, name: 'Sari', role: 'technician', passwordHash: '' } })
  await db.database.device.create({ data: { id: made.id, userId: made.technician.id, name: 'desk 7', publicKey: made.publicKey, tokenHash: randomUUID(), agentVersion: '0.1.0', platform: 'linux', lastSeenAt } })
  return made
}

async function ingest(call: SampleCall, from = 0): Promise<void> {
  const { refusal, receipts } = await server.ingest.append(call.device, call.batch(from))
  expect(refusal).toBeNull()
  for (const receipt of receipts) await server.ingest.append(call.device, call.receipt(receipt).batch(call.lastSeq))
  await projector.flush()
}
const rowOf = (call: SampleCall) => db.database.call.findUniqueOrThrow({ where: { id: call.callId }, include: { actions: { orderBy: { seq: 'asc' } } } })
const viewOf = async (call: SampleCall) => (await findCall({ database: db.database, media: server.store }, call.callId))!

describe('projection', () => {
  it('follows a call from its opening to its close', async () => {
    const call = new SampleCall(device).seconds(2)
    await ingest(call)
    expect(await rowOf(call)).toMatchObject({ state: 'recording', lengthMs: 2_000, technicianId: device.technician.id, deviceId: device.id, timeZone: 'Asia/Jakarta', projectedSeq: 4, completeness: null })
    await ingest(call.action().hangUp(), 5)
    expect(await rowOf(call)).toMatchObject({ state: 'wrapup', customerName: 'Budi Santoso', hasChange: true, lostMs: 0, pausedMs: 0, completeness: { lengthMs: 2_000 }, actions: [{ seq: 5, verb: 'changed', objectName: 'Budi Santoso' }] })
    call.atMs += 9_000
    await ingest(call.close(), 7)
    expect(await rowOf(call)).toMatchObject({ state: 'closed', lengthMs: 2_000, closedAt: new Date('2026-03-01T08:00:11.000Z') })
  })

  it('gives the same rows from the whole log as it gave step by step', async () => {
    const call = new SampleCall(device)
    for (let index = 0, sent = 0; index < 5; index++, sent = call.entries.length) await ingest(call.second().action(), sent)
    await ingest(call.hangUp().close().seal(), 11)
    const before = await rowOf(call)
    await db.database.action.deleteMany({ where: { callId: call.callId } })
    await projector.rebuild()
    expect(await rowOf(call)).toEqual(before)
  })

  it('catches up at start with what came while it was away', async () => {
    const known = new SampleCall(device).second()
    await ingest(known)
    await projector.dispose()
    const unknown = new SampleCall(device).second()
    await server.ingest.append(device, unknown.batch())
    await server.ingest.append(device, known.action().batch(3))
    projector = await startProjector()
    await projector.flush()
    expect((await rowOf(unknown)).projectedSeq).toBe(2)
    expect((await rowOf(known)).actions.length).toBe(1)
  })

  it('stores text that Postgres refuses, and the page still gets it as it was', async () => {
    const call = new SampleCall(device).action({ object: { type: 'customer', name: 'A\u0000B\ud800' }, changes: [{ field: 'f', from: '\u0000', to: '\udfff' }] })
    await ingest(call)
    expect((await rowOf(call)).actions).toMatchObject([{ objectName: 'AB\ufffd', changes: [{ from: '', to: '\ufffd' }] }])
    expect((await viewOf(call)).actions[0]!.object.name).toBe('A\u0000B\ud800')
  })

  it('is not held up by a call whose rows cannot be written', async () => {
    const stranger = makeTestDevice()
    const bad = new SampleCall(stranger).second()
    await server.ingest.append(stranger, bad.batch())
    const good = new SampleCall(device).second()
    await ingest(good)
    expect((await rowOf(good)).projectedSeq).toBe(2)
    expect(await db.database.call.findUnique({ where: { id: bad.callId } })).toBeNull()
  })

  it('writes down that a log was refused, and keeps it', async () => {
    const call = new SampleCall(device).second()
    await ingest(call)
    await server.ingest.append(device, new SampleCall(device, call.callId).action().batch())
    await projector.flush()
    await ingest(call.second(), 3)
    await projector.rebuild()
    expect((await rowOf(call)).fault).toContain('forks at entry 1')
    expect((await viewOf(call)).fault).toContain('forks at entry 1')
  })

  it('tells the feed when rows that point at a call can be written', async () => {
    const told: unknown[] = []
    server.feed.on('call.projected', (event) => told.push(event))
    const call = new SampleCall(device).second().close()
    await ingest(call)
    expect(told.at(-1)).toEqual({ callId: call.callId, seq: call.lastSeq, state: 'closed' })
  })
})

describe('the view of a call', () => {
  it('holds everything on the timeline', async () => {
    const call = new SampleCall(device).seconds(3).action()
    call.add({ kind: 'consent', atMs: 500, data: { state: 'given', by: 'customer' } })
    call.add({ kind: 'hold', atMs: 1_000, data: { state: 'began' } }).add({ kind: 'hold', atMs: 2_000, data: { state: 'ended' } })
    call.add({ kind: 'gap', atMs: 3_000, track: 'customer', durationMs: 500, data: { cause: 'device-unplugged' } })
    call.add({ kind: 'pause', atMs: 3_500, data: { by: device.technician, reason: 'card' } }).add({ kind: 'resume', atMs: 4_000, data: { by: device.technician } })
    call.add({ kind: 'note', atMs: 100, data: { by: device.technician, text: 'calls back' } })
    call.add({ kind: 'presence', atMs: 300, data: { person: COACH, as: 'coach', state: 'joined' } }).add({ kind: 'note', atMs: 310, data: { by: COACH, text: 'offer the pass', to: 'technician' } })
    call.atMs = 1_000
    call.audio('coach', new Uint8Array(50), 0).audio('coach', new Uint8Array(90), 1_200)
    call.add({ kind: 'future' as never, atMs: 200, data: { colour: 'blue' } } as never)
    call.atMs = 4_000
    await ingest(call.hangUp().seal())
    await db.database.utterance.create({ data: { callId: call.callId, track: 'customer', startMs: 100, endMs: 400, text: 'Hello.', words: [{ text: 'Hello.', startMs: 100, endMs: 400, confidence: 0.9 }] } })
    await db.database.callTask.create({ data: { callId: call.callId, kind: 'peaks', state: 'failed', error: 'no room', attempts: 3 } })

    const view = await viewOf(call)
    expect(view).toMatchObject({
      state: 'wrapup', lengthMs: 4_000, hangUpAtMs: 4_000, technician: { name: 'Sari' }, device: { name: 'desk 7' }, agentAwaySince: null, customer: { name: 'Budi Santoso' },
      actions: [{ atMs: 3_000, verb: 'changed', changes: [{ field: 'roaming', from: 'off', to: 'on' }] }],
      consents: [{ state: 'given' }], holds: [{ fromMs: 1_000, toMs: 2_000 }], pauses: [{ fromMs: 3_500, toMs: 4_000, reason: 'card' }],
      gaps: [{ track: 'customer', fromMs: 3_000, toMs: 3_500, cause: 'device-unplugged' }], notes: [{ text: 'calls back' }, { text: 'offer the pass', by: COACH, to: 'technician' }],
      presences: [{ atMs: 300, person: COACH, as: 'coach', state: 'joined' }], coach: { recordedMs: 1_200, lostMs: 0, ranges: [{ fromMs: 1_000, toMs: 2_200 }] },
      unknown: [{ kind: 'future' }],
      utterances: [{ text: 'Hello.', words: [{ text: 'Hello.' }] }], tasks: [{ kind: 'peaks', state: 'failed', error: 'no room' }], playbackUrl: null, peaksUrl: null,
    })
    expect(view.tracks.map(({ track, mediaUrl, bytes }) => [track, mediaUrl, bytes])).toEqual([['technician', `/media/${call.callId}/technician.ogg`, 900], ['customer', `/media/${call.callId}/customer.ogg`, 900], ['coach', `/media/${call.callId}/coach.ogg`, 140]])
    expect(view.completeness.map(({ track }) => track)).toEqual(['technician', 'customer'])
    for (const { recordedMs, pausedMs, lostMs } of view.completeness) expect(recordedMs + pausedMs + lostMs).toBe(view.lengthMs)
    expect(view.proof).toMatchObject({ lastSeq: call.lastSeq, lastHash: call.lastHash, sealCount: 1, lastSealedSeq: call.lastSeq - 2, unsignedCount: 0, receipts: [{ receiptedSeq: call.lastSeq - 1 }] })
    expect(JSON.parse(JSON.stringify(view))).toEqual(view)
  })

  it('says what no seal covers yet', async () => {
    const call = new SampleCall(device).second().seal().seconds(2)
    await ingest(call)
    expect((await viewOf(call)).proof).toMatchObject({ lastSealedSeq: 2, unsignedCount: 4 })
  })

  it('grows with the call that still runs', async () => {
    const call = new SampleCall(device).second()
    await ingest(call)
    expect((await viewOf(call)).lengthMs).toBe(1_000)
    await ingest(call.second().action(), 3)
    expect(await viewOf(call)).toMatchObject({ lengthMs: 2_000, actions: [{ seq: 5 }] })
  })

  it('says since when the agent is away, until the call is closed', async () => {
    device = await makeStoredDevice(new Date('2026-03-01T08:00:00Z'))
    const call = new SampleCall(device).second()
    await ingest(call)
    expect(await viewOf(call)).toMatchObject({ state: 'recording', agentAwaySince: '2026-03-01T08:00:00.000Z' })
    await ingest(call.close(), 3)
    expect(await viewOf(call)).toMatchObject({ state: 'closed', agentAwaySince: null })
  })

  it('gives the playback file only when its task is done', async () => {
    const call = new SampleCall(device).second().close()
    await ingest(call)
    await server.store.replace(call.callId, 'derived/playback.webm', new Uint8Array(3))
    await db.database.callTask.create({ data: { callId: call.callId, kind: 'playback', state: 'running' } })
    expect((await viewOf(call)).playbackUrl).toBeNull()
    await db.database.callTask.update({ where: { callId_kind: { callId: call.callId, kind: 'playback' } }, data: { state: 'done' } })
    expect((await viewOf(call)).playbackUrl).toBe(`/media/${call.callId}/playback.webm`)
  })

  it('leaves out words from before a position, for a page that has them', async () => {
    const call = new SampleCall(device).seconds(3)
    await ingest(call)
    await db.database.utterance.createMany({ data: [0, 1_000, 2_000].map((startMs) => ({ callId: call.callId, track: 'customer', startMs, endMs: startMs + 500, text: 'Yes.', words: [] })) })
    const starts = async (fromMs = 0) => (await findCall({ database: db.database, media: server.store }, call.callId, { fromMs }))!.utterances.map(({ startMs }) => startMs)
    expect([await starts(), await starts(1_000)]).toEqual([[0, 1_000, 2_000], [1_000, 2_000]])
  })

  it('leaves out all words and keeps what was said, for a page that fetches them later', async () => {
    const call = new SampleCall(device).seconds(1)
    await ingest(call)
    await db.database.utterance.create({ data: { callId: call.callId, track: 'customer', startMs: 0, endMs: 500, text: 'Yes.', words: [{ text: 'Yes.', startMs: 0, endMs: 500, confidence: 0.9 }] } })
    const { utterances } = (await findCall({ database: db.database, media: server.store }, call.callId, 'text'))!
    expect(utterances).toMatchObject([{ id: 'customer-0', text: 'Yes.', words: [] }])
  })

  it('is null for a call that does not exist', async () => {
    expect(await findCall({ database: db.database, media: server.store }, new SampleCall(device).callId)).toBeNull()
  })

  /** Processor time: a machine that is busy with other things must not fail it. */
  it('loads an hour with 10 000 entries in 150 ms of work once it is warm', async () => {
    const call = new SampleCall(device)
    for (let second = 0; second < 3_600; second++) {
      call.second()
      if (second % 2 === 0) call.action({ changes: [{ field: `f${second}`, from: null, to: 'x'.repeat(100) }] })
      if (second % 30 === 0) call.seal()
    }
    for (let from = 0; from < call.entries.length; from += 1_000) {
      await server.ingest.append(device, { callId: call.callId, entries: call.entries.slice(from, from + 1_000) })
    }
    await projector.flush()
    const words = Array.from({ length: 12 }, (_, index) => ({ text: 'word', startMs: index * 200, endMs: index * 200 + 150, confidence: 0.9 }))
    await db.database.utterance.createMany({ data: Array.from({ length: 900 }, (_, index) => ({ callId: call.callId, track: 'customer', startMs: index * 4_000, endMs: index * 4_000 + 2_400, text: 'word '.repeat(12), words })) })
    expect(call.entries.length).toBeGreaterThan(9_100)
    expect((await viewOf(call)).actions.length).toBe(1_800)
    const durationsMs: number[] = []
    for (let index = 0; index < 5; index++) {
      const before = process.cpuUsage()
      await viewOf(call)
      const { user, system } = process.cpuUsage(before)
      durationsMs.push((user + system) / 1_000)
    }
    console.log(`an hour of ${call.entries.length} entries costs ${durationsMs.map(Math.round).join(', ')} ms to load`)
    expect(Math.min(...durationsMs)).toBeLessThan(150)
  })
})

describe('the list of calls', () => {
  const list = (limit: number, before?: string | null) => listCalls({ database: db.database }, viewer, { limit, before })

  it('shows who, how long, what changed and what is missing', async () => {
    const call = new SampleCall(device).seconds(2).action().action({ changes: [{ field: 'roaming', from: 'on', to: 'on, 7 days' }, { field: 'plan', from: 'A', to: 'B' }] })
    call.add({ kind: 'gap', atMs: 2_000, track: 'customer', durationMs: 1_000, data: { cause: 'capture-stalled' } }).audio('technician')
    call.atMs = 3_000
    await ingest(call.hangUp().close())
    expect((await list(10)).items).toMatchObject([{
      id: call.callId, state: 'closed', lengthMs: 3_000, customer: { name: 'Budi Santoso' }, actionCount: 2, changeCount: 2,
      changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on, 7 days' }, { field: 'plan', from: 'A', to: 'B' }],
      tracks: [{ track: 'technician', lostMs: 0 }, { track: 'customer', recordedMs: 2_000, lostMs: 1_000 }],
      notRecorded: [{ fromMs: 2_000, toMs: 3_000, state: 'lost' }], transcript: null,
    }])
  })

  it('turns pages without losing or repeating a call, although two began at once', async () => {
    for (const startedAt of ['2026-03-01T08:00:00.000Z', '2026-03-02T08:00:00.000Z', '2026-03-02T08:00:00.000Z', '2026-03-03T08:00:00.000Z']) {
      await ingest(new SampleCall(device, undefined, { startedAt }))
    }
    const first = await list(2)
    const second = await list(2, first.next)
    expect([...first.items, ...second.items].map(({ startedAt }) => startedAt.slice(8, 10))).toEqual(['03', '02', '02', '01'])
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4)
    expect(second.next).toBeNull()
    expect((await list(10, 'nonsense')).items.length).toBe(4)
  })

  it('shows a technician his own calls, an admin all', async () => {
    await ingest(new SampleCall(device))
    const other = await makeStoredDevice()
    await server.ingest.append(other, new SampleCall(other).batch())
    await projector.flush()
    expect((await list(10)).items.length).toBe(1)
    viewer = { ...viewer, role: 'admin' }
    expect((await list(200)).items.length).toBeGreaterThan(1)
  })
})
