/**
 * Tells calls from what programs play and record, and time; pure, so that it can be tested without a sound server.
 *
 * A program is on the phone while it plays and uses a microphone at once.
 *
 *   (none) ── both streams run for BEGIN_AFTER_MS, or one says media.role=phone ──▶ call
 *   call ── playback corked for HOLD_AFTER_MS ──▶ on hold ── uncorked ──▶ call
 *   call, on hold ── a stream missing for END_AFTER_MS, or both corked for ABANDONED_AFTER_MS ──▶ (none)
 */
import type { SoftphoneCall } from '../ports'
import { OWN_STREAM_PREFIX } from './opus-encoding'
import { isSameApplication, type PulseApplication, type PulseState, type PulseStream } from './pulse-state'

/** A browser opens a microphone for a moment when a page asks for its name. */
const BEGIN_AFTER_MS = 250
const HOLD_AFTER_MS = 250
/** A program that changes its device ends its stream and opens another. */
const END_AFTER_MS = 1_000
/** Longer than people are put on hold by programs that cork both streams; a closed WebRTC connection looks the same. */
const ABANDONED_AFTER_MS = 60_000

const ROLE_OF_CALLS = 'phone'
/** What these streams carry is no conversation. */
const ROLES_NEVER_OF_CALLS: ReadonlySet<string> = new Set(['event', 'filter', 'music', 'video', 'abstract', 'test'])

export type SoftphoneEvent = { kind: 'began' | 'ended'; call: SoftphoneCall } | { kind: 'hold'; call: SoftphoneCall; isHeld: boolean }

type Pair = { playback: PulseStream; microphone: PulseStream; device: string }
type Tracked = {
  application: PulseApplication
  /** Null until it has lasted long enough to be a call. */
  call: SoftphoneCall | null
  isHeld: boolean
  /** What is seen now and for how long: two streams that run, a corked playback, both corked, or a stream missing. */
  seen: 'running' | 'held' | 'corked' | 'missing'
  sinceMs: number
}

export class SoftphoneTracker {
  private tracked: Tracked[] = []

  /** What happened, given what the sound server holds now. To be called again at `nextDueMs`, changed or not. */
  update(state: PulseState, nowMs: number): SoftphoneEvent[] {
    const pairs = findPairs(state)
    for (const pair of pairs) if (!this.tracked.some((known) => isSameApplication(known.application, pair.playback.application))) this.tracked.push(begin(pair, nowMs))
    const events = this.tracked.flatMap((known) => advance(known, pairs.find((pair) => isSameApplication(known.application, pair.playback.application)), nowMs))
    this.tracked = this.tracked.filter((known) => !isOver(known, nowMs))
    return events
  }

  /** When time alone will change something; null when nothing is pending. */
  nextDueMs(nowMs: number): number | null {
    const due = this.tracked.map((known) => known.sinceMs + patienceMs(known)).filter((dueMs) => dueMs > nowMs)
    return due.length > 0 ? Math.min(...due) : null
  }
}

const begin = ({ playback }: Pair, nowMs: number): Tracked => ({ application: playback.application, call: null, isHeld: false, seen: 'running', sinceMs: nowMs })

/** Takes in what is seen of one program. */
function advance(known: Tracked, pair: Pair | undefined, nowMs: number): SoftphoneEvent[] {
  const seen = describe(pair)
  if (seen !== known.seen) Object.assign(known, { seen, sinceMs: nowMs })
  const isPhone = pair !== undefined && [pair.playback, pair.microphone].some((stream) => stream.mediaRole === ROLE_OF_CALLS)
  const hasLasted = nowMs - known.sinceMs >= patienceMs(known)
  const { call } = known

  if (!call) {
    if (!pair || seen !== 'running' || !(hasLasted || isPhone)) return []
    known.call = makeCall(pair)
    return [{ kind: 'began', call: known.call }]
  }
  if (isOver(known, nowMs)) return [{ kind: 'ended', call }]
  const isHeld = seen === 'held' || seen === 'corked' ? known.isHeld || nowMs - known.sinceMs >= HOLD_AFTER_MS : seen === 'missing' && known.isHeld
  if (isHeld === known.isHeld) return []
  known.isHeld = isHeld
  return [{ kind: 'hold', call, isHeld }]
}

function describe(pair: Pair | undefined): Tracked['seen'] {
  if (!pair) return 'missing'
  if (!pair.playback.isCorked) return 'running'
  return pair.microphone.isCorked ? 'corked' : 'held'
}

/** How long what is seen must last to mean something. */
function patienceMs({ call, seen, isHeld }: Tracked): number {
  if (!call) return seen === 'running' ? BEGIN_AFTER_MS : END_AFTER_MS
  if (seen === 'missing') return END_AFTER_MS
  if (seen === 'corked' && isHeld) return ABANDONED_AFTER_MS
  return HOLD_AFTER_MS
}

function isOver(known: Tracked, nowMs: number): boolean {
  const lastedMs = nowMs - known.sinceMs
  return (known.seen === 'missing' && lastedMs >= END_AFTER_MS) || (known.seen === 'corked' && lastedMs >= ABANDONED_AFTER_MS)
}

/** Programs that play and have a microphone open; of several streams the one that says it is a call, else the newest. */
function findPairs(state: PulseState): Pair[] {
  const playbacks = state.playbacks.filter(mayBeCall).sort(byLikelihood)
  const microphones = state.recordings.filter(mayBeCall).sort(byLikelihood)
  return playbacks.flatMap((playback, index) => {
    const isFirstOfProgram = playbacks.findIndex((other) => isSameApplication(other.application, playback.application)) === index
    const microphone = microphones.find((stream) => isSameApplication(stream.application, playback.application) && deviceOf(stream, state))
    const device = microphone && deviceOf(microphone, state)
    return isFirstOfProgram && microphone && device ? [{ playback, microphone, device }] : []
  })
}

const mayBeCall = ({ application, mediaName, mediaRole }: PulseStream): boolean =>
  (application.name !== '' || application.processId !== '') && !mediaName.startsWith(OWN_STREAM_PREFIX) && !ROLES_NEVER_OF_CALLS.has(mediaRole ?? '')

const byLikelihood = (a: PulseStream, b: PulseStream): number =>
  Number(b.mediaRole === ROLE_OF_CALLS) - Number(a.mediaRole === ROLE_OF_CALLS) || Number(a.isCorked) - Number(b.isCorked) || b.index - a.index

/** Who records a speaker's monitor uses no microphone. */
const deviceOf = (stream: PulseStream, state: PulseState): string | undefined =>
  state.sources.find((source) => source.index === stream.deviceIndex && !source.isMonitor)?.name

const makeCall = ({ playback, microphone, device }: Pair): SoftphoneCall => ({
  application: playback.application.name || playback.application.binary,
  playbackStream: playback.index,
  microphoneStream: microphone.index,
  microphoneDevice: device,
})
