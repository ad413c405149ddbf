/**
 * Captions of the calls that somebody follows.
 *
 * They are the first to give way: their requests wait behind those of the transcripts, a track has one at a time, and what
 * they leave out comes with the transcript. A call whose captions are more than four seconds late is told to be `too-busy`
 * until they have caught up.
 */
import type { CallId } from '@/protocol/ids'
import type { LiveItem } from '@/protocol/live-items'
import type { LiveCallView, LiveWords } from '@/protocol/live-messages'
import type { AudioTrack } from '@/protocol/tracks'
import { SPOKEN_TRACKS } from '../transcribe/call-transcriber'
import type { SpeechService } from '../transcribe/speech-service'
import type { Utterance } from '../transcribe/utterances'
import { CaptionTrack, LIMIT_LAG_MS } from './caption-track'

/** From here on captions have caught up. */
const CAUGHT_UP_LAG_MS = 1_500

export type CaptionsState = LiveCallView['captions']
export type CaptionsListener = { onWords(callId: CallId, words: LiveWords[]): void; onState(callId: CallId, state: CaptionsState): void }
export type LiveCaptionsDeps = {
  speech: SpeechService
  listener: CaptionsListener
  /** Names and terms that the engine should lean towards. */
  vocabulary?: readonly string[]
  log: { warn(message: string): void }
  nowMs?: () => number
}

type Followed = { tracks: Map<AudioTrack, CaptionTrack>; state: CaptionsState; isFailing: boolean }

export class LiveCaptions {
  private readonly calls = new Map<CallId, Followed>()
  private readonly ending = new Set<Promise<void>>()

  constructor(private readonly deps: LiveCaptionsDeps) {}

  /** Following twice is following once. */
  follow(callId: CallId): void {
    if (!this.calls.has(callId)) this.calls.set(callId, { tracks: new Map(), state: 'running', isFailing: false })
  }

  /** Packets in order for each track, as they come from the agent; the screen and the coach are passed over. Never waits. */
  push(callId: CallId, items: readonly LiveItem[]): void {
    const call = this.calls.get(callId)
    if (!call) return
    for (const { track, atMs, bytes } of items) if (isSpoken(track)) this.trackOf(callId, call, track).push({ atMs, bytes })
    this.judge(callId, call)
  }

  /** The transcript has an utterance: captions do not go behind it any more. */
  handleUtterance(callId: CallId, { track, endMs }: Pick<Utterance, 'track' | 'endMs'>): void {
    const call = this.calls.get(callId)
    if (call) this.trackOf(callId, call, track).handleTranscribed(endMs)
  }

  /** `running` also for a call that is not followed. */
  stateOf(callId: CallId): CaptionsState {
    return this.calls.get(callId)?.state ?? 'running'
  }

  unfollow(callId: CallId): void {
    for (const track of this.calls.get(callId)?.tracks.values() ?? []) {
      const end = track.end().finally(() => this.ending.delete(end))
      this.ending.add(end)
    }
    this.calls.delete(callId)
  }

  async dispose(): Promise<void> {
    for (const callId of [...this.calls.keys()]) this.unfollow(callId)
    await Promise.all(this.ending)
  }

  private trackOf(callId: CallId, call: Followed, track: AudioTrack): CaptionTrack {
    const known = call.tracks.get(track)
    if (known) return known
    const { speech, listener, vocabulary = [], log, nowMs = () => performance.now() } = this.deps
    const made = new CaptionTrack({
      ...{ track, speech, vocabulary, nowMs },
      onWords: (words) => {
        call.isFailing = false
        listener.onWords(callId, words)
        this.judge(callId, call)
      },
      onFailed: (cause) => {
        if (!call.isFailing) log.warn(`captions of call ${callId} failed and go on with what comes: ${cause instanceof Error ? cause.message : String(cause)}`)
        call.isFailing = true
      },
    })
    call.tracks.set(track, made)
    return made
  }

  private judge(callId: CallId, call: Followed): void {
    const lagMs = Math.max(0, ...[...call.tracks.values()].map((track) => track.lagMs))
    const limitMs = call.state === 'running' ? LIMIT_LAG_MS : CAUGHT_UP_LAG_MS
    const state = lagMs > limitMs ? 'too-busy' : 'running'
    if (state === call.state) return
    call.state = state
    this.deps.listener.onState(callId, state)
  }
}

const isSpoken = (track: LiveItem['track']): track is AudioTrack => (SPOKEN_TRACKS as readonly string[]).includes(track)
