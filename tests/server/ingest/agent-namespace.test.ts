/** The agents' conversation over real sockets, with well-behaved and hostile agents. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AGENT_NAMESPACE, type AppendReply, appendReplySchema, type DeskReport, type FetchReply, fetchReplySchema, type HelloReply, helloReplySchema, MAX_FRAME_BYTES, type ReceiptMessage } from '@/protocol/agent-messages'
import type { CallId, DeviceId } from '@/protocol/ids'
import { type AgentNamespace, attachAgentNamespace } from '@/server/ingest/agent-namespace'
import type { MediaStore } from '@/server/media/media-store'
import { makeTestFolder, openTestIngest, quietLog } from './ingest-harness'
import { NO_LIVE } from '../../support/no-live'
import { makeTestDevice, SampleCall, type TestDevice } from './sample-call'

let folder: Awaited<ReturnType<typeof makeTestFolder>>
let server: Awaited<ReturnType<typeof openTestIngest>>
let sockets: Server
let agents: AgentNamespace
let url: string
let device: TestDevice
const tokens = new Map<string, TestDevice>()
const seen: DeviceId[] = []
const desks: [id: DeviceId, report: DeskReport][] = []
const clients: Socket[] = []
let unreadable: CallId | null = null

function refuseUnreadable(store: MediaStore): MediaStore {
  const findSize = store.findSize.bind(store)
  return Object.assign(store, { findSize: (callId: CallId, file: string) => (callId === unreadable ? Promise.reject(new Error('EIO')) : findSize(callId, file)) })
}

beforeEach(async () => {
  folder = await makeTestFolder()
  server = await openTestIngest(folder.dir, refuseUnreadable)
  const http = createServer()
  sockets = new Server(http, { parser, transports: ['websocket'], maxHttpBufferSize: MAX_FRAME_BYTES, serveClient: false })
  agents = attachAgentNamespace(sockets, {
    deviceOfToken: (token) => (token === 'broken' ? Promise.reject(new Error('no database')) : Promise.resolve(tokens.get(token) ?? null)),
    ingest: server.ingest,
    serverKey: server.serverKey,
    recordSeen: (ids) => Promise.resolve(void seen.push(...ids)),
    live: NO_LIVE,
    recordDesk: (id, report) => Promise.resolve(void desks.push([id, report])),
    log: quietLog,
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  device = makeTestDevice()
  tokens.set('good', device)
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect()
  agents.dispose()
  await sockets.close()
  await server[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
  tokens.clear()
  unreadable = null
  seen.length = 0
})

function connect(auth: unknown = { token: 'good', protocolVersion: 1 }): Socket {
  const client = io(`${url}${AGENT_NAMESPACE}`, { parser, transports: ['websocket'], auth: auth as Record<string, unknown>, reconnection: false, forceNew: true })
  clients.push(client)
  return client
}
const ask = async <R>(client: Socket, event: string, message: unknown): Promise<R> => (await client.timeout(5_000).emitWithAck(event, message)) as R
const sayHello = async (client: Socket, callIds: string[] = []) => helloReplySchema.parse(await ask<HelloReply>(client, 'hello', { agentVersion: '0.1.0', callIds }))
/** What the parser wants: Buffers. */
const onWire = (batch: ReturnType<SampleCall['batch']>) => ({ ...batch, entries: batch.entries.map(({ line, payload }) => ({ line: Buffer.from(line), ...(payload && { payload: Buffer.from(payload) }) })) })
const append = async (client: Socket, message: unknown) => appendReplySchema.parse(await ask<AppendReply>(client, 'append', message))
const refusalOfHandshake = (client: Socket) => new Promise<Error & { data?: { reason: string } }>((resolve) => client.once('connect_error', resolve))
const receiptOf = (client: Socket) => new Promise<ReceiptMessage>((resolve) => client.once('receipt', resolve))

