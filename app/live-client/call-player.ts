/**
 * Plays a call that is listened to. Modes: `now` (what arrives is heard and seen at once; what arrives late after a cut is
 * kept, and marked as skipped), `back` (out of the window of what was kept, at its own pace, until one is back at now).
 */
import type { LiveItem } from '@/protocol/live-items'
import type { LiveEmits } from '@/protocol/live-messages'
import { LiveWindow } from '@/protocol/live-window'
import { OPUS_PACKET_MS, OPUS_SILENCE } from '@/protocol/opus'
import type { AudioTrack } from '@/protocol/tracks'
import { withBytes } from './live-socket'
import { PresentGate } from './present-gate'
import { ScreenOutput } from './screen/screen-output'
import type { ServerClock } from './server-clock'
import { SoundOutput } from './sound/sound-output'
import type { SoundReport } from './sound/track-sound'
import { Store } from './store'

const TICK_MS = 100
/** A hidden page's timers may run once a second only. */
const LOOKAHEAD_MS = 1_500
const STALLED_AFTER_MS = 1_500
/** Less than this is a hiccup that nobody would want to hear again. */
const MIN_SKIP_MS = 400
const MAX_SKIPS = 5

export type LiveMessage = Parameters<LiveEmits['items']>[0]
/** `[fromMs, toMs)` of the call was not heard because it came too late. */
export type Skip = Readonly<{ fromMs: number; toMs: number }>
export type PlayerState = Readonly<{
  mode: 'now' | 'back'
  /** How far behind the present one hears; 0 at now. */
  behindMs: number
  skips: readonly Skip[]
  /** Pieces that the server left out because this page did not keep up. */
  leftOut: number
  /** Nothing comes, though the connection stands. */
  isStalled: boolean
}>
/** From the capture on the technician's computer to here; `null` while nothing is played. */
export type Latency = Readonly<{ soundMs: number | null; screenMs: number | null }>
/** Peak of the last tenth of a second, 0 to 1. */
export type Peaks = Readonly<Partial<Record<AudioTrack, number>>>

type Back = { fromMs: number; sinceS: number; fedMs: Map<AudioTrack, number>; seenMs: number }

const AUDIO_TRACKS: readonly AudioTrack[] = ['technician', 'customer', 'mixed', 'coach']

export class CallPlayer {
  readonly window = new LiveWindow()
  readonly state = new Store<PlayerState>({ mode: 'now', behindMs: 0, skips: [], leftOut: 0, isStalled: false })
  readonly latency = new Store<Latency>({ soundMs: null, screenMs: null })
  readonly peaks = new Store<Peaks>({})
  readonly sound = new SoundOutput((track, report) => this.handleReport(track, report))
  readonly screen = new ScreenOutput((atMs) => this.handleDrawn(atMs))

  private readonly gate = new PresentGate()
  private readonly screenGate = new PresentGate()
  private readonly timer = setInterval(() => this.tick(), TICK_MS)
  private originMs: number | null = null
  private back: Back | null = null
  private heardMs: number | null = null
  private isCatchingUp = false
  private measuredScreenMs = -Infinity
  private soundMs: number[] = []
  private ticks = 0
  private arrivedAt = performance.now()

  constructor(private readonly clock: ServerClock) {}

  receive({ originMs, items, skipped }: LiveMessage): void {
    this.originMs = originMs
    this.arrivedAt = performance.now()
    const fresh = items.map(withBytes).filter((item) => this.window.push(item))
    if (skipped > 0) this.state.update((before) => ({ ...before, leftOut: before.leftOut + skipped }))
    if (this.back) return
    const frames = fresh.filter(({ track }) => track === 'screen')
    const last = frames.at(-1)
    if (last && this.clock.isKnown && this.screenGate.admits(this.ageMs(last.atMs), performance.now())) this.measuredScreenMs = last.atMs
    this.screen.decode(frames)
    for (const item of fresh) if (item.track !== 'screen') this.hear(item, item.track)
  }

  /** Plays from there on, or from the oldest that is held. */
  goBack(toMs: number): void {
    const begins = AUDIO_TRACKS.flatMap((track) => this.window.between(track, -Infinity, Infinity).slice(0, 1))
    const fromMs = Math.max(toMs, Math.min(...begins.map(({ atMs }) => atMs)))
    if (begins.length === 0 || !Number.isFinite(fromMs)) return
    this.back = { fromMs, sinceS: this.sound.nowS, fedMs: new Map(), seenMs: -Infinity }
    for (const { track } of begins) if (track !== 'screen') this.sound.track(track)?.restart(false)
    this.screen.restart()
    this.latency.set({ soundMs: null, screenMs: null })
    this.state.update((before) => ({ ...before, mode: 'back' }))
    this.tick()
  }

  goBackBy(deltaMs: number): void {
    this.goBack((this.back ? this.backAtMs(this.back) : this.presentMs) - deltaMs)
  }

  goToNow(): void {
    if (!this.back) return
    const { seenMs } = this.back
    this.back = null
    this.heardMs = null
    for (const track of this.sound.all) track.restart(true)
    this.screen.decode(this.window.between('screen', seenMs, Infinity))
    this.state.update((before) => ({ ...before, mode: 'now', behindMs: 0 }))
  }

