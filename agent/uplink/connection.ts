/** One connection to the server: typed, parsed, and gone for good when it breaks. */
import { io, type Socket } from 'socket.io-client'
import msgpackParser from 'socket.io-msgpack-parser'
import { z } from 'zod'
import {
  AGENT_NAMESPACE, AGENT_PROTOCOL_VERSION, type AgentEmits, type Append, appendReplySchema, type AppendReply, deskReplySchema,
  type DeskReply, type DeskReport, type Fetch, fetchReplySchema,
  type FetchReply, type HandshakeAuth, type Hello, helloReplySchema, type HelloReply, type LiveDemand, liveDemandSchema, receiptMessageSchema, type ReceiptMessage, refusalSchema, type ServerEmits,
  type WireEntry,
} from '@/protocol/agent-messages'
import type { LiveLink } from '../live/link'
import { UplinkError } from './errors'

const CONNECT_LIMIT_MS = 10_000
const REPLY_LIMIT_MS = 20_000

export type ServerAddress = { serverUrl: string; token: string }
export type ConnectionListener = { onReceipt(message: ReceiptMessage): void; onListen(demand: LiveDemand): void; onBroken(error: UplinkError): void }

export interface Connection extends LiveLink {
  hello(hello: Hello): Promise<HelloReply>
  append(append: Append): Promise<AppendReply>
  fetch(request: Fetch): Promise<FetchReply>
  desk(report: DeskReport): Promise<DeskReply>
  close(): void
}

/** Rejects with UplinkError when the server is away or does not admit this device. */
export async function connect({ serverUrl, token }: ServerAddress, listener: ConnectionListener): Promise<Connection> {
  const auth: HandshakeAuth = { token, protocolVersion: AGENT_PROTOCOL_VERSION }
  const socket: Socket<ServerEmits, AgentEmits> = io(new URL(AGENT_NAMESPACE, serverUrl).href, {
    transports: ['websocket'],
    parser: msgpackParser,
    auth,
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_LIMIT_MS,
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', (error) => {
      socket.close()
      reject(explainRefusal(serverUrl, error))
    })
  })
  socket.on('receipt', (message) => {
    const receipt = receiptMessageSchema.safeParse(message)
    if (receipt.success) listener.onReceipt(receipt.data)
    else breakOff(UplinkError.nonsense('a seal', receipt.error))
  })
  socket.on('listen', (message) => {
    const demand = liveDemandSchema.safeParse(message)
    if (demand.success) listener.onListen(demand.data)
    else breakOff(UplinkError.nonsense('live listening', demand.error))
  })
  socket.once('disconnect', (reason) => listener.onBroken(UplinkError.unreachable(serverUrl, new Error(reason))))

  const breakOff = (error: UplinkError): void => {
    socket.off('disconnect')
    socket.close()
    listener.onBroken(error)
  }
  const ask = async <Reply>(what: string, schema: z.ZodType<Reply>, send: () => Promise<unknown>): Promise<Reply> => {
    const answer = await send().catch((cause: unknown) => Promise.reject(UplinkError.unreachable(serverUrl, cause)))
    const reply = schema.safeParse(answer)
    if (reply.success) return reply.data
    throw UplinkError.nonsense(what, reply.error)
  }
  const patient = () => socket.timeout(REPLY_LIMIT_MS)
  return {
    hello: (message) => ask('hello', helloReplySchema, () => patient().emitWithAck('hello', message)),
    append: ({ callId, entries }) => ask('append', appendReplySchema, () => patient().emitWithAck('append', { callId, entries: entries.map(asBuffers) })),
    async sendItems({ items, ...frame }) {
      await patient().emitWithAck('items', { ...frame, items: items.map((item) => ({ ...item, bytes: Buffer.from(item.bytes) })) })
    },
    sendStatus: (status) => void socket.emit('status', status),
    askTime: () => ask('the time', z.number(), () => patient().emitWithAck('time')),
    fetch: (message) => ask('fetch', fetchReplySchema, () => patient().emitWithAck('fetch', message)),
    desk: (message) => ask('desk', deskReplySchema, () => patient().emitWithAck('desk', message)),
    close() {
      socket.off('disconnect')
      socket.close()
    },
  }
}

/** The parser sends a Buffer as the bytes that it shows, any other array as all the memory that it is a part of. */
const asBuffers = ({ line, payload }: WireEntry): WireEntry => ({ line: asBuffer(line), ...(payload && { payload: asBuffer(payload) }) })
const asBuffer = (bytes: Uint8Array<ArrayBuffer>): Buffer<ArrayBuffer> => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** A transport that failed has a type; everything else is the server's own word, with its reason if it gives one. */
function explainRefusal(serverUrl: string, error: Error): UplinkError {
  if ('type' in error || error.message === 'timeout') return UplinkError.unreachable(serverUrl, error)
  const data = z.object({ data: z.object({ reason: refusalSchema.shape.reason }) }).safeParse(error)
  return UplinkError.refused(error.message, data.success ? data.data.data.reason : null)
}
