/**
 * A process of other agents, each with a call that nobody listens to: one batch a second of two voices and a screen, through
 * the protocol of the real uplink. Arguments: the server's origin, the technician's id, how many, a file of Opus packets (JSON, base64).
 *
 * Says its devices' keys, begins when it is told that they are known, and counts what was acknowledged.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import { OggOpusWriter } from '@/agent/capture/ogg-writer'
import { AGENT_NAMESPACE, AGENT_PROTOCOL_VERSION, type AgentEmits, type ServerEmits } from '@/protocol/agent-messages'
import { OPUS_PACKET_MS } from '@/protocol/tracks'
import { makeTestDevice, SampleCall, type TestDevice } from '../../tests/server/ingest/sample-call'

/** 18 MB of screen an hour, as the storage budget allows. */
const SCREEN_CHUNK_BYTES = 5_000
const BATCH_MS = 1_000
const PACKETS_PER_BATCH = BATCH_MS / OPUS_PACKET_MS
const ACTION_EVERY = 4
const SEAL_EVERY = 30
const VOICES = ['technician', 'customer'] as const

export type NewDevice = { id: string; publicKey: string; tokenHash: string }
/** Batches that were due and acknowledged; how long an acknowledgement took, p95 of the latest. */
export type OtherCallsCount = { due: number; acknowledged: number; ackP95Ms: number }
type Uplink = Socket<ServerEmits, AgentEmits>

const [origin = '', technicianId = '', count = '0', packetsFile = ''] = process.argv.slice(2)
const packets = (JSON.parse(readFileSync(packetsFile, 'utf8')) as string[]).map((bytes) => new Uint8Array(Buffer.from(bytes, 'base64')))
const agents = Array.from({ length: Number(count) }, () => ({ device: makeTestDevice({ id: technicianId, name: 'Technician' }), token: `cwd_${crypto.randomUUID()}` }))
const ackMs: number[] = []
let due = 0
let acknowledged = 0

process.on('disconnect', () => process.exit())
process.on('message', (question) => {
  if (question === 'begin') void begin()
  else process.send!({ due, acknowledged, ackP95Ms: ackMs.sort((a, b) => a - b)[Math.floor(0.95 * (ackMs.length - 1))] ?? NaN } satisfies OtherCallsCount)
})
process.send!(agents.map(({ device: { id, publicKey }, token }): NewDevice => ({ id, publicKey, tokenHash: createHash('sha256').update(token).digest('hex') })))

async function begin(): Promise<void> {
  const sockets: Uplink[] = []
  // One after the other: a hundred desks are not switched on in one instant.
  for (const { token } of agents) sockets.push(await connect(token))
  for (const [index, { device }] of agents.entries()) void replay(sockets[index]!, device, index).catch(fail)
  await sleep(2 * BATCH_MS)
  process.send!('running')
}

async function connect(token: string): Promise<Uplink> {
  const socket: Uplink = io(new URL(AGENT_NAMESPACE, origin).href, { parser, transports: ['websocket'], forceNew: true, auth: { token, protocolVersion: AGENT_PROTOCOL_VERSION } })
  const reply = await socket.emitWithAck('hello', { agentVersion: 'bench', callIds: [] })
  if (!reply.ok) throw new Error(reply.message)
  return socket
}

/** Agents begin their seconds at different instants, and their people talk at different times. */
async function replay(socket: Uplink, device: TestDevice, index: number): Promise<void> {
  const call = new SampleCall(device, undefined, {
    startedAt: new Date().toISOString(),
    tracks: [
      { track: 'technician', codec: 'opus', file: 'technician.ogg', sampleRateHz: 48_000, channels: 1 },
      { track: 'customer', codec: 'opus', file: 'customer.ogg', sampleRateHz: 48_000, channels: 1 },
      { track: 'screen', codec: 'vp9', file: 'screen.mp4', widthPx: 1_920, heightPx: 1_080 },
    ],
  })
  const writers = VOICES.map((track, voice) => ({ track, writer: new OggOpusWriter({ serial: voice + 1 }), from: index * 997 + voice * Math.floor(packets.length / 2) }))
  for (const { track, writer } of writers) call.audio(track, new Uint8Array(writer.header()), 0)
  let sent = 0
  const startedMs = performance.now() + ((index * 61) % BATCH_MS)
  for (let batch = 0; ; batch++) {
    await sleep(Math.max(0, startedMs + batch * BATCH_MS - performance.now()))
    for (const { track, writer, from } of writers) {
      const own = Array.from({ length: PACKETS_PER_BATCH }, (_, packet) => packets[(from + batch * PACKETS_PER_BATCH + packet) % packets.length]!)
      call.audio(track, new Uint8Array(writer.page(own)))
    }
    call.screen(new Uint8Array(randomBytes(SCREEN_CHUNK_BYTES)))
    if (batch % ACTION_EVERY === 0) call.action()
    if ((batch + index) % SEAL_EVERY === 0) call.seal()
    call.atMs += BATCH_MS
    const entries = call.entries.slice(sent).map(({ line, payload }) => ({ line: Buffer.from(line), ...(payload && { payload: Buffer.from(payload) }) }))
    sent = call.entries.length
    due += 1
    const sentMs = performance.now()
    socket.emit('status', { phase: 'recording', callId: call.callId, levelsDb: { technician: -20, customer: -30 }, behindMs: 0, faults: [] })
    void socket.emitWithAck('append', { callId: call.callId, entries }).then((reply) => {
      if (!reply.ok) return fail(new Error(reply.message))
      acknowledged += 1
      ackMs.push(performance.now() - sentMs)
    })
  }
}

function fail(error: unknown): void {
  process.stderr.write(`one of the other calls broke off: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
