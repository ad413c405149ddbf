import { beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../support/fake-clock'
import { MemoryDriver, SOFTPHONE } from '../../support/memory-driver'
import { MemoryFiles } from '../../support/memory-files'
import { makeTestSigner, readEntries, SPOOL, TestAgent, verifyCall } from '../../support/test-agent'

let clock: FakeClock
let driver: MemoryDriver
let files: MemoryFiles
let agent: TestAgent
const signer = makeTestSigner()

beforeEach(async () => {
  clock = new FakeClock()
  driver = new MemoryDriver(clock)
  files = new MemoryFiles()
  agent = await TestAgent.start({ clock, driver, files, signer })
})

/** The process is gone: nothing of it runs any more, and what it had written stays. */
async function killAgent(): Promise<void> {
  driver.die()
  await clock.advance(0)
  clock.killTimers()
}

async function restartAgent(): Promise<void> {
  driver = new MemoryDriver(clock)
  agent = await TestAgent.start({ clock, driver, files, signer })
}

describe('an agent that was killed in mid-call', () => {
  beforeEach(async () => {
    driver.begin()
    await clock.advance(10_700)
    await killAgent()
  })

  it('loses less than a second, and closes the call with a gap when the softphone is gone', async () => {
    await clock.advance(20_000)
    await restartAgent()
    await clock.advance(4_000)
    const report = await verifyCall(files, agent.log)
    expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
    for (const { track, ranges } of report.completeness.tracks) {
      expect(ranges.at(-1)).toMatchObject({ state: 'lost', cause: 'agent-stopped' })
      if (track !== 'screen') expect(ranges.at(-1)?.fromMs).toBeGreaterThan(10_300)
    }
    expect((await readEntries(agent.log)).map(({ kind }) => kind).slice(-3)).toEqual(['hangup', 'close', 'seal'])
  })

  it('goes on in the same call and the same Ogg stream when the softphone still runs', async () => {
    await clock.advance(5_000)
    await restartAgent()
    driver.begin()
    await clock.advance(10_000)
    driver.end()
    await clock.advance(1_000)
    await agent.recorder.done()
    const report = await verifyCall(files, agent.log)
    expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
    for (const track of ['technician', 'customer']) {
      const ranges = report.completeness.tracks.find((item) => item.track === track)?.ranges
      expect(ranges?.map(({ state }) => state)).toEqual(['recorded', 'lost', 'recorded'])
      expect((ranges?.[1]?.toMs ?? 0) - (ranges?.[1]?.fromMs ?? 0)).toBeGreaterThan(4_900)
      expect((ranges?.[1]?.toMs ?? 0) - (ranges?.[1]?.fromMs ?? 0)).toBeLessThan(6_000)
    }
    expect(new Set(oggSerials(await files.read(`${agent.log.folder}/technician.ogg`))).size).toBe(1)
  })

  it('takes an action that the dead agent had taken already once', async () => {
    await restartAgent()
    driver.begin()
    await clock.advance(2_000)
    const action = { id: crypto.randomUUID(), source: 'crm', verb: 'saved' as const, object: { type: 'ticket' }, changes: [] }
    await agent.recorder.action(action, clock.wallMs())
    await killAgent()
    await restartAgent()
    driver.begin()
    await clock.advance(2_000)
    await agent.recorder.action(action, clock.wallMs() - 2_000)
    await agent.recorder.action({ ...action, id: crypto.randomUUID() }, clock.wallMs())
    expect((await readEntries(agent.log)).filter(({ kind }) => kind === 'action')).toHaveLength(2)
  })

  it('does not go on in it with another softphone', async () => {
    await clock.advance(5_000)
    await restartAgent()
    driver.begin({ ...SOFTPHONE, playbackStream: 99 })
    await clock.advance(5_000)
    const recovered = agent.recovered[0]
    if (!recovered) throw new Error('nothing was recovered')
    expect((await readEntries(recovered)).at(-1)?.kind).toBe('seal')
    expect(agent.opened).toHaveLength(1)
    expect(agent.opened[0]?.callId).not.toBe(recovered.callId)
  })

  it('can be killed again while it recovers, any number of times', async () => {
    for (let times = 0; times < 3; times++) {
      await restartAgent()
      await killAgent()
    }
    await restartAgent()
    await clock.advance(4_000)
    expect((await verifyCall(files, agent.log)).isVerified).toBe(true)
  })

  it('adds nothing after a loss of power until the server has said what it holds', async () => {
    files.losePower()
    clock.reboot()
    await restartAgent()
    await clock.advance(10_000)
    const before = agent.log.head.seq
    expect((await readEntries(agent.log)).some(({ kind }) => kind === 'close')).toBe(false)
    await agent.recovery.handleReconciled(agent.log.callId)
    expect(agent.log.head.seq).toBeGreaterThan(before)
    expect((await verifyCall(files, agent.log)).isVerified).toBe(true)
  })
})

it('an agent that is killed while its disk is slow has kept the packets of every chunk that was not written yet', async () => {
  driver.begin()
  await clock.advance(5_000)
  let finishFirstBatch = (): void => undefined
  const firstBatch = new Promise<void>((resolve) => (finishFirstBatch = resolve))
  let isHanging = false
  files.onSync = async (path) => {
    await (isHanging ? new Promise(() => undefined) : firstBatch)
    isHanging = path.endsWith('log.jsonl')
  }
  await clock.advance(3_000)
  finishFirstBatch()
  await clock.advance(300)
  expect(isHanging).toBe(true)
  await killAgent()
  files.onSync = () => Promise.resolve()
  await restartAgent()
  await clock.advance(4_000)
  const report = await verifyCall(files, agent.log)
  expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
  for (const { track, recordedMs } of report.completeness.tracks) if (track !== 'screen') expect(recordedMs).toBeGreaterThan(7_800)
})

it('a pause outlasts the death of the agent: nothing is recorded until the technician resumes', async () => {
  driver.begin()
  await clock.advance(5_000)
  const paused = agent.recorder.pause('card')
  await clock.advance(1_000)
  await paused
  await killAgent()
  await clock.advance(3_000)
  await restartAgent()
  driver.begin()
  await clock.advance(5_000)
  expect(agent.recorder.current.phase).toBe('paused')
  expect(driver.isCapturing('screen')).toBe(false)
  const resumed = agent.recorder.resume()
  await clock.advance(5_000)
  await resumed
  driver.end()
  await clock.advance(1_000)
  await agent.recorder.done()
  const report = await verifyCall(files, agent.log)
  expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
  for (const { pausedMs } of report.completeness.tracks) expect(pausedMs).toBeGreaterThan(8_900)
})

it('a call that died in wrap-up is closed without a gap', async () => {
  driver.begin()
  await clock.advance(5_000)
  driver.end()
  await clock.advance(3_000)
  await killAgent()
  await clock.advance(60_000)
  await restartAgent()
  const report = await verifyCall(files, agent.log)
  expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
  expect(report.completeness.tracks.flatMap(({ ranges }) => ranges).filter((range) => range.state === 'lost' && range.cause === 'agent-stopped')).toEqual([])
})

it('a damaged recording is set aside, whole, and the others go on', async () => {
  for (const stream of [1, 2]) {
    driver.begin({ ...SOFTPHONE, playbackStream: stream })
    await clock.advance(35_000)
    driver.end({ ...SOFTPHONE, playbackStream: stream })
    await clock.advance(1_000)
    await agent.recorder.done()
  }
  const [damaged, good] = agent.opened
  if (!damaged || !good) throw new Error('expected two calls')
  await killAgent()
  const path = `${damaged.folder}/technician.ogg`
  const sizeBefore = (await files.read(path)).length
  files.damage(path, (bytes) => bytes.with(3_000, (bytes[3_000] ?? 0) ^ 1))
  await restartAgent()
  expect(agent.setAside).toMatchObject([{ callId: damaged.callId, error: { reason: 'corrupt' } }])
  expect(agent.setAside[0]?.error.message).toContain('technician')
  expect(agent.recovered.map(({ callId }) => callId)).toEqual([good.callId])
  expect(await files.read(`${agent.setAside[0]?.folder}/technician.ogg`)).toHaveLength(sizeBefore)
  expect(agent.setAside[0]?.folder.startsWith(`${SPOOL}/set-aside/`)).toBe(true)
})

function oggSerials(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const serials: number[] = []
  for (let offset = 0; offset + 18 < bytes.length; offset++) if (view.getUint32(offset) === 0x4f676753) serials.push(view.getUint32(offset + 14, true))
  return serials
}
