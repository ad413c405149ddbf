/**
 * The conversation between an agent and its server: socket.io namespace `/agent`, binary parser, web sockets only.
 *
 * The handshake's `auth` is a `HandshakeAuth`. Then the agent says `hello`, sends what the server lacks by `append` and is
 * acknowledged with the highest entry that survives a crash of the server. `docs/protocol.md` has a sample.
 */
import { z } from 'zod'
import type { AgentStatus } from './agent-status'
import { MAX_CHUNK_BYTES, MAX_LINE_BYTES, personSchema, presenceDataSchema, receiptDataSchema } from './entries'
import { callIdSchema } from './ids'
import { livePositionsSchema, type LiveItems } from './live-items'
import { readyResultSchema } from './ready'

export const AGENT_PROTOCOL_VERSION = 1
export const AGENT_NAMESPACE = '/agent'
/** A frame carries at most this many bytes of lines and payloads; a single larger entry travels alone. */
export const MAX_BATCH_BYTES = 1024 * 1024
/** Largest frame that the server accepts. */
export const MAX_FRAME_BYTES = MAX_CHUNK_BYTES + MAX_LINE_BYTES + 64 * 1024

const bytesSchema = z.instanceof(Uint8Array)

export const handshakeAuthSchema = z.object({ token: z.string(), protocolVersion: z.int() })
export type HandshakeAuth = z.infer<typeof handshakeAuthSchema>

/** Calls whose log the agent still holds. */
export const helloSchema = z.object({ agentVersion: z.string(), callIds: z.array(callIdSchema).max(1_000) })
export type Hello = z.infer<typeof helloSchema>

/** How far the server's durable copy of a call reaches; `seq` -1 and the genesis hash when it has nothing. */
export const replicaHeadSchema = z.object({ callId: callIdSchema, seq: z.int().min(-1), hash: z.string() })
export type ReplicaHead = z.infer<typeof replicaHeadSchema>

/** Raised by the server when a device may not go on; the message is for people. */
export const refusalSchema = z.object({ ok: z.literal(false), reason: z.enum(['malformed', 'fork', 'out-of-order', 'not-yours', 'closed', 'storage']), message: z.string() })
export type Refusal = z.infer<typeof refusalSchema>

export const helloReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), serverKey: z.string(), technician: z.object({ id: z.string(), name: z.string() }), heads: z.array(replicaHeadSchema) }),
  refusalSchema,
])
export type HelloReply = z.infer<typeof helloReplySchema>

/** A line as its writer wrote it, without newline, and the chunk that it carries if it is a media entry. */
export const wireEntrySchema = z.object({ line: bytesSchema, payload: bytesSchema.optional() })
export type WireEntry = z.infer<typeof wireEntrySchema>

export const appendSchema = z.object({ callId: callIdSchema, entries: z.array(wireEntrySchema).min(1).max(4_096) })
export type Append = z.infer<typeof appendSchema>

/** On `fork` and `out-of-order`, `head` says what the server holds. */
export const appendReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), head: replicaHeadSchema }),
  refusalSchema.extend({ head: replicaHeadSchema.optional() }),
])
export type AppendReply = z.infer<typeof appendReplySchema>

/** After a power loss the server may hold entries that the agent has lost: it asks for them from `fromSeq` on. */
export const fetchSchema = z.object({ callId: callIdSchema, fromSeq: z.int().nonnegative() })
export type Fetch = z.infer<typeof fetchSchema>

/** At most MAX_BATCH_BYTES; the agent asks again from the next `seq` until `entries` is empty. */
export const fetchReplySchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), entries: z.array(wireEntrySchema) }), refusalSchema])
export type FetchReply = z.infer<typeof fetchReplySchema>

/** How things stand at the desk; what is left out has not changed. Times are ISO, UTC, by the desk's clock. */
export const deskReportSchema = z.object({ ready: readyResultSchema.optional(), extensionHeardAt: z.iso.datetime().optional() })
export type DeskReport = z.infer<typeof deskReportSchema>

export const deskReplySchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), refusalSchema])
export type DeskReply = z.infer<typeof deskReplySchema>

export const receiptMessageSchema = z.object({ callId: callIdSchema, receipt: receiptDataSchema })
export type ReceiptMessage = z.infer<typeof receiptMessageSchema>

/** Whether somebody listens to a call. `after`: what the server holds of it already. */
export const liveDemandSchema = z.object({ callId: callIdSchema, isWanted: z.boolean(), after: livePositionsSchema })
export type LiveDemand = z.infer<typeof liveDemandSchema>

/** Text for the technician's panel. */
export const coachTextForAgentSchema = z.object({ callId: callIdSchema, id: z.string(), from: personSchema, text: z.string() })
export type CoachTextForAgent = z.infer<typeof coachTextForAgentSchema>
/** A packet of a supervisor's voice: Opus, mono, 20 ms. `number` counts from 0 in each press of his button. */
export const coachVoiceForAgentSchema = z.object({ callId: callIdSchema, from: personSchema, number: z.int().nonnegative(), bytes: bytesSchema })
export type CoachVoiceForAgent = z.infer<typeof coachVoiceForAgentSchema>
/** Somebody came or went. `isShown`: the technician's panel may say so; the log says it either way. */
export const presenceForAgentSchema = presenceDataSchema.extend({ callId: callIdSchema, isShown: z.boolean() })
export type PresenceForAgent = z.infer<typeof presenceForAgentSchema>

export const coachReadSchema = z.object({ callId: callIdSchema, id: z.string().max(100) })
export type CoachRead = z.infer<typeof coachReadSchema>

/** Agent to server. What has a reply is answered through socket.io's acknowledgement. */
export type AgentEmits = {
  /** First message of every connection. */
  hello: (hello: Hello, reply: (answer: HelloReply) => void) => void
  /** The next entries of one call, in order. */
  append: (append: Append, reply: (answer: AppendReply) => void) => void
  /** Entries that the agent has lost and the server holds. */
  fetch: (request: Fetch, reply: (answer: FetchReply) => void) => void
  /** The server's wall clock, to place live items on it. */
  time: (reply: (wallMs: number) => void) => void
  status: (status: AgentStatus) => void
  /** Only while the server has said that somebody listens; the answer keeps the agent from sending more than the line carries. */
  /** Answered where the agent asks for it, as it does of every few. */
  items: (items: LiveItems, reply?: () => void) => void
  /** The technician has read a coach's text. */
  'coach-read': (message: CoachRead) => void
  /** What was found out at the desk. An agent that never says it works as well; a server that does not know it never answers. */
  desk: (report: DeskReport, reply: (answer: DeskReply) => void) => void
}

/** Server to agent. */
export type ServerEmits = {
  /** A seal was stored durably; the agent writes the receipt into its log. */
  receipt: (message: ReceiptMessage) => void
  listen: (demand: LiveDemand) => void
  /** Answered when the panel has it. */
  'coach-text': (message: CoachTextForAgent, reply: () => void) => void
  'coach-voice': (packet: CoachVoiceForAgent) => void
  presence: (message: PresenceForAgent) => void
}

export const NO_ENTRIES_SEQ = -1
