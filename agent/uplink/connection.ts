/** One connection to the server: typed, parsed, and gone for good when it breaks. */
import { io, type Socket } from 'socket.io-client'
import msgpackParser from 'socket.io-msgpack-parser'
import { z } from 'zod'
import {
  AGENT_NAMESPACE, AGENT_PROTOCOL_VERSION, type AgentEmits, type Append, appendReplySchema, type AppendReply, type CoachTextForAgent, coachTextForAgentSchema,
  type CoachVoiceForAgent, coachVoiceForAgentSchema, deskReplySchema, type DeskReply, type DeskReport, type Fetch, fetchReplySchema,
  type FetchReply, type HandshakeAuth, type Hello, helloReplySchema, type HelloReply, type LiveDemand, liveDemandSchema, type PresenceForAgent, presenceForAgentSchema, receiptMessageSchema, type ReceiptMessage, refusalSchema, type ServerEmits,
  type WireEntry,
} from '@/protocol/agent-messages'
import type { LiveItems } from '@/protocol/live-items'
import type { CoachLink } from '../coach/link'
import type { LiveLink } from '../live/link'
import { UplinkError } from './errors'

const CONNECT_LIMIT_MS = 10_000
const REPLY_LIMIT_MS = 20_000

export type ServerAddress = { serverUrl: string; token: string }
/** What the server says of its own accord. */
export type ServerListener = {
  onListen(demand: LiveDemand): void
  /** Whether it is for the running call, whose panel has it now. */
  onCoachText(message: CoachTextForAgent): boolean
  onCoachVoice(packet: CoachVoiceForAgent): void
  onPresence(message: PresenceForAgent): void
}
export type ConnectionListener = ServerListener & { onReceipt(message: ReceiptMessage): void; onBroken(error: UplinkError): void }
const ignore = (): void => undefined
/** For who only asks. */
export const HEARS_NOTHING: ConnectionListener = { onReceipt: ignore, onListen: ignore, onCoachText: () => false, onCoachVoice: ignore, onPresence: ignore, onBroken: ignore }

export interface Connection extends LiveLink, CoachLink {
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
  const hear = <Message>(what: string, schema: z.ZodType<Message>, take: (message: Message) => void) => (message: unknown): void => {
    const parsed = schema.safeParse(message)
    if (parsed.success) take(parsed.data)
    else breakOff(UplinkError.nonsense(what, parsed.error))
  }
  socket.on('receipt', hear('a seal', receiptMessageSchema, (message) => listener.onReceipt(message)))
  socket.on('listen', hear('live listening', liveDemandSchema, (demand) => listener.onListen(demand)))
  socket.on('coach-text', (text, reply) =>
    hear('coaching', coachTextForAgentSchema, (message) => {
      if (listener.onCoachText(message)) reply()
    })(text),
  )
  socket.on('coach-voice', hear('coaching', coachVoiceForAgentSchema, (packet) => listener.onCoachVoice(packet)))
  socket.on('presence', hear('presence', presenceForAgentSchema, (message) => listener.onPresence(message)))
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
    sendItems: (message) => void socket.emit('items', withBuffers(message)),
    async sendItemsAndAsk(message) {
      await patient().emitWithAck('items', withBuffers(message))
    },
    sendCoachRead: (message) => void socket.emit('coach-read', message),
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
const withBuffers = ({ items, ...frame }: LiveItems): LiveItems => ({ ...frame, items: items.map((item) => ({ ...item, bytes: Buffer.from(item.bytes) })) })
const asBuffers = ({ line, payload }: WireEntry): WireEntry => ({ line: asBuffer(line), ...(payload && { payload: asBuffer(payload) }) })
const asBuffer = (bytes: Uint8Array<ArrayBuffer>): Buffer<ArrayBuffer> => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** A transport that failed has a type; everything else is the server's own word, with its reason if it gives one. */
function explainRefusal(serverUrl: string, error: Error): UplinkError {
  if ('type' in error || error.message === 'timeout') return UplinkError.unreachable(serverUrl, error)
  const data = z.object({ data: z.object({ reason: refusalSchema.shape.reason }) }).safeParse(error)
  return UplinkError.refused(error.message, data.success ? data.data.data.reason : null)
}
