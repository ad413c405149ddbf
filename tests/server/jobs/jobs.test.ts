import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { callIdSchema, makeCallId, type CallId } from '@/protocol/ids'
import type { LiveWords } from '@/protocol/live-messages'
import { CallFeed } from '@/server/ingest/call-feed'
import { peaksSchema } from '@/server/jobs/make-peaks'
import { startJobs, type Jobs } from '@/server/jobs/runner'
import { finalWordsOf } from '@/server/live/final-words'
import { startLiveTranscriber, type LiveTranscriber } from '@/server/transcribe/live-transcriber'
import { MemoryEngine } from '@/server/transcribe/memory-engine'
import { LocalSpeechService, type SpeechService } from '@/server/transcribe/speech-service'
import { LogBuilder } from '../../fixtures/log-builder'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'
import { addSounds, encodeOpus, hangUp, makeTestMedia, makeTones, storeLog, type TestMedia } from '../transcribe/spoken-call'
import { makeCallRow } from './call-rows'

const log = { error: vi.fn() }
let db: TestDatabase
let test: TestMedia
let feed: CallFeed
let speech: SpeechService
let live: LiveTranscriber
let jobs: Jobs | undefined
let callId: CallId
let packets: Uint8Array[]

beforeAll(async () => {
  db = await makeTestDatabase()
  packets = await encodeOpus(makeTones(1_500, 1_500, 2_000, 1_000))
})
afterAll(() => db.drop())

beforeEach(async () => {
  log.error.mockClear()
  onDone.mockClear()
  test = await makeTestMedia()
  feed = new CallFeed(log)
  speech = new LocalSpeechService(new MemoryEngine(['roaming', 'is', 'on']))
  callId = makeCallId()
})
afterEach(async () => {
  await jobs?.dispose()
  await live.dispose()
  await speech.dispose()
  await test.dispose()
  jobs = undefined
})

const onDone = vi.fn()
const start = async (changes: { speech?: SpeechService } = {}) => {
  const deps = { database: db.database, databaseUrl: db.url, media: test.media, feed, speech, log, ...changes }
  live = await startLiveTranscriber(deps)
  jobs = await startJobs({ ...deps, live, runsTasks: true, onDone })
  return jobs
}
/** The customer's last words are not followed by silence: only hang-up makes them final. */
const makeLog = () => addSounds(new LogBuilder(), [{ track: 'technician', atMs: 0, packets }, { track: 'customer', atMs: 3_000, packets: packets.slice(0, -46) }])
const close = async () => {
  await db.database.call.update({ where: { id: callId }, data: { state: 'closed' } })
  feed.publish('call.projected', { callId, seq: 99, state: 'closed' })
}
const findTasks = () => db.database.callTask.findMany({ where: { callId }, orderBy: { kind: 'asc' } })
const untilTasks = (state: string) =>
  vi.waitFor(async () => {
    const tasks = await findTasks()
    expect(tasks.map((task) => [task.kind, task.state])).toEqual(['transcript', 'playback', 'peaks', 'stills'].map((kind) => [kind, state]))
    return tasks
  }, { timeout: 25_000, interval: 100 })
const findUtterances = () => db.database.utterance.findMany({ where: { callId }, orderBy: [{ startMs: 'asc' }] })

