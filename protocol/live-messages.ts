/**
 * The conversation between a listening page and the server: socket.io namespace `/live`, parser socket.io-msgpack-parser,
 * web sockets only, admitted by next-auth's session, or by the cookie of an invitation that the handshake's `auth` names.
 * A guest, who was invited, may ask for `time`, `listen` and `leave` only. `docs/live.md` tells it in words.
 *
 * What the page sends is parsed by the schemas here; what the server sends is trusted by its own pages.
 */
import { z } from 'zod'
import type { AgentFault, AgentPhase } from './agent-status'
import type { ActionData, LogEntry, Person } from './entries'
import { callIdSchema, type CallId } from './ids'
import { livePositionsSchema, type LiveItems } from './live-items'
import { type ListenersShown, MAX_COACH_TEXT_LENGTH } from './live-names'
import type { AudioTrack, Track } from './tracks'

export { LIVE_NAMESPACE, MAX_COACH_TEXT_LENGTH } from './live-names'
/** One Opus packet of 20 ms at any rate that a browser may choose. */
const MAX_VOICE_BYTES = 1_275

/** The handshake's `auth`. */
export const liveAuthSchema = z.object({ invitation: z.uuid().optional() })
export type LiveAuth = z.infer<typeof liveAuthSchema>
/** `after`: what the page holds already, when it comes back. */
export const listenSchema = z.object({ callId: callIdSchema, after: livePositionsSchema.default({}) })
export type Listen = z.input<typeof listenSchema>
export const coachTextSchema = z.object({ callId: callIdSchema, text: z.string().trim().min(1).max(MAX_COACH_TEXT_LENGTH) })
export type CoachText = z.infer<typeof coachTextSchema>
/** One packet of the supervisor's microphone: Opus, mono, 20 ms, numbered from 0 in each press of the button. */
export const coachVoiceSchema = z.object({ callId: callIdSchema, number: z.int().nonnegative(), bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length > 0 && bytes.length <= MAX_VOICE_BYTES) })
export type CoachVoice = z.infer<typeof coachVoiceSchema>
export const witnessSchema = z.object({ callId: callIdSchema, stands: z.boolean() })
export type Witness = z.infer<typeof witnessSchema>

/** For people; unknown and forbidden read the same. */
export type LiveRefusal = { ok: false; reason: 'no-right' | 'not-connected' | 'failed'; message: string }
export type LiveReply<Answer = object> = ({ ok: true } & Answer) | LiveRefusal

/** What is known of a running call when somebody begins to listen. */
export type LiveCallView = {
  callId: CallId
  technician: Person
  customerName: string | null
  startedAt: string
  /** Tracks of entry 0; the coach's comes when somebody speaks. */
  tracks: Track[]
  screenSize: { widthPx: number; heightPx: number } | null
  /** All but the chunks so far: actions, gaps, pauses, presence. Of a guest, what he is told: no hashes, and of entry 0 what his page needs. */
  entries: LogEntry[]
  words: LiveWords[]
  /** Whether the machine carries captions for this call now. */
  captions: 'running' | 'too-busy'
  /** What the technician's team lets him see of listeners. */
  listenersShown: ListenersShown
}

/** A stretch of speech as far as it is understood: the same `track` and `startMs` replaces what was said of it before. */
export type LiveWords = { track: AudioTrack; startMs: number; endMs: number; text: string; isFinal: boolean }

/** One call in progress on the wallboard. */
export type BoardTile = {
  callId: CallId
  technician: Person
  teams: string[]
  customerName: string | null
  /** The ticket or other record that the call seems to be about. */
  ticket: { name: string; url: string | null } | null
  startedAt: string
  phase: AgentPhase
  /** Peak of the last second in dB below full scale; a track that delivers nothing is absent. */
  levelsDb: Partial<Record<AudioTrack, number>>
  lastAction: { atMs: number; action: ActionData } | null
  /** `null` where no captions run. */
  lastWords: { track: AudioTrack; text: string } | null
  faults: AgentFault[]
  /** For how long the server has lacked something of the call. */
  behindMs: number
  /** The agent's connection has gone: phase, levels and faults are as they were. */
  isAway: boolean
  /** Phrases of the team that were heard in the call, newest first. */
  phrases: { phrase: string; atMs: number; track: AudioTrack }[]
  listeners: Person[]
}

/** A technician who is not on a call. `fault`: the softphone is in use and nothing is recorded. */
export type BoardTechnician = { person: Person; teams: string[]; state: 'ready' | 'not-tested' | 'not-ready' | 'fault' | 'away'; why: string | null }

/** The first is whole; what follows names only what has changed and what is gone. */
export type BoardUpdate = { isWhole: boolean; tiles: BoardTile[]; gone: CallId[]; technicians: BoardTechnician[] | null }

/** Page to server. */
export type ListenerEmits = {
  /** The server's wall clock, for measuring latency. */
  time: (reply: (wallMs: number) => void) => void
  'watch-board': (reply: (answer: LiveReply) => void) => void
  'leave-board': () => void
  /** One call at a time: it ends what was listened to before. Asked again within a second it is answered after it. */
  listen: (request: Listen, reply: (answer: LiveReply<{ call: LiveCallView }>) => void) => void
  leave: () => void
  'coach-text': (request: CoachText, reply: (answer: LiveReply<{ id: string; deliveredMs: number }>) => void) => void
  'coach-voice': (packet: CoachVoice) => void
  witness: (request: Witness, reply: (answer: LiveReply) => void) => void
}

/** Why listening has ended; a guest loses the right when his invitation has expired or was ended. */
export type LiveEnd = 'closed' | 'no-right'

/** Server to page. */
export type LiveEmits = {
  board: (update: BoardUpdate) => void
  /** `skipped`: items left out before these because this page did not keep up. */
  items: (items: LiveItems & { skipped: number }) => void
  /** Entries that have become durable, without the chunks. */
  entries: (message: { callId: CallId; entries: LogEntry[] }) => void
  words: (message: { callId: CallId; words: LiveWords[] }) => void
  captions: (message: { callId: CallId; captions: LiveCallView['captions'] }) => void
  /** The agent's connection to the server is gone, or back. */
  uplink: (message: { callId: CallId; isAway: boolean }) => void
  'coach-read': (message: { callId: CallId; id: string }) => void
  ended: (message: { callId: CallId; why: LiveEnd }) => void
}
