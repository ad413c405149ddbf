import { beforeEach, describe, expect, it } from 'vitest'
import type { CallRecorder } from '@/agent/call/call-recorder'
import type { EntryKind, EntryOf, LogEntry } from '@/protocol/entries'
import { FakeClock } from '../../support/fake-clock'
import { MemoryDriver, SOFTPHONE } from '../../support/memory-driver'
import { MemoryFiles } from '../../support/memory-files'
import { makeTestSigner, readEntries, TestAgent, verifyCall } from '../../support/test-agent'

let clock: FakeClock
let driver: MemoryDriver
let files: MemoryFiles
let agent: TestAgent
let recorder: CallRecorder
const signer = makeTestSigner()

beforeEach(async () => {
  clock = new FakeClock()
  driver = new MemoryDriver(clock)
  files = new MemoryFiles()
  agent = await TestAgent.start({ clock, driver, files, signer })
  recorder = agent.recorder
})

const of = <K extends EntryKind>(entries: readonly LogEntry[], kind: K) => entries.filter((entry): entry is EntryOf<K> => entry.kind === kind)
const entriesOf = async <K extends EntryKind>(kind: K) => of(await readEntries(agent.log), kind)

async function recordFor(ms: number): Promise<void> {
  driver.begin()
  await clock.advance(ms)
}

async function finish(): Promise<void> {
  driver.end()
  await clock.advance(1_000)
  await recorder.done()
}

/** Lets the clock run until a command has ended. */
async function during(command: Promise<unknown>, ms = 1_000): Promise<void> {
  const settled = command.catch(() => undefined)
  await clock.advance(ms)
  await settled
}

async function completeness() {
  const { tracks } = (await verifyCall(files, agent.log)).completeness
  return Object.fromEntries(tracks.map(({ track, recordedMs, pausedMs, lostMs }) => [track, { recordedMs, pausedMs, lostMs }]))
}

describe('a call', () => {
  it('starts with the softphone, ends with it, and is verified by somebody who has only the folder', async () => {
    await recordFor(65_000)
    await finish()
    const report = await verifyCall(files, agent.log)
    expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
    expect(of(await readEntries(agent.log), 'seal').length).toBe(3)
    expect(report.completeness.tracks.every(({ lostMs }) => lostMs <= 40)).toBe(true)
    expect(recorder.current.phase).toBe('idle')
  })

  it('records each party from its own source', async () => {
    await recordFor(1_000)
    expect(driver.openedAudio).toEqual([
      { track: 'technician', source: { kind: 'microphone', device: SOFTPHONE.microphoneDevice } },
      { track: 'customer', source: { kind: 'program', streamIndex: SOFTPHONE.playbackStream } },
    ])
  })

  it('has one mixed track when it is started by hand without a softphone', async () => {
    await during(agent.follower.startByHand())
    expect(driver.openedAudio).toEqual([{ track: 'mixed', source: { kind: 'microphone', device: null } }])
    expect((await entriesOf('open'))[0]?.data).toMatchObject({ startedBy: 'hand', tracks: [{ track: 'mixed' }, { track: 'screen' }] })
  })

  it('is recorded with sound alone when there is no display, and says so', async () => {
    driver.screenProblem = 'no DISPLAY'
    await recordFor(2_000)
    await finish()
    expect((await verifyCall(files, agent.log)).isVerified).toBe(true)
    expect(agent.faults.list()).toMatchObject([{ id: 'no-screen', message: 'Sound alone is recorded: no DISPLAY' }])
  })

  it('declares what a track misses before its own first data', async () => {
    driver.delaysMs.screen = 300
    await recordFor(3_000)
    const [gap] = (await entriesOf('gap')).filter(({ track }) => track === 'screen')
    expect(gap).toMatchObject({ atMs: 0, data: { cause: 'starting' } })
    expect(gap?.durationMs).toBeLessThanOrEqual(500)
  })

  it('keeps nothing between calls', async () => {
    await recordFor(2_000)
    await finish()
    const before = files.paths().length
    await recorder.action({ source: 'crm', verb: 'opened', object: { type: 'ticket' }, changes: [] }, clock.wallMs())
    await clock.advance(10_000)
    expect(driver.isCapturing('technician')).toBe(false)
    expect(files.paths()).toHaveLength(before)
  })

  it('is called off without a trace when nothing was delivered before the hang-up', async () => {
    driver.delaysMs.technician = driver.delaysMs.customer = driver.delaysMs.screen = 60_000
    await recordFor(5_000)
    expect(agent.faults.list().map(({ id }) => id)).toContain('not-starting')
    driver.end()
    await clock.advance(1_000)
    expect(recorder.current.phase).toBe('idle')
    expect(files.paths()).toEqual([])
  })
})

