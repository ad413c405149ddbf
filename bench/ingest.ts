/**
 * How many calls one core takes in: two voices and a screen, each chunk sent as it comes, over real sockets, checked, hashed,
 * journalled and synced by a server process of its own. In real time, because what arrives together shares a sync.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import { AGENT_NAMESPACE, AGENT_PROTOCOL_VERSION, type AppendReply, type WireEntry } from '@/protocol/agent-messages'
import { makeTestDevice, SampleCall } from '../tests/server/ingest/sample-call'
import type { Bench } from './bench'

const BUDGET_CALLS = 250
const CALLS = 80
const SECONDS = 15
/** 24 kbit/s of Opus and its page header; 18 MB of screen an hour, as the storage budget allows. */
const AUDIO_CHUNK_BYTES = 3_100
const SCREEN_CHUNK_BYTES = 5_000
const ACTION_EVERY_S = 4
const SEAL_EVERY_S = 30

type CpuUsage = { user: number; system: number }

export const ingestBench: Bench = {
  name: 'ingest',
  async measure(say) {
    const folder = await mkdtemp(join(tmpdir(), 'callwitness-bench-ingest-'))
    const server = fork(join(import.meta.dirname, 'ingest-server.ts'), [folder], { execArgv: ['--import', 'tsx'] })
    try {
      const [{ port }] = (await once(server, 'message')) as [{ port: number }]
      say(`${CALLS} calls for ${SECONDS} s`)
      const calls = Array.from({ length: CALLS }, (_, index) => makeCall(index))
      const agents = await Promise.all(calls.map((call) => connect(port, call)))
      const before = await cpuOf(server)
      const startedMs = performance.now()
      const latenciesMs = (await Promise.all(calls.map((call, index) => replay(agents[index]!, call, index)))).flat()
      const wallS = (performance.now() - startedMs) / 1_000
      const perCore = callsPerCore(before, await cpuOf(server), wallS)
      for (const agent of agents) agent.disconnect()
      say('hashing and writing the same bytes alone')
      const bare = await measureBare(folder, calls[0]!)
      return [{
        what: 'ingest, two voices and a screen, hashed and synced',
        measured: `${perCore.toFixed(0)} calls/core, acknowledged in ${percentile(latenciesMs, 0.5).toFixed(0)} ms (p50), ${percentile(latenciesMs, 0.95).toFixed(0)} ms (p95)`,
        budget: `≥ ${BUDGET_CALLS} calls/core`,
        comparedTo: `hashing, writing and syncing each chunk by itself, without sockets or checks: ${bare.toFixed(0)} calls/core`,
        isWithinBudget: perCore >= BUDGET_CALLS,
      }]
    } finally {
      server.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    }
  },
}

function makeCall(index: number): SampleCall {
  const call = new SampleCall(makeTestDevice({ id: crypto.randomUUID(), name: `Technician ${index}` }), undefined, {
    tracks: [
      { track: 'technician', codec: 'opus', file: 'technician.ogg', sampleRateHz: 48_000, channels: 1 },
      { track: 'customer', codec: 'opus', file: 'customer.ogg', sampleRateHz: 48_000, channels: 1 },
      { track: 'screen', codec: 'vp9', file: 'screen.mp4', widthPx: 1_920, heightPx: 1_080 },
    ],
  })
  for (let second = 0; second < SECONDS; second++) {
    call.audio('technician', new Uint8Array(randomBytes(AUDIO_CHUNK_BYTES))).audio('customer', new Uint8Array(randomBytes(AUDIO_CHUNK_BYTES)))
    call.screen(new Uint8Array(randomBytes(SCREEN_CHUNK_BYTES)))
    if (second % ACTION_EVERY_S === 0) call.action()
    if ((second + index) % SEAL_EVERY_S === 0) call.seal()
    call.atMs += 1_000
  }
  return call
}

async function connect(port: number, { device }: SampleCall): Promise<Socket> {
  const token = JSON.stringify({ ...device, privateKey: undefined })
  const socket = io(`http://127.0.0.1:${port}${AGENT_NAMESPACE}`, { parser, transports: ['websocket'], forceNew: true, auth: { token, protocolVersion: AGENT_PROTOCOL_VERSION } })
  await socket.emitWithAck('hello', { agentVersion: 'bench', callIds: [] })
  return socket
}

/** Sends a call at the speed at which it was spoken; returns how long each entry took to be acknowledged. */
async function replay(agent: Socket, call: SampleCall, index: number): Promise<number[]> {
  const startedMs = performance.now() + (index / CALLS) * 1_000
  const sent: Promise<number>[] = []
  for (const [seq, entry] of call.entries.entries()) {
    const dueMs = startedMs + (seq / call.entries.length) * SECONDS * 1_000
    await sleep(Math.max(0, dueMs - performance.now()))
    sent.push(send(agent, call, entry))
  }
  return Promise.all(sent)
}

async function send(agent: Socket, { callId }: SampleCall, { line, payload }: WireEntry): Promise<number> {
  const sentMs = performance.now()
  const entries = [{ line: Buffer.from(line), ...(payload && { payload: Buffer.from(payload) }) }]
  const reply = (await agent.emitWithAck('append', { callId, entries })) as AppendReply
  if (!reply.ok) throw new Error(`the server refused an entry: ${reply.message}`)
  return performance.now() - sentMs
}

async function measureBare(folder: string, call: SampleCall): Promise<number> {
  const file = await open(join(folder, 'bare'), 'w')
  const before = process.cpuUsage()
  for (const { line, payload } of call.entries) {
    createHash('sha256').update(line).digest()
    await file.write(line)
    if (!payload) continue
    createHash('sha256').update(payload).digest()
    await file.write(payload)
    await file.datasync()
  }
  const after = process.cpuUsage()
  await file.close()
  return SECONDS / cpuSeconds(before, after)
}

async function cpuOf(server: ChildProcess): Promise<CpuUsage> {
  server.send('cpu')
  const [{ cpu }] = (await once(server, 'message')) as [{ cpu: CpuUsage }]
  return cpu
}

const cpuSeconds = (before: CpuUsage, after: CpuUsage): number => (after.user - before.user + after.system - before.system) / 1e6
const callsPerCore = (before: CpuUsage, after: CpuUsage, wallS: number): number => (CALLS * wallS) / cpuSeconds(before, after)
const percentile = (values: number[], share: number): number => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? NaN
