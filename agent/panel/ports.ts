/** What the technician's panel shows and asks of the recorder: `agent/call` stands behind `PanelControls`. */
import type { ActionData, GapCause, Person } from '@/protocol/entries'
import type { PresenceData } from '@/protocol/presence'
import type { AudioTrack, Track } from '@/protocol/tracks'

/** Why somebody pauses: `card` while a card is read aloud, `private` for anything else that is nobody's business. */
export type PauseReason = 'card' | 'private'

export interface PanelControls {
  state(): PanelState
  /** Calls on every change of the state, never for the passing of time alone; the answer ends the subscription. */
  subscribe(listener: (state: PanelState) => void): () => void
  /** Somebody looks at the readings: they are kept fresh until the answer is called. */
  watchReadings(): () => void
  /** Asked about 20 times a second, only while a panel is open; `null` while no call is recorded. */
  reading(): LiveReading | null

  // Each resolves when the recorder has done it, and rejects with an Error whose message is for the technician.
  start(): Promise<void>
  stop(): Promise<void>
  /** Resolves once nothing of voice or screen is spooled any more. */
  pause(reason: PauseReason): Promise<void>
  resume(): Promise<void>
  /** A note at the moment at which it arrives. */
  note(text: string): Promise<void>
  /** The technician has read a coach's text. */
  read(id: string): Promise<void>
  /** Ends wrap-up and closes the call. */
  done(): Promise<void>
}

/** What changes all the time. */
export type LiveReading = {
  /** Where the call stands. */
  atMs: number
  /** Peak since the reading before, in dB below full scale: 0 is full scale, -Infinity digital silence. Absent: no data. */
  levelsDb: Partial<Record<AudioTrack, number>>
}

export type PanelState = PanelSurroundings &
  (
    | { phase: 'idle'; startsBy: 'softphone-or-hand' | 'hand' }
    | { phase: 'starting' }
    | { phase: 'recording'; call: PanelCall }
    | { phase: 'paused'; call: PanelCall; pause: { fromMs: number; reason: PauseReason; by: Person } }
    /** Sound and screen have ended; actions are still recorded until `done` or `endsAtMs`. */
    | { phase: 'wrap-up'; call: PanelCall; hangUpAtMs: number; endsAtMs: number }
  )
export type PanelPhase = PanelState['phase']

/** Known whether or not a call runs. */
export type PanelSurroundings = {
  /** `null` until the device is paired. */
  technician: Person | null
  uplink: UplinkState
  faults: PanelFault[]
  /** As `pauseKey` of agent.json, such as `F8` or `Control+F9`; `null` when it is switched off. */
  pauseKey: string | null
}

export type PanelCall = {
  /** Every expected track; one that delivers nothing says why. */
  tracks: PanelTrack[]
  /** `null` when no rule asks for consent or none was noted. */
  consent: { state: 'announced' | 'given' | 'refused'; atMs: number } | null
  /** The ticket or customer that the call seems to be about, from the actions. */
  record: PanelRecord | null
  /** Newest first, at most MAX_RECENT_ACTIONS. */
  recentActions: RecentAction[]
  coaching: PanelCoaching
}

export const MAX_RECENT_ACTIONS = 5

export type PanelCoaching = {
  /** Who is with the call, as far as the technician may know. */
  present: Omit<PresenceData, 'state'>[]
  /** Not read yet, oldest first. */
  texts: PanelCoachText[]
  /** Who speaks into the technician's ear now. */
  speaker: Person | null
}
export type PanelCoachText = { id: string; from: Person; text: string; atMs: number }

export type PanelTrack = { track: Track } & ({ state: 'recording' } | { state: 'lost'; cause: GapCause; fromMs: number })

export type PanelRecord = {
  /** CRM's name, such as `Zendesk`. */
  source: string
  /** `ticket`, `customer`, … as the CRM calls it. */
  type: string
  id: string | null
  name: string
  url: string | null
}

export type RecentAction = { atMs: number; action: ActionData }

export type UplinkState =
  /** The server has everything so far. */
  | { state: 'saved' }
  | { state: 'behind'; behindMs: number }
  /** Recording goes on into the spool. `since` is an ISO time. */
  | { state: 'away'; since: string }
  | { state: 'revoked' }
  | { state: 'unpaired' }

/** A fault in plain words: what is wrong and what to do about it. `id` stays the same while the fault lasts. */
export type PanelFault = { id: string; severity: 'bad' | 'warn'; message: string; remedy: string }
