/** What the pages get of a call: plain values that survive being sent to a browser. Types only. */
import type { TrackCompleteness } from '@/protocol/completeness'
import type { ClockReadings } from '@/protocol/clock'
import type { ActionData, ActionVerb, ConsentRule, EntryOf, FieldChange, GapCause, Person } from '@/protocol/entries'
import type { CallId, DeviceId } from '@/protocol/ids'
import type { HoldStretch, PauseStretch } from '@/protocol/stretches'
import type { Track, TrackDescription } from '@/protocol/tracks'
import type { LeakReport } from '../transcribe/leak-report'
import type { Word } from '../transcribe/words'

/** `wrapup`: the conversation is over, actions still come. */
export type CallState = 'recording' | 'wrapup' | 'closed'

/** As far as the actions tell; all `null` in a call without a CRM. */
export type CustomerView = { name: string | null; phone: string | null }

export type CallView = {
  id: CallId
  /** Loaded to look around, and removed when its loader likes: server/samples. */
  isSample: boolean
  state: CallState
  /** By the agent's clock, ISO, UTC. `clock` says how far wrong it can be. */
  startedAt: string
  /** The technician's, IANA name. */
  timeZone: string
  closedAt: string | null
  closeReason: EntryOf<'close'>['data'] | null
  /** First sound to hang-up; what has been received so far of a call that still runs. */
  lengthMs: number
  /** Where the conversation ended and wrap-up began. */
  hangUpAtMs: number | null
  technician: Person
  device: { id: DeviceId; name: string; agentVersion: string }
  /** When the device was last heard of, if the call is not closed and the device is not connected. */
  agentAwaySince: string | null
  customer: CustomerView
  /** In words for people: why the log was refused from some entry on; what came before stands. */
  fault: string | null

  tracks: TrackView[]
  completeness: TrackCompleteness[]
  /** Where somebody spoke to the technician alone; `null` when nobody did. */
  coach: TrackCompleteness | null
  /** `CallClock` makes wall time of them, position by position. */
  clock: ClockReadings
  consentRule: ConsentRule

  /** Name of the model that recognised the words. */
  speechModel: string
  /** By `startMs`. */
  utterances: UtteranceView[]
  /** The rest by `atMs`, then `seq`. */
  actions: ActionView[]
  notes: NoteView[]
  consents: ConsentView[]
  holds: HoldView[]
  presences: PresenceView[]
  pauses: PauseView[]
  gaps: GapView[]
  /** Entries of kinds that this version does not know: shown as they are. */
  unknown: UnknownView[]

  /** What people attached after the call, by `startMs`. */
  moments: MomentView[]

  proof: ProofView
  tasks: TaskView[]
  /** `null` until the task of that name is done. */
  playbackUrl: string | null
  peaksUrl: string | null
  /** Of StillsLayout, beside the pictures themselves; `null` for a call without a screen too. */
  stillsUrl: string | null
  leak: LeakView | null
}

export type TrackView = {
  track: Track
  description: TrackDescription
  /** The track's own file, with byte ranges; it grows while the call runs. */
  mediaUrl: string
  bytes: number
}

export type WordView = Word

export type UtteranceView = {
  /** Unique within the call. */
  id: string
  /** Whose sound it was heard in; `mixed` means the speaker is unknown. */
  track: Track
  startMs: number
  endMs: number
  text: string
  words: WordView[]
  /** The track whose leaked sound explains it: shown and marked, given to nobody. */
  leakedFrom: Track | null
}

export type ActionView = { seq: number; atMs: number } & ActionData
/** `to`: a coach wrote it to the technician's panel. */
export type NoteView = { seq: number; atMs: number } & EntryOf<'note'>['data']
export type ConsentView = { seq: number; atMs: number } & EntryOf<'consent'>['data']
export type PresenceView = { seq: number; atMs: number } & EntryOf<'presence'>['data']
export type HoldView = HoldStretch
export type PauseView = PauseStretch
export type GapView = { seq: number; track: Track; fromMs: number; toMs: number; cause: GapCause; detail: string | null }
export type UnknownView = { seq: number; atMs: number; kind: string; json: string }

/** A stretch `[startMs, endMs)` that somebody marked, both the same for a point; `by` marked it first. */
export type MomentView = { id: string; startMs: number; endMs: number; by: Person; at: string; notes: MomentNoteView[] }
/** `at` is wall time, ISO. */
export type MomentNoteView = { id: string; by: Person; at: string; text: string }

/** Links, hashes, seals and receipts were checked when the entries came in; an entry that failed is not in the log. */
export type ProofView = {
  entryCount: number
  /** Highest entry and its hash: the root of the chain so far. */
  lastSeq: number
  lastHash: string
  sealCount: number
  /** Highest entry that the device has signed for, `null` before the first seal. */
  lastSealedSeq: number | null
  /** Entries that no seal covers yet: neither signed nor forged. Seals and receipts at the end are not counted. */
  unsignedCount: number
  deviceKey: string
  receipts: { seq: number; atMs: number; receiptedSeq: number; receivedAt: string }[]
}

export type TaskKind = 'transcript' | 'playback' | 'peaks' | 'stills'
export type TaskView = {
  kind: TaskKind
  state: 'waiting' | 'running' | 'done' | 'failed'
  attempts: number
  error: string | null
  startedAt: string | null
  finishedAt: string | null
}

/** How loud one party is in the other's track. */
export type LeakView = LeakReport

/** As the actions tell: `source` is the CRM's name, `id` the ticket's in it. */
export type TicketView = { source: string; id: string }

export type FoundCall = { id: CallId; startedAt: string; customer: CustomerView; technician: string; ticket: TicketView | null }

export type CallListItem = {
  id: CallId
  isSample: boolean
  state: CallState
  startedAt: string
  timeZone: string
  lengthMs: number
  technician: Person
  customer: CustomerView
  /** The one that was open last. */
  ticket: TicketView | null
  agentAwaySince: string | null
  fault: string | null
  actionCount: number
  /** Fields that were changed, saved or not; each once, however often it was touched. */
  changeCount: number
  /** The first of them in order, from what it was before to what it was in the end. */
  changes: FieldChange[]
  /** `lostMs` leaves out what a track missed while it started, which the certificate states. Empty until hang-up. */
  tracks: { track: Track; recordedMs: number; pausedMs: number; lostMs: number }[]
  /** Of all tracks together, in order and disjoint; where one is lost and another paused it is lost. A late start is left out. Empty until hang-up. */
  notRecorded: { fromMs: number; toMs: number; state: 'paused' | 'lost' }[]
  transcript: TaskView['state'] | null
  /** Where the words of the search were said or done; empty without a search. */
  hits: CallHit[]
}

export type CallHit = {
  atMs: number
  /** In whose sound it was said, or what was done; the other is `null`. */
  track: Track | null
  verb: ActionVerb | null
  /** Its text from left to right. */
  parts: { text: string; isMatch: boolean }[]
}

/** Of all calls that a filter leaves, however many pages they fill. */
export type CallSummary = {
  count: number
  lengthMs: number
  lostCount: number
  /** Beside those that lost something. */
  lookCount: number
}

export type CallList = {
  items: CallListItem[]
  /** Give it as `before` to get the next page; `null` on the last one. */
  next: string | null
}

/** `query` is what stands after the question mark of `/calls`. */
export type SavedView = { id: string; name: string; query: string }
