/**
 * A coach's voice into the technician's ear, and the same packets into the call's log: what is heard is recorded, and what
 * cannot be recorded is not played.
 *
 * `silent` → a packet → `speaking` → nothing for IDLE_MS, or recording ends → `silent`. While one coach speaks the others are
 * not heard.
 */
import type { CoachVoiceForAgent } from '@/protocol/agent-messages'
import type { Person } from '@/protocol/entries'
import { OPUS_SAMPLE_RATE_HZ } from '@/protocol/tracks'
import type { CaptureDriver, SoftphoneCall, VoicePlayback } from '../capture/ports'
import type { Clock } from '../call/clock'
import type { FaultBoard } from '../call/fault-board'
import { COACH_UNHEARD_ID, coachUnheard } from '../call/faults'
import type { RunningCall } from '../call/running-call'
import { PlayOut } from './play-out'
import type { VoiceDecoder } from './voice-decoder'

const IDLE_MS = 300
const SAMPLES_PER_MS = OPUS_SAMPLE_RATE_HZ / 1_000

type Options = {
  clock: Clock
  decoder: VoiceDecoder
  faults: FaultBoard
  openVoice: CaptureDriver['openVoice']
  softphone: () => SoftphoneCall | null
  onSpeaker: () => void
}
type Press = { call: RunningCall; by: Person; playOut: PlayOut; playback: VoicePlayback; isHeard: boolean; callOffIdle: () => void }

export class CoachVoice {
  private press: Press | null = null

  constructor(private readonly options: Options) {}

  get speaker(): Person | null {
    return this.press?.by ?? null
  }

  take(call: RunningCall, { from, number, bytes }: Omit<CoachVoiceForAgent, 'callId'>): void {
    if (this.press && this.press.by.id !== from.id) return
    const samples = this.options.decoder.decode(bytes)
    if (!samples) return
    const press = this.press ?? this.begin(call, from)
    this.awaitNext(press)
    const placed = press.playOut.place(number, call.nowMs)
    if (!placed || !press.isHeard) return
    if (placed.silenceMs > 0) press.playback.play(new Float32Array(Math.round(placed.silenceMs * SAMPLES_PER_MS)))
    press.playback.play(samples)
    call.coach.push({ atMs: placed.atMs, bytes, isKey: true }, placed.isBehindLoss, call.nowMs)
  }

  /** Nothing is recorded from now on: nothing is heard either. */
  silence(): void {
    this.end((playback) => playback.cut())
  }

  private begin(call: RunningCall, by: Person): Press {
    const { openVoice, softphone, faults, onSpeaker } = this.options
    faults.clear(COACH_UNHEARD_ID)
    const playback = openVoice(softphone(), (why) => {
      press.isHeard = false
      faults.raise(coachUnheard(by, why))
    })
    const press: Press = { call, by, playOut: new PlayOut(), playback, isHeard: true, callOffIdle: () => undefined }
    call.presence.join(by, 'coach', true)
    this.press = press
    onSpeaker()
    return press
  }

  private awaitNext(press: Press): void {
    press.callOffIdle()
    press.callOffIdle = this.options.clock.after(IDLE_MS, () => this.end((playback) => playback.finish()))
  }

  private end(stop: (playback: VoicePlayback) => Promise<void>): void {
    const { press } = this
    if (!press) return
    press.callOffIdle()
    void stop(press.playback)
    press.call.coach.endPress(press.call.nowMs)
    this.press = null
    this.options.onSpeaker()
  }
}
