/** The sample call: it is a call like any other until it is removed, and then nothing of it is left. */
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallId } from '@/protocol/ids'
import { CallClock } from '@/protocol/clock'
import { listDevices } from '@/server/access/devices'
import type { Viewer } from '@/server/access/sessions'
import { Projector } from '@/server/ingest/projection'
import { type Jobs, startJobs } from '@/server/jobs/runner'
import { Samples } from '@/server/samples/samples'
import { findCall } from '@/server/timeline/load-call'
import { ClipFiles } from '@/server/training/clip-files'
import { type LiveTranscriber, startLiveTranscriber } from '@/server/transcribe/live-transcriber'
import { MemoryEngine } from '@/server/transcribe/memory-engine'
import { LocalSpeechService } from '@/server/transcribe/speech-service'
import { checkLog } from '@/verify/check-log'
import { openDiskFolder } from '@/verify/disk-folder'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'
import { copyAsAfterCrash, makeTestFolder, openTestIngest } from '../ingest/ingest-harness'

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
let db: TestDatabase
let folder: Awaited<ReturnType<typeof makeTestFolder>>
let server: Awaited<ReturnType<typeof openTestIngest>>
let parts: { projector: Projector; live: LiveTranscriber; jobs: Jobs; speech: LocalSpeechService }
let samples: Samples
let rani: Viewer
let admin: Viewer

