/**
 * The agents' side of the server: socket.io namespace `/agent`, conversation of `protocol/agent-messages.ts`.
 *
 * A connection: token checked at the handshake -> `hello` (token checked again) -> `append`, `fetch` and `desk`. Whatever it sends
 * is parsed here and answered with a refusal if it is not of the protocol; it never gets further.
 */
import type { Namespace, Server, Socket } from 'socket.io'
import { z } from 'zod'
import {
  AGENT_NAMESPACE, AGENT_PROTOCOL_VERSION, type AgentEmits, type AppendReply, appendSchema, coachReadSchema, type DeskReply, type DeskReport, deskReportSchema, type FetchReply, fetchSchema, handshakeAuthSchema, type HelloReply, helloSchema,
  NO_ENTRIES_SEQ, type Refusal, type ReplicaHead, type ServerEmits,
} from '@/protocol/agent-messages'
import { agentStatusSchema } from '@/protocol/agent-status'
import { GENESIS_HASH } from '@/protocol/chain'
import type { ReceiptData } from '@/protocol/entries'
import type { CallId, DeviceId } from '@/protocol/ids'
import { liveItemsSchema } from '@/protocol/live-items'
import type { AgentPort } from '../live/agent-port'
import type { Live } from '../live/live'
import type { Log } from '../log'
import type { AgentDevice } from './check-entry'
import { IngestError } from './errors'
import type { Ingest } from './ingest'

/** How often devices that stay connected are written down as seen; pages take one that was not for longer to be away. */
export const SEEN_EVERY_MS = 5_000
const MAX_REFUSAL_LENGTH = 500
/** A panel shows a text at once or not at all. */
const TEXT_LIMIT_MS = 3_000

export type AgentNamespaceDeps = {
  /** `null` for a token that was never given or is revoked. */
  deviceOfToken: (token: string) => Promise<AgentDevice | null>
  ingest: Ingest
  serverKey: { publicKey: string }
  /** Devices that are connected now or were until now. */
  recordSeen: (deviceIds: DeviceId[]) => Promise<void>
  recordDesk: (deviceId: DeviceId, report: DeskReport) => Promise<void>
  live: LiveAgents
  log: Log
}
/** Live listening, as far as agents take part in it. */
export type LiveAgents = Pick<Live, 'connectAgent' | 'handleCoachRead'>
export type AgentNamespace = {
  isConnected(deviceId: string): boolean
  /** Ends all connections of a device that may not go on. */
  disconnectDevice(deviceId: string): void
  dispose(): void
}

type Connection = { token: string; device: AgentDevice; hasSaidHello: boolean }
type AgentSocket = Socket<AgentEmits, ServerEmits, Record<string, never>, Connection>
type Answer = { ok: boolean }

export function attachAgentNamespace(io: Server, deps: AgentNamespaceDeps): AgentNamespace {
  // socket.io types all namespaces alike; this one speaks the agents' protocol.
  const namespace = io.of(AGENT_NAMESPACE) as unknown as Namespace<AgentEmits, ServerEmits, Record<string, never>, Connection>
  const room = (deviceId: string): string => `device:${deviceId}`
  const recordSeen = (deviceIds: DeviceId[]): void => {
    deps.recordSeen(deviceIds).catch((cause: unknown) => deps.log.error('it could not be written down when devices were last seen', cause))
  }

  namespace.use((socket, next) => {
    admit(socket, deps).then(() => next(), (error: unknown) => next(asHandshakeError(error, deps.log)))
  })
  namespace.on('connection', (socket) => {
    const { id } = socket.data.device
    void socket.join(room(id))
    recordSeen([id])
    socket.on('disconnect', () => recordSeen([id]))
    serve(socket, deps)
    serveLive(socket, deps.live)
  })
  const seenTimer = setInterval(() => {
    const ids = new Set([...namespace.sockets.values()].map(({ data }) => data.device.id))
    if (ids.size > 0) recordSeen([...ids])
  }, SEEN_EVERY_MS)

  return {
    isConnected: (deviceId) => (namespace.adapter.rooms.get(room(deviceId))?.size ?? 0) > 0,
    disconnectDevice: (deviceId) => namespace.in(room(deviceId)).disconnectSockets(true),
    dispose() {
      clearInterval(seenTimer)
      namespace.local.disconnectSockets(true)
    },
  }
}

async function admit(socket: AgentSocket, { deviceOfToken }: AgentNamespaceDeps): Promise<void> {
  const auth = handshakeAuthSchema.safeParse(socket.handshake.auth)
  if (!auth.success) throw IngestError.message(z.prettifyError(auth.error))
  const { token, protocolVersion } = auth.data
  if (protocolVersion !== AGENT_PROTOCOL_VERSION) throw IngestError.message(`the agent speaks version ${protocolVersion}, this server ${AGENT_PROTOCOL_VERSION}; install the agent of this server`)
  const device = await deviceOfToken(token)
  if (!device) throw IngestError.unknownDevice()
  socket.data = { token, device, hasSaidHello: false }
}