it('a hang-up while the disk is asked for room calls the call off', async () => {
  driver.delaysMs.technician = driver.delaysMs.customer = driver.delaysMs.screen = 60_000
  let answer = (): void => undefined
  files.freeBytes = () => new Promise((resolve) => (answer = () => resolve(10_000_000_000)))
  driver.begin()
  await clock.advance(100)
  driver.end()
  answer()
  await clock.advance(5_000)
  expect(recorder.current.phase).toBe('idle')
  expect(files.paths()).toEqual([])
})

describe('wrap-up', () => {
  it('takes actions and notes after the hang-up until it is done', async () => {
    await recordFor(2_000)
    driver.end()
    await clock.advance(5_000)
    await recorder.action({ source: 'crm', verb: 'saved', object: { type: 'ticket', id: '7' }, changes: [] }, clock.wallMs() - 500)
    await recorder.note('call back tomorrow')
    await recorder.done()
    const entries = await readEntries(agent.log)
    const hangUp = of(entries, 'hangup')[0]
    expect(of(entries, 'action')[0]?.atMs).toBeGreaterThan(hangUp?.atMs ?? Infinity)
    expect(entries.map(({ kind }) => kind).slice(-4)).toEqual(['action', 'note', 'close', 'seal'])
  })

  it('ends by itself at its limit', async () => {
    await recordFor(2_000)
    driver.end()
    await clock.advance(119_000)
    expect(recorder.current.phase).toBe('wrap-up')
    await clock.advance(3_000)
    expect(await entriesOf('close')).toMatchObject([{ data: { reason: 'wrap-up-limit' } }])
  })

  it('gives way to the next call', async () => {
    await recordFor(2_000)
    driver.end()
    await clock.advance(1_000)
    driver.begin({ ...SOFTPHONE, playbackStream: 9 })
    await clock.advance(1_000)
    expect(agent.opened).toHaveLength(2)
    expect(recorder.current.phase).toBe('recording')
  })
})

it('a second softphone that begins while the first is recorded gets its own call when that one ends', async () => {
  const other = { ...SOFTPHONE, application: 'Other', playbackStream: 20 }
  await recordFor(3_000)
  driver.begin(other)
  await clock.advance(2_000)
  driver.end()
  await clock.advance(2_000)
  expect(agent.opened).toHaveLength(2)
  expect(driver.openedAudio.at(-1)?.source).toEqual({ kind: 'program', streamIndex: 20 })
})

describe('actions', () => {
  it('that were observed before the call are dropped, those that come late stand where they happened', async () => {
    const beforeMs = clock.wallMs() - 1_000
    await recordFor(10_000)
    const action = { source: 'crm', verb: 'changed' as const, object: { type: 'ticket' }, changes: [] }
    await recorder.action(action, beforeMs)
    await recorder.action(action, clock.wallMs() - 8_000)
    const actions = await entriesOf('action')
    expect(actions).toHaveLength(1)
    expect(actions[0]?.atMs).toBeGreaterThan(1_900)
    expect(actions[0]?.atMs).toBeLessThan(2_100)
  })
})

describe('a pause', () => {
  it('keeps voice, screen and actions off the disk and is neither recorded nor lost', async () => {
    await recordFor(5_000)
    await during(recorder.pause('card'))
    const pendingThen = await files.read(`${agent.log.folder}/pending/technician`)
    await clock.advance(10_000)
    await recorder.action({ source: 'crm', verb: 'changed', object: { type: 'card' }, changes: [] }, clock.wallMs())
    expect(await files.read(`${agent.log.folder}/pending/technician`)).toEqual(pendingThen)
    expect(driver.isCapturing('screen')).toBe(false)
    await during(recorder.resume())
    await clock.advance(5_000)
    await finish()
    expect(await entriesOf('action')).toEqual([])
    const report = await verifyCall(files, agent.log)
    expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
    for (const track of Object.values(await completeness())) {
      expect(track.pausedMs).toBeGreaterThan(10_900)
      expect(track.lostMs).toBeLessThan(200)
    }
  })

  it('takes what was done before it and told in it, and nothing that was done in it, however late that is told', async () => {
    const action = (name: string) => ({ source: 'crm', verb: 'changed' as const, object: { type: 'ticket', name }, changes: [] })
    await recordFor(5_000)
    const beforeMs = clock.wallMs() - 200
    await during(recorder.pause('card'))
    await recorder.action(action('before'), beforeMs)
    const inPauseMs = clock.wallMs()
    await clock.advance(1_000)
    await during(recorder.resume())
    await recorder.action(action('in'), inPauseMs)
    await recorder.action(action('after'), clock.wallMs())
    await during(recorder.pause('private'))
    const inSecondMs = clock.wallMs()
    await clock.advance(500)
    driver.end()
    await clock.advance(1_000)
    await recorder.action(action('in the second'), inSecondMs)
    await recorder.action(action('in wrap-up'), clock.wallMs())
    expect((await entriesOf('action')).map(({ data }) => data.object.name)).toEqual(['before', 'after', 'in wrap-up'])
  })

  it('spools no packet that ends after it began', async () => {
    await recordFor(5_000)
    const atMs = recorder.current.phase === 'recording' ? recorder.current.call.nowMs : 0
    await during(recorder.pause('private'), 3_000)
    const chunks = await entriesOf('audio')
    expect(Math.max(...chunks.map(({ atMs: from, durationMs }) => from + durationMs))).toBeLessThanOrEqual(atMs)
  })

  it('that cannot be confirmed ends the recording', async () => {
    await recordFor(5_000)
    driver.isScreenStuck = true
    const paused = recorder.pause('card')
    await during(paused, 10_000)
    await expect(paused).rejects.toThrow('could not be stopped')
    expect(recorder.current.phase).toBe('idle')
    expect(await entriesOf('close')).toMatchObject([{ data: { reason: 'recording-failed' } }])
    expect(agent.faults.list().map(({ id }) => id)).toContain('recording-failed')
  })
})

