/**
 * One call that has a log: its timeline, its tracks and its seals.
 *
 * Appends are asked for and not awaited: the log keeps their order, and `onWriteFailed` hears of a disk that refuses.
 */
import { sealMessage } from '@/protocol/chain'
import type { CallId } from '@/protocol/ids'
import type { Track } from '@/protocol/tracks'
import type { CallLog } from '../spool/call-log'
import type { PlainBody } from '../spool/log-batch'
import type { CapturedItem } from './captures'
import type { CoachTrack } from './coach-track'
import type { Clock } from './clock'
import { PresenceBook, type Present } from './presence-book'
import type { TimelineClock } from './timeline-clock'
import type { Loss, TrackRecorder } from './track-recorder'

const SEAL_EVERY_MS = 30_000
const CLOCK_EVERY_MS = 30_000
/** The driver waits a second for a program that only changes its device before it tells that the program has ended. */
const ENDED_WITHIN_MS = 3_000

/** The device's private key, behind the one thing it is for. */
export interface Signer {
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string
  /** Raw signature, base64url. */
  sign(message: Uint8Array): string
}

type Parts = {
  log: CallLog
  timeline: TimelineClock
  tracks: readonly TrackRecorder[]
  coach: CoachTrack
  /** Who was with the call when an earlier agent died. */
  present: Iterable<Present>
  signer: Signer
  clock: Clock
  onWriteFailed: (error: unknown) => void
}

export class RunningCall {
  private nextSealMs: number
  private nextClockMs: number
  private gateMs = Infinity
  private readonly pauses: { fromMs: number; toMs: number }[] = []
  readonly presence: PresenceBook

  constructor(private readonly parts: Parts) {
    this.presence = new PresenceBook(parts.present, (data) => this.append({ kind: 'presence', atMs: this.nowMs, data }))
    this.nextSealMs = this.nowMs + SEAL_EVERY_MS
    this.nextClockMs = this.nowMs + CLOCK_EVERY_MS
  }

  get callId(): CallId {
    return this.parts.log.callId
  }

  get log(): CallLog {
    return this.parts.log
  }

  get tracks(): readonly TrackRecorder[] {
    return this.parts.tracks
  }

  /** Expected at no time, and no part of what the conversation must have. */
  get coach(): CoachTrack {
    return this.parts.coach
  }

  /** Whether what is said and shown now gets through. */
  get isGateOpen(): boolean {
    return this.gateMs === Infinity
  }

  get nowMs(): number {
    return Math.max(0, Math.round(this.parts.timeline.nowMs()))
  }

  track(name: Track): TrackRecorder | undefined {
    return this.parts.tracks.find(({ track }) => track === name)
  }

  toAtMs(wallMs: number): number {
    return this.parts.timeline.toAtMs(wallMs)
  }

  push({ track, bytes, wallMs, isKey }: CapturedItem): void {
    this.track(track)?.push({ atMs: this.toAtMs(wallMs), bytes, isKey })
  }

  append(body: PlainBody): void {
    this.parts.log.append(body).catch(this.parts.onWriteFailed)
  }

  /** To be called a few times a second. `isRecording`: tracks are expected to deliver. */
  tick(isRecording: boolean): void {
    this.watchClock(isRecording)
    if (isRecording) for (const track of [...this.tracks, this.coach]) track.tick(this.nowMs)
    if (this.nowMs >= this.nextSealMs) this.seal()
    if (this.nowMs >= this.nextClockMs) this.tellClock('periodic')
  }

  seal(): void {
    const { log, signer, onWriteFailed } = this.parts
    this.nextSealMs = this.nowMs + SEAL_EVERY_MS
    log
      .appendAfter(({ seq, hash }) => {
        const signature = signer.sign(sealMessage(log.callId, seq, hash))
        return { kind: 'seal', atMs: this.nowMs, data: { sealedSeq: seq, hash, signature } }
      })
      .catch(onWriteFailed)
  }

  tellClock(reason: 'started' | 'periodic' | 'step' | 'sleep' | 'restart'): void {
    this.nextClockMs = this.nowMs + CLOCK_EVERY_MS
    this.append({ kind: 'clock', ...this.parts.timeline.read(reason) })
  }

  /** From here on nothing of voice and screen gets through that ends later. The earliest position counts. */
  closeGate(atMs: number): void {
    this.gateMs = Math.min(this.gateMs, atMs)
    for (const track of this.tracks) track.closeGate(atMs)
    this.coach.endPress(atMs)
  }

  openGate(atMs: number): void {
    this.gateMs = Infinity
    for (const track of this.tracks) track.continueAt(atMs)
  }

  beginPause(atMs: number): void {
    this.closeGate(atMs)
    this.pauses.push({ fromMs: atMs, toMs: Infinity })
  }

  /** Where a pause ended: at the resume, or with the conversation. */
  endPause(atMs: number): void {
    const pause = this.pauses.at(-1)
    if (pause) pause.toMs = Math.min(pause.toMs, atMs)
  }

  /** What was done in a pause is not kept, however late it is told. */
  wasPausedAt(atMs: number): boolean {
    return this.pauses.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)
  }

  cutAt(atMs: number): void {
    for (const track of this.tracks) track.cutAt(atMs)
  }

  /** Nothing is recorded any more until the conversation ends. */
  loseAll(loss: Loss): void {
    for (const track of this.tracks) track.lose(loss)
    this.coach.finish()
  }

  /**
   * Ends all tracks where their gates were closed and answers that position. The track of a program that has ended ended
   * with the conversation: its last sound is the end then.
   */
  async endTracks(endedTrack: Track | null, limitMs: number): Promise<number> {
    this.closeGate(this.nowMs)
    const { gateMs } = this
    await this.drained(limitMs)
    const lastSoundMs = endedTrack === null ? undefined : this.track(endedTrack)?.coveredMs
    const isRecent = lastSoundMs !== undefined && gateMs - lastSoundMs < ENDED_WITHIN_MS
    const atMs = isRecent ? Math.round(lastSoundMs) : gateMs
    this.cutAt(atMs)
    return atMs
  }

  /** Resolves when every track has told all up to the gate's end, at the latest after `limitMs`. */
  async drained(limitMs: number): Promise<void> {
    const { clock } = this.parts
    const untilMs = clock.monotonicMs() + limitMs
    while (this.tracks.some((track) => !track.isComplete) && clock.monotonicMs() < untilMs) await new Promise<void>((resolve) => clock.after(10, resolve))
  }

  private watchClock(isRecording: boolean): void {
    const event = this.parts.timeline.check()
    if (!event) return
    this.tellClock(event.reason)
    if (event.reason === 'step' || !isRecording) return
    for (const track of this.tracks) track.declareGap(Math.round(event.toMs), { cause: 'computer-slept' })
  }
}