function serve(socket: AgentSocket, deps: AgentNamespaceDeps): void {
  const { ingest, log } = deps
  const sendReceipt = (callId: CallId, receipt: ReceiptData): void => void socket.emit('receipt', { callId, receipt })

  const answerHello = async (message: unknown): Promise<HelloReply> => {
    const { callIds } = parse(helloSchema, message)
    const device = await deps.deviceOfToken(socket.data.token)
    if (!device) {
      setImmediate(() => socket.disconnect(true))
      throw IngestError.unknownDevice()
    }
    socket.data.device = device
    socket.data.hasSaidHello = true
    const heads: ReplicaHead[] = []
    for (const callId of callIds) {
      const { head, receipt } = await ingest.head(device, callId).catch((error: unknown) => unreadable(callId, error, log))
      heads.push(head)
      if (receipt) setImmediate(sendReceipt, callId, receipt)
    }
    return { ok: true, serverKey: deps.serverKey.publicKey, technician: device.technician, heads }
  }

  const answerAppend = async (message: unknown): Promise<AppendReply> => {
    const append = parse(appendSchema, message)
    const { head, receipts, refusal } = await ingest.append(deviceOf(socket), append)
    for (const receipt of receipts) setImmediate(sendReceipt, append.callId, receipt)
    if (refusal) log.error(`an entry of call ${append.callId} from device ${socket.data.device.id} was refused: ${refusal.message}`)
    return refusal ? { ...toRefusal(refusal), head } : { ok: true, head }
  }

  const answerFetch = async (message: unknown): Promise<FetchReply> => {
    const { callId, fromSeq } = parse(fetchSchema, message)
    const entries = await ingest.fetch(deviceOf(socket), callId, fromSeq)
    return { ok: true, entries: entries.map(({ line, payload }) => ({ line: asBuffer(line), ...(payload && { payload: asBuffer(payload) }) })) }
  }

  const answerDesk = async (message: unknown): Promise<DeskReply> => {
    const { id } = deviceOf(socket)
    await deps.recordDesk(id, parse(deskReportSchema, message))
    return { ok: true }
  }

  const answerWith = <A extends Answer>(handle: (message: unknown) => Promise<A | Refusal>) => (message: unknown, reply: (answer: A | Refusal) => void): void => {
    // An agent that does not want an answer breaks the protocol; there is nobody to tell.
    if (typeof reply !== 'function') return void socket.disconnect(true)
    handle(message).catch((error: unknown) => refuse(error, log)).then(reply).catch((cause: unknown) => log.error('an agent could not be answered', cause))
  }
  socket.on('hello', answerWith(answerHello))
  socket.on('append', answerWith(answerAppend))
  socket.on('fetch', answerWith(answerFetch))
  socket.on('desk', answerWith(answerDesk))
}

/** What is malformed here is dropped: nothing of it is kept, and the log has its own way. */
function serveLive(socket: AgentSocket, live: LiveAgents): void {
  const { device } = socket.data
  const port: AgentPort = {
    deviceId: device.id,
    technician: device.technician,
    listen: (demand) => void socket.emit('listen', demand),
    showText: (message) => socket.timeout(TEXT_LIMIT_MS).emitWithAck('coach-text', message),
    playVoice: (packet) => void socket.emit('coach-voice', { ...packet, bytes: asBuffer(packet.bytes) }),
    tellPresence: (message) => void socket.emit('presence', message),
  }
  const connection = live.connectAgent(port)
  socket.on('time', (reply) => typeof reply === 'function' && reply(Date.now()))
  socket.on('status', (message) => {
    const status = agentStatusSchema.safeParse(message)
    if (status.success) connection.handleStatus(status.data)
  })
  socket.on('items', (message, reply) => {
    const items = liveItemsSchema.safeParse(message)
    if (items.success) connection.handleItems(items.data)
    if (typeof reply === 'function') reply()
  })
  socket.on('coach-read', (message) => {
    const read = coachReadSchema.safeParse(message)
    if (read.success) live.handleCoachRead(port, read.data.callId, read.data.id)
  })
  socket.on('disconnect', () => connection.handleGone())
}

/** A call whose files are damaged must not keep the others from going on; what is sent for it will be refused. */
function unreadable(callId: CallId, error: unknown, log: Log): { head: ReplicaHead; receipt: null } {
  log.error(`call ${callId} could not be read`, error)
  return { head: { callId, seq: NO_ENTRIES_SEQ, hash: GENESIS_HASH }, receipt: null }
}

/** The parser sends a Buffer as the bytes that it shows, any other array as all the memory that it is a part of. */
const asBuffer = (bytes: Uint8Array<ArrayBuffer>): Buffer<ArrayBuffer> => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function deviceOf({ data }: AgentSocket): AgentDevice {
  if (!data.hasSaidHello) throw IngestError.message('the first message of a connection must be hello')
  return data.device
}

function parse<T>(schema: z.ZodType<T>, message: unknown): T {
  const parsed = schema.safeParse(message)
  if (!parsed.success) throw IngestError.message(z.prettifyError(parsed.error))
  return parsed.data
}

/** Expected failures become refusals; a bug is logged and looks like a storage failure, so that the agent keeps its log. */
function refuse(error: unknown, log: Log): Refusal {
  if (error instanceof IngestError) {
    if (error.reason === 'storage') log.error(error.message, error.cause)
    return toRefusal(error)
  }
  log.error('an agent was refused because of a fault in this server', error)
  return toRefusal(IngestError.storage(error))
}

const toRefusal = ({ reason, message }: IngestError): Refusal => ({ ok: false, reason, message: message.slice(0, MAX_REFUSAL_LENGTH) })

/** socket.io shows an agent the message of the error, so it must be one of ours. */
function asHandshakeError(error: unknown, log: Log): Error {
  if (error instanceof IngestError) return error
  log.error('a device could not be checked', error)
  return IngestError.storage(error)
}
