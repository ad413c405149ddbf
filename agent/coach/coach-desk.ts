/**
 * What supervisors do to the running call from afar: who listens or stands as witness, what they write and say to the
 * technician. It goes into the call's log and onto the panel. What is meant for another call is not taken.
 *
 * A text waits on the panel until the technician has read it or the call is closed.
 */
import type { CoachTextForAgent, CoachVoiceForAgent, PresenceForAgent } from '@/protocol/agent-messages'
import type { CallId } from '@/protocol/ids'
import type { CallRecorder } from '../call/call-recorder'
import type { RunningCall } from '../call/running-call'
import type { PanelCoaching, PanelCoachText } from '../panel/ports'
import type { CoachLink } from './link'
import { CoachVoice } from './coach-voice'

type Options = Omit<ConstructorParameters<typeof CoachVoice>[0], 'onSpeaker'> & {
  recorder: CallRecorder
  /** Something of what the panel shows is another. */
  onChanged: () => void
}

export class CoachDesk {
  private readonly voice: CoachVoice
  private texts: PanelCoachText[] = []
  private link: CoachLink | null = null
  /** Told once there is a connection again. */
  private unsentReads: { callId: CallId; id: string }[] = []

  constructor(private readonly options: Options) {
    this.voice = new CoachVoice({ ...options, onSpeaker: options.onChanged })
  }

  /** For the panel, of the running call. */
  get coaching(): PanelCoaching {
    return { present: this.runningCall?.presence.shown ?? [], texts: this.texts, speaker: this.voice.speaker }
  }

  useLink(link: CoachLink | null): void {
    this.link = link
    if (link) for (const read of this.unsentReads.splice(0)) link.sendCoachRead(read)
  }

  /** Whether the panel's state has it now; one that it has already is not shown twice. */
  handleText({ callId, id, from, text }: CoachTextForAgent): boolean {
    const call = this.callOf(callId)
    if (!call) return false
    if (this.texts.some((shown) => shown.id === id)) return true
    call.presence.join(from, 'coach', true)
    call.append({ kind: 'note', atMs: call.nowMs, data: { by: from, text, to: 'technician' } })
    this.texts = [...this.texts, { id, from, text, atMs: call.nowMs }]
    this.options.onChanged()
    return true
  }

  handleVoice({ callId, ...packet }: CoachVoiceForAgent): void {
    const call = this.callOf(callId)
    if (!call) return
    if (this.isRecording(call)) this.voice.take(call, packet)
    else this.voice.silence()
  }

  handlePresence({ callId, person, as, state, isShown, invited }: PresenceForAgent): void {
    const call = this.callOf(callId)
    if (!call) return
    if (state === 'joined') call.presence.join(person, as, isShown, invited)
    else call.presence.leave(person, as)
    this.options.onChanged()
  }

  /** The technician has read it. */
  markRead(id: string): void {
    const call = this.runningCall
    if (!call || !this.texts.some((text) => text.id === id)) return
    this.texts = this.texts.filter((text) => text.id !== id)
    const read = { callId: call.callId, id }
    if (this.link) this.link.sendCoachRead(read)
    else this.unsentReads.push(read)
    this.options.onChanged()
  }

  /** To be called on every change of the recorder. */
  handleRecorderState(): void {
    const call = this.runningCall
    if (!call || !this.isRecording(call)) this.voice.silence()
  }

  handleClosed(): void {
    this.texts = []
  }

  private isRecording(call: RunningCall): boolean {
    return this.options.recorder.current.phase === 'recording' && call.isGateOpen && !call.coach.isOver
  }

  private callOf(callId: CallId): RunningCall | null {
    return this.runningCall?.callId === callId ? this.runningCall : null
  }

  private get runningCall(): RunningCall | null {
    const state = this.options.recorder.current
    return 'call' in state ? state.call : null
  }
}