  /** Whether any of it is still held. */
  canHear({ toMs }: Skip): boolean {
    return AUDIO_TRACKS.some((track) => this.window.between(track, -Infinity, toMs).length > 0)
  }

  forgetSkip(skip: Skip): void {
    this.state.update((before) => ({ ...before, skips: before.skips.filter((one) => one !== skip) }))
  }

  dispose(): void {
    clearInterval(this.timer)
    this.screen.dispose()
    void this.sound.dispose()
  }

  /** Where the call itself is now. */
  get presentMs(): number {
    return this.originMs === null ? 0 : this.clock.nowMs - this.originMs
  }

  private hear(item: LiveItem, track: AudioTrack): void {
    if (!this.clock.isKnown) return
    if (!this.gate.admits(this.ageMs(item.atMs), performance.now())) {
      this.isCatchingUp = this.heardMs !== null
      return
    }
    if (this.isCatchingUp) this.markSkip(item.atMs)
    this.isCatchingUp = false
    const sound = this.sound.track(track)
    if (!sound) return
    this.heardMs = Math.max(this.heardMs ?? 0, item.atMs)
    sound.decode(item)
  }

  private markSkip(toMs: number): void {
    const skip = { fromMs: this.heardMs! + OPUS_PACKET_MS, toMs }
    if (skip.toMs - skip.fromMs < MIN_SKIP_MS) return
    this.state.update((before) => ({ ...before, skips: [...before.skips.slice(1 - MAX_SKIPS), skip] }))
  }

  private tick(): void {
    if (++this.ticks % (1_000 / TICK_MS) === 0) this.tellSoundLatency()
    const isStalled = performance.now() - this.arrivedAt > STALLED_AFTER_MS
    if (isStalled !== this.state.get().isStalled) this.state.update((before) => ({ ...before, isStalled }))
    if (this.back) this.playBack(this.back)
  }

  private playBack(back: Back): void {
    const atMs = this.backAtMs(back)
    for (const track of AUDIO_TRACKS) this.feed(back, track, atMs + LOOKAHEAD_MS)
    this.showAt(back, atMs)
    const behindMs = Math.round((this.presentMs - atMs) / 1_000) * 1_000
    if (behindMs !== this.state.get().behindMs) this.state.update((before) => ({ ...before, behindMs }))
  }

  /** Holes are filled with silence, so that the tracks stay together. */
  private feed(back: Back, track: AudioTrack, untilMs: number): void {
    const sound = this.sound.track(track)
    const fedMs = back.fedMs.get(track) ?? back.fromMs - OPUS_PACKET_MS
    const items = this.window.between(track, fedMs, untilMs)
    if (!sound || (items.length === 0 && !back.fedMs.has(track) && this.window.between(track, -Infinity, Infinity).length === 0)) return
    let atMs = fedMs
    const fill = (toMs: number): void => {
      for (; toMs - atMs > 1.5 * OPUS_PACKET_MS; atMs += OPUS_PACKET_MS) sound.decode({ atMs: atMs + OPUS_PACKET_MS, bytes: OPUS_SILENCE })
    }
    for (const item of items) {
      fill(item.atMs)
      sound.decode(item)
      atMs = item.atMs
    }
    fill(Math.min(untilMs, this.heldUntilMs))
    back.fedMs.set(track, atMs)
  }

  private showAt(back: Back, atMs: number): void {
    const frames = this.window.between('screen', back.seenMs, atMs)
    const first = back.seenMs === -Infinity ? frames.findLastIndex(({ isKey }) => isKey) : 0
    if (first < 0 || frames.length === 0) return
    this.screen.decode(frames.slice(first))
    back.seenMs = frames.at(-1)!.atMs
  }

  private get heldUntilMs(): number {
    return Math.max(...AUDIO_TRACKS.map((track) => this.window.positions[track] ?? -Infinity))
  }

  private backAtMs({ fromMs, sinceS }: Back): number {
    return fromMs + (this.sound.nowS - sinceS) * 1_000
  }

  private handleReport(track: AudioTrack, report: SoundReport): void {
    this.peaks.update((before) => ({ ...before, [track]: report.peak }))
    if (report.atMs === null || this.back) return
    const sincePlayedMs = (this.sound.nowS - report.atContextS) * 1_000
    this.soundMs.push(this.ageMs(report.atMs) - sincePlayedMs + this.sound.latencyMs)
  }

  /** The median of the last second. */
  private tellSoundLatency(): void {
    const sorted = this.soundMs.sort((a, b) => a - b)
    const soundMs = sorted.length > 0 ? Math.round(sorted[Math.floor(sorted.length / 2)]!) : null
    this.soundMs = []
    if (soundMs !== this.latency.get().soundMs) this.latency.update((before) => ({ ...before, soundMs }))
  }

  private handleDrawn(atMs: number): void {
    // Frames that were old when they came say nothing of how long one takes.
    if (this.back || Math.abs(atMs - this.measuredScreenMs) > 0.01) return
    const screenMs = Math.round(this.ageMs(atMs))
    this.latency.update((before) => ({ ...before, screenMs }))
  }

  private ageMs(atMs: number): number {
    return this.presentMs - atMs
  }
}
