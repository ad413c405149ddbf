/**
 * Plays a call that is listened to. Modes: `now` (what arrives is heard and seen at once; what arrives late after a cut is
 * kept, and marked as skipped), `back` (out of the window of what was kept, at its own pace, until one is back at now).
 */
import type { LiveItem } from '@/protocol/live-items'
import type { LiveEmits } from '@/protocol/live-messages'
import { LiveWindow } from '@/protocol/live-window'
import { OPUS_PACKET_MS } from '@/protocol/opus'
import type { AudioTrack } from '@/protocol/tracks'
import { BackPlayer } from './back-player'
import { LatencyMeter } from './latency-meter'
import { withBytes } from './live-socket'
import { PresentGate } from './present-gate'
import { ScreenOutput } from './screen/screen-output'
import type { ServerClock } from './server-clock'
import { SoundOutput } from './sound/sound-output'
import type { SoundReport } from './sound/track-sound'
import { Store } from './store'

const TICK_MS = 100
const TICKS_PER_SECOND = 1_000 / TICK_MS
const STALLED_AFTER_MS = 1_500
/** Less than this is a hiccup that nobody would want to hear again. */
const MIN_SKIP_MS = 400
const MAX_SKIPS = 5
/** What comes in one message and is older than its newest by more is being caught up, not heard. */
const MAX_BURST_MS = 600
const AUDIO_TRACKS: readonly AudioTrack[] = ['technician', 'customer', 'mixed', 'coach']

export type LiveMessage = Parameters<LiveEmits['items']>[0]
/** `[fromMs, toMs)` of the call was not heard because it came too late. */
export type Skip = Readonly<{ fromMs: number; toMs: number }>
export type PlayerState = Readonly<{
  mode: 'now' | 'back'
  /** How far behind the present one hears, in whole seconds; 0 at now. */
  behindMs: number
  skips: readonly Skip[]
  /** Pieces that the server left out because this page did not keep up. */
  leftOut: number
  /** Nothing comes, though the connection stands. */
  isStalled: boolean
}>
/** Peak of the last tenth of a second, 0 to 1. */
export type Peaks = Readonly<Partial<Record<AudioTrack, number>>>

export class CallPlayer {
  readonly window = new LiveWindow()
  readonly state = new Store<PlayerState>({ mode: 'now', behindMs: 0, skips: [], leftOut: 0, isStalled: false })
  readonly peaks = new Store<Peaks>({})
  readonly sound = new SoundOutput((track, report) => this.handleReport(track, report))
  readonly screen = new ScreenOutput((atMs) => this.handleDrawn(atMs))

  private readonly meter = new LatencyMeter()
  private readonly gate = new PresentGate()
  private readonly screenGate = new PresentGate()
  private readonly timer = setInterval(() => this.tick(), TICK_MS)
  private originMs: number | null = null
  private back: BackPlayer | null = null
  /** How far the present has been heard. */
  private heardMs: number | null = null
  private isCatchingUp = false
  private freshFrameMs = -Infinity
  private ticks = 0
  private arrivedAtMs = performance.now()

  constructor(private readonly clock: ServerClock) {}

  get latency(): LatencyMeter['latency'] {
    return this.meter.latency
  }

  receive({ originMs, items, skipped }: LiveMessage): void {
    this.originMs = originMs
    this.arrivedAtMs = performance.now()
    const fresh = items.map(withBytes).filter((item) => this.window.push(item))
    if (skipped > 0) this.state.update((before) => ({ ...before, leftOut: before.leftOut + skipped }))
    if (this.back) return
    this.see(fresh.filter(({ track }) => track === 'screen'))
    const edgeMs = Math.max(...fresh.map(({ atMs }) => atMs)) - MAX_BURST_MS
    for (const item of fresh) if (item.track !== 'screen') this.hear(item, item.track, edgeMs)
  }

  /** Plays from there on, or from the oldest that is held. */
  goBack(toMs: number): void {
    const held = AUDIO_TRACKS.flatMap((track) => this.window.between(track, -Infinity, Infinity).slice(0, 1))
    if (held.length === 0) return
    const tracks = AUDIO_TRACKS.filter((track) => held.some((first) => first.track === track))
    this.back = new BackPlayer({ window: this.window, sound: this.sound, screen: this.screen, tracks }, Math.max(toMs, Math.min(...held.map(({ atMs }) => atMs))))
    this.meter.forget()
    this.state.update((before) => ({ ...before, mode: 'back' }))
    this.tick()
  }

  goBackBy(deltaMs: number): void {
    this.goBack((this.back?.atMs ?? this.presentMs) - deltaMs)
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

  /** Where that stands which is heard now, in ms. */
  get positionMs(): number {
    return Math.max(0, Math.round(this.back?.atMs ?? this.heardMs ?? this.presentMs))
  }

  /** Where the call itself is now. */
  private get presentMs(): number {
    return this.originMs === null ? 0 : this.clock.nowMs - this.originMs
  }

  private hear(item: LiveItem, track: AudioTrack, edgeMs: number): void {
    if (!this.clock.isKnown) return
    if (item.atMs < edgeMs || !this.gate.admits(this.presentMs - item.atMs, performance.now())) {
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

  private see(frames: readonly LiveItem[]): void {
    const last = frames.at(-1)
    // Frames that were old when they came say nothing of how long one takes.
    if (last && this.clock.isKnown && this.screenGate.admits(this.presentMs - last.atMs, performance.now())) this.freshFrameMs = last.atMs
    this.screen.decode(frames)
  }

  private markSkip(toMs: number): void {
    const skip = { fromMs: this.heardMs! + OPUS_PACKET_MS, toMs }
    if (skip.toMs - skip.fromMs < MIN_SKIP_MS) return
    this.state.update((before) => ({ ...before, skips: [...before.skips.slice(1 - MAX_SKIPS), skip] }))
  }

  private tick(): void {
    if (++this.ticks % TICKS_PER_SECOND === 0) this.meter.tell()
    this.back?.feed()
    const isStalled = performance.now() - this.arrivedAtMs > STALLED_AFTER_MS
    const behindMs = this.back ? Math.round((this.presentMs - this.back.atMs) / 1_000) * 1_000 : 0
    this.state.update((before) => (isStalled === before.isStalled && behindMs === before.behindMs ? before : { ...before, isStalled, behindMs }))
  }

  private handleReport(track: AudioTrack, report: SoundReport): void {
    this.peaks.update((before) => ({ ...before, [track]: report.peak }))
    if (report.atMs === null || this.back) return
    const sincePlayedMs = (this.sound.nowS - report.atContextS) * 1_000
    this.meter.addSound(this.presentMs - report.atMs - sincePlayedMs + this.sound.latencyMs)
  }

  private handleDrawn(atMs: number): void {
    // Stamps of frames are whole microseconds.
    if (!this.back && Math.abs(atMs - this.freshFrameMs) < 0.01) this.meter.addScreen(this.presentMs - atMs)
  }
}
