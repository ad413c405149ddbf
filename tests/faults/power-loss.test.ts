/** Loss of power on the agent's side in mid-call, against the server's own ingest: writes that were not synced are gone. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CallLog } from '@/agent/spool/call-log'
import { Uplink } from '@/agent/uplink/uplink'
import { makeTestFolder } from '../server/ingest/ingest-harness'
import { FakeClock } from '../support/fake-clock'
import { GOOD_TOKEN, IngestServer } from '../support/ingest-server'
import { MemoryDriver } from '../support/memory-driver'
import { MemoryFiles } from '../support/memory-files'
import { DEVICE_ID, makeTestSigner, TECHNICIAN, TestAgent } from '../support/test-agent'

const WAIT = { timeout: 15_000, interval: 20 }
const signer = makeTestSigner()
let folder: Awaited<ReturnType<typeof makeTestFolder>>
let server: IngestServer
let clock: FakeClock
let files: MemoryFiles
let agent: TestAgent
let uplink: Uplink
let safe: CallLog[]

beforeEach(async () => {
  folder = await makeTestFolder()
  server = new IngestServer(folder.dir, { id: DEVICE_ID, publicKey: signer.publicKey, technician: TECHNICIAN })
  await server.start()
  clock = new FakeClock()
  files = new MemoryFiles()
})
afterEach(async () => {
  uplink.dispose()
  await server.stop()
  await folder[Symbol.asyncDispose]()
})

async function startAgent(): Promise<MemoryDriver> {
  const driver = new MemoryDriver(clock)
  agent = await TestAgent.start({ clock, driver, files, signer })
  safe = []
  uplink = new Uplink(
    { server: { serverUrl: server.url, token: GOOD_TOKEN }, agentVersion: 'test', clock, log: () => undefined, desk: () => ({}) },
    {
      onStateChanged: () => undefined,
      onLink: () => undefined,
      onListen: () => undefined,
      onCoachText: () => false,
      onCoachVoice: () => undefined,
      onPresence: () => undefined,
      onReconciled: ({ callId }) => void agent.recovery.handleReconciled(callId),
      onRefused: (_, kind, message) => {
        throw new Error(`${kind}: ${message}`)
      },
      onSafe: (log) => safe.push(log),
    },
  )
  for (const log of agent.recovered) uplink.add(log, false)
  uplink.start()
  return driver
}

/** Lets the agent's time and the sockets' time pass together until something is so. */
const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(async () => {
    await clock.advance(100)
    await check()
  }, WAIT)

it.each([false, true])('costs nothing that was acknowledged (the disk lied about its syncs: %s)', async (isLying) => {
  const driver = await startAgent()
  driver.begin()
  await clock.advance(12_000)
  const { log } = agent
  uplink.add(log, true)
  await eventually(async () => expect((await server.entries(log.callId)).length).toBeGreaterThan(40))
  const held = await server.entries(log.callId)
  uplink.dispose()
  driver.die()
  files.losePower()
  if (isLying) files.damage(`${log.folder}/log.jsonl`, (bytes) => bytes.slice(0, bytes.length - 2_000))
  clock.reboot()

  await startAgent()
  await eventually(() => expect(safe).toHaveLength(1))
  const entries = await server.entries(log.callId)
  expect(entries.slice(0, held.length)).toEqual(held)
  const report = await server.verify(log.callId)
  expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
  expect(report.completeness.tracks.every(({ ranges }) => ranges.at(-1)?.state === 'lost')).toBe(true)
})