beforeEach(async () => {
  log.error.mockClear()
  db = await makeTestDatabase()
  admin = await makeViewer(db.database, 'admin')
  rani = await makeViewer(db.database, 'technician')
  folder = await makeTestFolder()
  server = await openTestIngest(folder.dir)
  const { database, url: databaseUrl } = db
  const { store: media, feed, ingest } = server
  const speech = new LocalSpeechService(new MemoryEngine(['roaming', 'is', 'on']))
  const live = await startLiveTranscriber({ feed, media, database, speech, log })
  const jobs = await startJobs({ databaseUrl, database, media, feed, speech, live, runsTasks: true, log })
  parts = { projector: await Projector.start({ database, media, feed, log }), live, jobs, speech }
  samples = new Samples({ database, media, feed, ingest, dropTasks: (callId) => jobs.dropTasks(callId), recordedFolder: resolve(import.meta.dirname, '../../../server/samples/recorded') })
})
afterEach(async () => {
  await parts.projector.dispose()
  await parts.jobs.dispose()
  await parts.live.dispose()
  await parts.speech.dispose()
  await server[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
  await db.drop()
})

const folderOf = (callId: CallId): string => join(folder.dir, 'media', callId)
const untilDerived = (callId: CallId) =>
  vi.waitFor(async () => expect(await db.database.callTask.findMany({ where: { callId }, select: { state: true } })).toEqual(Array(4).fill({ state: 'done' })), { timeout: 40_000, interval: 100 })

/** Rows and jobs that name the call or its device, by table; the audit trail is asked for apart. */
async function countLeft(callId: CallId, deviceId: string): Promise<Record<string, number>> {
  const { database } = db
  const [jobs] = await database.$queryRaw<[{ count: number }]>`select count(*)::int as count from graphile_worker._private_jobs where payload->>'callId' = ${callId}`
  return {
    calls: await database.call.count({ where: { id: callId } }),
    actions: await database.action.count({ where: { callId } }),
    utterances: await database.utterance.count({ where: { callId } }),
    tasks: await database.callTask.count({ where: { callId } }),
    samples: await database.sampleCall.count({ where: { callId } }),
    devices: await database.device.count({ where: { id: deviceId } }),
    jobs: jobs.count,
  }
}
const NOTHING = { calls: 0, actions: 0, utterances: 0, tasks: 0, samples: 0, devices: 0, jobs: 0 }
const deviceOf = async (callId: CallId): Promise<string> => (await db.database.sampleCall.findUniqueOrThrow({ where: { callId } })).deviceId

describe('a sample that is loaded', () => {
  it('is a call of its loader’s own that has just ended, with a log that verifies and everything that is made of one', async () => {
    const callId = await samples.load(rani, '10.0.0.9')
    const call = (await findCall({ database: db.database, media: server.store }, callId))!
    expect(call).toMatchObject({ technician: { id: rani.id }, state: 'closed', fault: null, customer: { name: 'Rina Hartono' }, closeReason: { reason: 'done' } })
    expect(call.actions.map(({ changes }) => changes.map(({ field }) => field)).at(-1)).toEqual(['roaming', 'plan', 'comment'])
    expect(call.actions.every(({ object }) => object.url === undefined)).toBe(true)
    const end = new CallClock(call.clock).at(call.lengthMs)
    expect(Math.abs(Date.now() - end.wallMs)).toBeLessThan(15_000)
    await untilDerived(callId)
    expect((await server.store.list(callId)).map(({ file }) => file)).toEqual(expect.arrayContaining(['derived/playback.mp4', 'derived/stills.json', 'derived/peaks.json']))
    expect(await db.database.utterance.count({ where: { callId } })).toBeGreaterThan(5)

    const report = await checkLog(openDiskFolder(folderOf(callId)))
    expect(report.verdicts.filter(({ state }) => state !== 'ok')).toEqual([])
    expect(log.error).not.toHaveBeenCalled()
  }, 90_000)

  it('is there once for each person, whose devices do not show it, and is written down', async () => {
    const [first, second] = await Promise.all([samples.load(rani, null), samples.load(rani, null)])
    expect([second, await samples.load(rani, null)]).toEqual([first, first])
    expect(await samples.load(admin, null)).not.toBe(first)
    expect(await listDevices(db.database, admin)).toEqual([])
    expect(await db.database.auditEntry.findMany({ where: { actorId: rani.id, verb: { startsWith: 'sample-' } }, select: { verb: true, callId: true } })).toEqual([{ verb: 'sample-loaded', callId: first }])
    await samples.remove(admin, await samples.load(admin, null), null)
  }, 60_000)
})

describe('a sample that is removed', () => {
  it('leaves nothing behind but what the audit trail says of it, whatever was being made of it', async () => {
    const callId = await samples.load(rani, null)
    const deviceId = await deviceOf(callId)
    await vi.waitFor(async () => expect(await db.database.callTask.count({ where: { callId, state: 'running' } })).toBeGreaterThan(0), { timeout: 10_000, interval: 20 })
    const removed = await samples.remove(rani, callId, '10.0.0.9')
    expect(removed.fileCount).toBeGreaterThanOrEqual(6)
    await vi.waitFor(async () => expect(await countLeft(callId, deviceId)).toEqual(NOTHING), { timeout: 10_000 })
    expect([await server.store.list(callId), await server.store.listCalls()]).toEqual([[], []])
    const [entry] = await db.database.auditEntry.findMany({ where: { callId, verb: 'sample-removed' } })
    expect(entry).toMatchObject({ actorId: rani.id, userId: rani.id, address: '10.0.0.9', detail: removed })
    expect(log.error).not.toHaveBeenCalled()
  }, 60_000)

  it('takes the clips of training lists with it, their comments, ticks and files, though one is being cut', async () => {
    const { database } = db
    const callId = await samples.load(rani, null)
    await untilDerived(callId)
    const clipFiles = new ClipFiles({ database, media: server.store, log })
    const list = await database.trainingList.create({ data: { name: 'Roaming', teaches: '', createdById: admin.id } })
    const add = async (startMs: number) => {
      const clip = { callId, startMs, endMs: startMs + 5_000 }
      const { id } = await database.clip.create({ data: { ...clip, listId: list.id, title: 'Greets', place: startMs, addedById: admin.id, comments: { create: { atMs: startMs, text: 'Here.', authorId: admin.id } }, ticks: { create: { userId: rani.id } } } })
      return { id, ...clip }
    }
    const [first, second] = [await add(0), await add(6_000)]
    await vi.waitFor(async () => expect((await clipFiles.find(first)).state).toBe('ready'), { timeout: 20_000, interval: 50 })
    clipFiles.makeSoon(second)
    const whole = new Samples({ database, media: server.store, feed: server.feed, ingest: server.ingest, dropTasks: async (id) => void (await Promise.all([parts.jobs.dropTasks(id), clipFiles.drop(id)])), recordedFolder: '' })
    await whole.remove(rani, callId, null)
    expect(await clipFiles.find(first)).toEqual({ state: 'waiting' })
    await clipFiles.dispose()
    expect([await database.clip.count(), await database.clipComment.count(), await database.clipTick.count(), await database.trainingList.count()]).toEqual([0, 0, 0, 1])
    expect([await server.store.list(callId), await server.store.listCalls()]).toEqual([[], []])
    expect(log.error).not.toHaveBeenCalled()
  }, 90_000)

  it('does not come back out of the journal after a crash, and can be loaded anew', async () => {
    const callId = await samples.load(rani, null)
    await samples.remove(rani, callId, null)
    await using crashed = await copyAsAfterCrash(folder.dir)
    await using restarted = await openTestIngest(crashed.dir)
    expect(await restarted.store.listCalls()).toEqual([])
    expect(await samples.load(rani, null)).not.toBe(callId)
  }, 60_000)

  it('is removed by its loader or an admin and by nobody else; no other call is removed this way', async () => {
    const callId = await samples.load(rani, null)
    const call = await makeCallRow(db.database, rani.id)
    for (const [viewer, id] of [[await makeViewer(db.database, 'technician'), callId], [await makeViewer(db.database, 'supervisor'), callId], [rani, call], [admin, call]] as const) {
      await expect(samples.remove(viewer, id, null)).rejects.toMatchObject({ reason: 'not-allowed' })
    }
    expect(await db.database.call.count({ where: { id: { in: [callId, call] } } })).toBe(2)
    await samples.remove(admin, callId, null)
    expect(await db.database.call.count({ where: { id: callId } })).toBe(0)
  }, 60_000)
})