describe('a call that is followed live', () => {
  it('has its utterances while it runs, and everything derived soon after its close', async () => {
    await start()
    const told: LiveWords[] = []
    feed.on('call.utterance', (event) => void told.push(finalWordsOf(event.utterance)))
    await makeCallRow(db.database, callId, 'recording')
    const running = makeLog()
    await storeLog(test.media, running, callId)
    feed.publish('call.projected', { callId, seq: running.lines.length - 1, state: 'recording' })
    await vi.waitFor(async () => expect((await findUtterances()).length).toBe(3), { timeout: 10_000 })
    const stored = await findUtterances()
    await vi.waitFor(() => expect(told).toHaveLength(3))
    expect(told.toSorted((a, b) => a.startMs - b.startMs)).toEqual(stored.map(({ track, startMs, endMs, text }) => ({ track, startMs, endMs, text, isFinal: true })))

    await storeLog(test.media, hangUp(running, 9_000), callId)
    await close()
    await untilTasks('done')
    const utterances = await findUtterances()
    expect(utterances.map(({ track }) => track)).toEqual(['technician', 'technician', 'customer', 'customer'])
    expect(utterances[0]!.text).toMatch(/^roaming is on/)
    expect((await test.media.list(callId)).map(({ file }) => file)).toEqual(expect.arrayContaining(['derived/peaks.json', 'derived/playback.mp4']))
    expect((await db.database.call.findUniqueOrThrow({ where: { id: callId } })).leak).toEqual([])
    await vi.waitFor(() => expect(onDone.mock.calls.filter(([, kind]) => kind === 'playback')).toEqual([[callId, 'playback']]))
    expect(log.error).not.toHaveBeenCalled()
  })

  it('gets the same rows when its transcript is run again from the log', async () => {
    const running = await start()
    await makeCallRow(db.database, callId, 'recording')
    await storeLog(test.media, hangUp(makeLog(), 9_000), callId)
    feed.publish('call.appended', { callId, entries: [], payloads: new Map() })
    await close()
    await untilTasks('done')
    const before = await findUtterances()
    await running.retryTask(callId, 'transcript')
    await vi.waitFor(async () => expect((await findTasks())[0]).toMatchObject({ state: 'done', attempts: 1 }), { timeout: 20_000 })
    expect(before.length).toBe(4)
    expect(await findUtterances()).toEqual(before)
  })
})

describe('a call that was closed while the server was away', () => {
  it('is derived at the next start', async () => {
    await makeCallRow(db.database, callId, 'closed')
    await storeLog(test.media, hangUp(makeLog(), 9_000), callId)
    await start()
    await untilTasks('done')
    expect((await findUtterances()).length).toBe(4)
    const peaks = peaksSchema.parse(JSON.parse(new TextDecoder().decode(await test.media.read(callId, 'derived/peaks.json'))))
    expect(Math.abs(peaks.tracks['technician']!.length - 9 * peaks.rateHz)).toBeLessThanOrEqual(1)
    expect(Math.max(...peaks.tracks['technician']!.slice(0, peaks.rateHz))).toBeGreaterThan(0.2)
    expect(Math.max(...peaks.tracks['customer']!.slice(0, 2.5 * peaks.rateHz))).toBeLessThan(0.02)
  })
})

describe('a task that cannot be done', () => {
  it('is tried three times, then says why, and can be run again', async () => {
    await makeCallRow(db.database, callId, 'closed')
    await storeLog(test.media, hangUp(makeLog(), 9_000), callId)
    let isBroken = true
    const hear: SpeechService['hear'] = (...args) => (isBroken ? Promise.reject(new Error('the microphone of fate is muted')) : speech.hear(...args))
    const running = await start({ speech: { hear, transcribe: (...args) => speech.transcribe(...args), dispose: () => Promise.resolve() } })
    const findTranscript = async () => (await findTasks()).find(({ kind }) => kind === 'transcript')
    await vi.waitFor(async () => expect(await findTranscript()).toMatchObject({ state: 'waiting', attempts: 1, error: 'the microphone of fate is muted' }), { timeout: 10_000 })
    await vi.waitFor(async () => expect(await findTranscript()).toMatchObject({ state: 'failed', attempts: 3 }), { timeout: 25_000, interval: 200 })
    expect(await findUtterances()).toEqual([])

    isBroken = false
    await running.retryTask(callId, 'transcript')
    await vi.waitFor(async () => expect(await findTranscript()).toMatchObject({ state: 'done', error: null }), { timeout: 10_000 })
    expect((await findUtterances()).length).toBe(4)
  }, 60_000)

  it('does not exist for a call that is still running', async () => {
    const running = await start()
    await expect(running.retryTask(callIdSchema.parse(callId), 'peaks')).rejects.toThrow(/tasks begin when a call is closed/)
  })
})
