/** The real agent, killed, cut off and misled, on a real desktop with real ffmpeg, against the server's own ingest. */
import { access } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { makeCompleteness } from '@/protocol/completeness'
import { callIdSchema, type CallId } from '@/protocol/ids'
import { makeTestFolder } from '../server/ingest/ingest-harness'
import { IngestServer } from '../support/ingest-server'
import { AgentHomeFolder, RealAgent, TestSoftphone } from '../support/real-agent'
import { DEVICE_ID, TECHNICIAN } from '../support/test-agent'

/** The minute that is promised; CALLWITNESS_AWAY_SECONDS=5 is enough while working on it. */
const AWAY_MS = Number(process.env.CALLWITNESS_AWAY_SECONDS ?? 60) * 1_000
const WAIT = { timeout: 40_000, interval: 100 }

vi.setConfig({ testTimeout: 120_000 + AWAY_MS })

let desktop: VirtualDesktop
let folder: Awaited<ReturnType<typeof makeTestFolder>>
let server: IngestServer
let home: AgentHomeFolder
let agent: RealAgent | null = null
let softphone: TestSoftphone | null = null

beforeAll(async () => {
  desktop = await startVirtualDesktop({ widthPx: 640, heightPx: 480 })
})
afterAll(() => desktop.stop())
beforeEach(async () => {
  folder = await makeTestFolder()
  home = await AgentHomeFolder.make()
  server = new IngestServer(folder.dir, { id: DEVICE_ID, publicKey: home.deviceKey, technician: TECHNICIAN })
  await server.start()
  await home.pair(server.url)
})
afterEach(async () => {
  await softphone?.hangUp()
  if (agent?.isRunning) await agent.kill()
  softphone = agent = null
  await server.stop()
  await folder[Symbol.asyncDispose]()
  await home.remove()
})

/** A call that has run for this long on the disk. */
async function beginCall(ms: number): Promise<CallId> {
  softphone = TestSoftphone.start(desktop)
  await vi.waitFor(async () => expect(await home.callFolders()).toHaveLength(1), WAIT)
  const callId = callIdSchema.parse((await home.callFolders())[0])
  await vi.waitFor(async () => expect(makeCompleteness(await home.entries(callId)).lengthMs).toBeGreaterThan(ms), WAIT)
  return callId
}

const isAlive = (pid: number): Promise<boolean> => access(`/proc/${pid}`).then(() => true, () => false)
const arrived = (callId: CallId) => vi.waitFor(async () => {
  expect(await home.callFolders()).toEqual([])
  expect((await server.verify(callId)).verdicts.filter(({ state }) => state === 'failed')).toEqual([])
}, WAIT)
const rangesOf = async (callId: CallId, track: string) => (await server.verify(callId)).completeness.tracks.find((item) => item.track === track)?.ranges ?? []

describe('kill -9 of the agent in mid-call', () => {
  it('loses at most a second; the call goes on in the same log, and no child process is left', async () => {
    agent = await RealAgent.start(home, desktop.env)
    const callId = await beginCall(4_000)
    const children = await agent.childPids()
    expect(children.length).toBeGreaterThanOrEqual(3)
    const killedAtMs = Date.now()
    await agent.kill()
    await vi.waitFor(async () => expect(await Promise.all(children.map(isAlive))).not.toContain(true), WAIT)

    agent = await RealAgent.start(home, desktop.env)
    await agent.waitForOutput(`recording call ${callId}`)
    await wait(3_000)
    await softphone?.hangUp()
    await arrived(callId)
    const [open] = (await server.entries(callId))
    const startedAtMs = open?.kind === 'open' ? Date.parse(open.data.startedAt) : 0
    for (const track of ['technician', 'customer']) {
      const lost = (await rangesOf(callId, track)).filter((range) => range.state === 'lost' && range.cause === 'agent-stopped')
      expect(lost).toHaveLength(1)
      expect(killedAtMs - startedAtMs - (lost[0]?.fromMs ?? 0)).toBeLessThan(1_000)
      expect((await rangesOf(callId, track)).at(-1)?.state).toBe('recorded')
    }
  })

  it('closes the call with a gap when the softphone is gone by the time the agent is back', async () => {
    agent = await RealAgent.start(home, desktop.env)
    const callId = await beginCall(3_000)
    await agent.kill()
    await softphone?.hangUp()
    agent = await RealAgent.start(home, desktop.env)
    await arrived(callId)
    for (const track of ['technician', 'customer', 'screen']) expect((await rangesOf(callId, track)).at(-1)).toMatchObject({ state: 'lost', cause: 'agent-stopped' })
    expect((await server.entries(callId)).find(({ kind }) => kind === 'close')).toMatchObject({ data: { reason: 'recovered' } })
  })
})

describe('the server', () => {
  it('away in mid-call costs nothing', async () => {
    agent = await RealAgent.start(home, desktop.env)
    const callId = await beginCall(2_000)
    await server.stop()
    await wait(AWAY_MS)
    await server.start()
    await wait(1_000)
    await softphone?.hangUp()
    await arrived(callId)
    for (const track of ['technician', 'customer']) {
      const lostMs = (await rangesOf(callId, track)).filter(({ state }) => state === 'lost').reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
      expect(lostMs).toBeLessThan(1_000)
    }
  })

  it('unreachable at the start changes nothing for the recording; stopping keeps it for the next start', async () => {
    await server.stop()
    agent = await RealAgent.start(home, desktop.env)
    const callId = await beginCall(2_000)
    expect((await RealAgent.run(home, desktop.env, 'status')).output).toContain('(away)')
    expect(await agent.stop()).toBe(0)
    expect(agent.output).toContain('is sent at the next start')
    expect((await home.entries(callId)).map(({ kind }) => kind).slice(-2)).toEqual(['close', 'seal'])
    await softphone?.hangUp()
    await server.start()
    agent = await RealAgent.start(home, desktop.env)
    await arrived(callId)
  })
})

it('SIGTERM in mid-call hangs up, closes, seals and sends before the process ends', async () => {
  agent = await RealAgent.start(home, desktop.env)
  const callId = await beginCall(2_000)
  expect(await agent.stop()).toBe(0)
  expect(await home.callFolders()).toEqual([])
  expect((await server.verify(callId)).isVerified).toBe(true)
})