describe('a device', () => {
  it('is greeted with the server key, its technician and how far its calls are', async () => {
    const call = new SampleCall(device).second()
    await server.ingest.append(device, call.batch())
    const unknown = new SampleCall(device)
    expect(await sayHello(connect(), [call.callId, unknown.callId])).toMatchObject({
      ok: true, serverKey: server.serverKey.publicKey, technician: device.technician,
      heads: [{ callId: call.callId, seq: 2, hash: call.lastHash }, { callId: unknown.callId, seq: -1 }],
    })
    expect(seen).toContain(device.id)
  })

  it('sends entries, gets them acknowledged and a receipt for each seal, and fetches them back', async () => {
    const client = connect()
    await sayHello(client)
    const call = new SampleCall(device).second().seal()
    const receipt = receiptOf(client)
    expect(await append(client, onWire(call.batch()))).toMatchObject({ ok: true, head: { seq: 3, hash: call.lastHash } })
    expect(await receipt).toMatchObject({ callId: call.callId, receipt: { receiptedSeq: 3, hash: call.lastHash } })
    const fetched = fetchReplySchema.parse(await ask<FetchReply>(client, 'fetch', { callId: call.callId, fromSeq: 1 }))
    expect(fetched.ok && fetched.entries.map(({ line, payload }) => [Buffer.from(line), payload && Buffer.from(payload)]))
      .toEqual(call.entries.slice(1).map(({ line, payload }) => [Buffer.from(line), payload && Buffer.from(payload)]))
  })

  it('tells how things stand at its desk, once it has said hello', async () => {
    const client = connect()
    const report = { ready: { v: 1, testedAt: '2026-11-24T08:00:00.000Z', isReady: false, verdicts: [{ name: 'microphone', state: 'bad', found: 'it delivers nothing', remedy: 'Plug in a headset.' }] } }
    expect(await ask(client, 'desk', report)).toMatchObject({ ok: false, reason: 'malformed' })
    await sayHello(client)
    expect(await ask(client, 'desk', { ready: { ...report.ready, testedAt: 'yesterday' } })).toMatchObject({ ok: false, reason: 'malformed' })
    expect(await ask(client, 'desk', report)).toEqual({ ok: true })
    expect(desks).toEqual([[device.id, report]])
  })

  it('gets the receipt that it missed when it comes back', async () => {
    const call = new SampleCall(device).second().seal()
    const { receipts } = await server.ingest.append(device, call.batch())
    const client = connect()
    const receipt = receiptOf(client)
    await sayHello(client, [call.callId])
    expect((await receipt).receipt).toEqual(receipts[0])
  })

  it('is told why an entry was refused and what the server holds', async () => {
    const client = connect()
    await sayHello(client)
    const call = new SampleCall(device).seconds(2)
    expect(await append(client, onWire(call.batch(2)))).toMatchObject({ ok: false, reason: 'out-of-order', head: { seq: -1 } })
    expect(await append(client, onWire(call.batch()))).toMatchObject({ ok: true })
  })

  it('goes on with its other calls when the files of one cannot be read', async () => {
    const [damaged, whole] = [new SampleCall(device).second(), new SampleCall(device).second()]
    unreadable = damaged.callId
    await server.ingest.append(device, whole.batch())
    const client = connect()
    expect(await sayHello(client, [damaged.callId, whole.callId])).toMatchObject({ ok: true, heads: [{ seq: -1 }, { seq: 2 }] })
    expect(await append(client, onWire(damaged.batch()))).toMatchObject({ ok: false, reason: 'storage' })
    expect(await append(client, onWire(whole.second().batch(3)))).toMatchObject({ ok: true })
  })

  it('is thrown out when it is revoked, and stays out', async () => {
    const client = connect()
    await sayHello(client)
    expect(agents.isConnected(device.id)).toBe(true)
    const gone = new Promise((resolve) => client.once('disconnect', resolve))
    tokens.delete('good')
    agents.disconnectDevice(device.id)
    await gone
    expect(agents.isConnected(device.id)).toBe(false)
    expect((await refusalOfHandshake(connect())).data).toEqual({ reason: 'not-yours' })
  })

  it('is asked for its token again at every hello', async () => {
    const client = connect()
    await sayHello(client)
    tokens.delete('good')
    const gone = new Promise((resolve) => client.once('disconnect', resolve))
    expect(await sayHello(client)).toMatchObject({ ok: false, reason: 'not-yours' })
    await gone
  })
})

describe('a handshake', () => {
  it.each([
    ['without a token', {}, 'malformed'],
    ['with a token that nobody gave', { token: 'stolen', protocolVersion: 1 }, 'not-yours'],
    ['of another protocol version', { token: 'good', protocolVersion: 99 }, 'malformed'],
    ['while tokens cannot be checked', { token: 'broken', protocolVersion: 1 }, 'storage'],
  ])('%s is refused with its reason', async (_name, auth, reason) => {
    const error = await refusalOfHandshake(connect(auth))
    expect(error.data).toEqual({ reason })
    expect(error.message).not.toContain('database')
  })
})

describe('a hostile agent', () => {
  it('must say hello first', async () => {
    expect(await append(connect(), onWire(new SampleCall(device).batch()))).toMatchObject({ ok: false, reason: 'malformed' })
    expect(await server.store.listCalls()).toEqual([])
  })

  it.each([
    ['nothing', undefined],
    ['a number', 7],
    ['a call id that is a path', { callId: '../../etc', entries: [{ line: Buffer.alloc(1) }] }],
    ['a call id in capitals', { callId: 'A0EEBC99-9C0B-4EF8-8B6D-6BB9BD380A11', entries: [{ line: Buffer.alloc(1) }] }],
    ['memory for bytes', { callId: crypto.randomUUID(), entries: [{ line: new Uint8Array(9).subarray(3) }] }],
    ['text for bytes', { callId: crypto.randomUUID(), entries: [{ line: '{}' }] }],
    ['no entries', { callId: crypto.randomUUID(), entries: [] }],
    ['too many entries', { callId: crypto.randomUUID(), entries: Array.from({ length: 5_000 }, () => ({ line: Buffer.alloc(1) })) }],
    ['an empty line', { callId: crypto.randomUUID(), entries: [{ line: Buffer.alloc(0) }] }],
    ['deep nesting', { callId: crypto.randomUUID(), entries: [{ line: Buffer.from('['.repeat(200_000)) }] }],
  ])('is told that %s is malformed, in few words, and stays connected', async (_name, message) => {
    const client = connect()
    await sayHello(client)
    const answer = await append(client, message)
    expect(answer).toMatchObject({ ok: false, reason: 'malformed' })
    expect(!answer.ok && answer.message.length).toBeLessThanOrEqual(500)
    expect(await sayHello(client)).toMatchObject({ ok: true })
  })

  it('harms nobody else with a frame that is too large', async () => {
    const [hostile, honest] = [connect(), connect()]
    await sayHello(honest)
    await sayHello(hostile)
    const gone = new Promise((resolve) => hostile.once('disconnect', resolve))
    hostile.emit('append', { callId: crypto.randomUUID(), entries: [{ line: Buffer.alloc(MAX_FRAME_BYTES + 1) }] }, () => undefined)
    await gone
    expect(await append(honest, onWire(new SampleCall(device).batch()))).toMatchObject({ ok: true })
  })

  it('that wants no answer is disconnected', async () => {
    const client = connect()
    await sayHello(client)
    const gone = new Promise((resolve) => client.once('disconnect', resolve))
    client.emit('append', {})
    await gone
  })
})