describe('what is lost', () => {
  it('is seen within five seconds and stands in the log with its cause, filled with silence in the file', async () => {
    await recordFor(5_000)
    driver.break('customer', 'device-unplugged')
    expect(agent.faults.list().map(({ id }) => id)).toEqual(['track-customer'])
    await clock.advance(4_800)
    expect((await entriesOf('gap')).filter(({ track, data }) => track === 'customer' && data.cause === 'device-unplugged')).not.toEqual([])
    await clock.advance(5_000)
    driver.mend('customer')
    await clock.advance(5_000)
    expect(agent.faults.list()).toEqual([])
    await finish()
    const report = await verifyCall(files, agent.log)
    expect(report.isVerified).toBe(true)
    const lost = report.completeness.tracks.find(({ track }) => track === 'customer')?.ranges.filter(({ state }) => state === 'lost')
    expect(lost).toHaveLength(1)
    expect((lost?.[0]?.toMs ?? 0) - (lost?.[0]?.fromMs ?? 0)).toBeGreaterThan(9_700)
  })

  it('is noticed even when nobody tells', async () => {
    await recordFor(5_000)
    driver.fallSilent('technician')
    await clock.advance(3_000)
    expect(agent.faults.list().map(({ id }) => id)).toEqual(['track-technician'])
    await clock.advance(2_000)
    expect((await entriesOf('gap')).filter(({ data }) => data.cause === 'capture-stalled')).not.toEqual([])
  })

  it('while the computer slept is a gap on every track', async () => {
    await recordFor(5_000)
    clock.sleep(60_000)
    await clock.advance(5_000)
    await finish()
    const report = await verifyCall(files, agent.log)
    expect(report.isVerified).toBe(true)
    expect((await entriesOf('clock')).map(({ data }) => data.reason)).toContain('sleep')
    for (const { ranges } of report.completeness.tracks) expect(ranges).toContainEqual(expect.objectContaining({ state: 'lost', cause: 'computer-slept' }))
  })
})

describe('the disk', () => {
  it('that is nearly full before the call refuses it clearly and leaves nothing half-written', async () => {
    files.free = 500
    await recordFor(2_000)
    expect(recorder.current.phase).toBe('idle')
    expect(files.paths()).toEqual([])
    expect(agent.faults.list()[0]?.message).toContain('The disk has 0 MB left')
  })

  it('that runs full in the call ends the media with a gap that grows until the hang-up', async () => {
    await recordFor(8_000)
    files.free = 500
    await clock.advance(12_000)
    expect(driver.isCapturing('technician')).toBe(false)
    await finish()
    const report = await verifyCall(files, agent.log)
    expect(report.isVerified).toBe(true)
    for (const { ranges } of report.completeness.tracks) expect(ranges.at(-1)).toMatchObject({ state: 'lost', cause: 'disk-full' })
  })

  it('that refuses a write leaves whole entries only', async () => {
    await recordFor(5_000)
    files.roomBytes = 40
    await clock.advance(6_000)
    expect(recorder.current.phase).toBe('idle')
    expect(agent.faults.list().map(({ id }) => id)).toContain('recording-failed')
    files.roomBytes = Infinity
    const again = await TestAgent.start({ clock, driver: new MemoryDriver(clock), files, signer })
    await clock.advance(4_000)
    expect(again.setAside).toEqual([])
    expect((await verifyCall(files, again.log)).verdicts.filter(({ state }) => state === 'failed')).toEqual([])
  })
})
