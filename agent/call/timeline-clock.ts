/**
 * Where a call stands, and where a wall-clock stamp belongs on its timeline.
 *
 * The timeline follows the monotonic clock and jumps over sleep, so that sleep is a gap and not nothing. Stamps of sound,
 * frames and actions are wall time; they are mapped through the offset between both clocks. The offset follows slow
 * correction of the wall clock, and when the wall clock is set, a stamp taken just before still finds the old offset.
 */
import type { EntryOf } from '@/protocol/entries'
import type { Clock } from './clock'

type ClockData = EntryOf<'clock'>['data']
/** One instant on the timeline and on the monotonic clock. */
export type TimelineAnchor = { atMs: number; monotonicMs: number }
export type ClockEvent = { reason: 'step'; byMs: number } | { reason: 'sleep'; fromMs: number; toMs: number }

/** More than slow correction (500 ppm) can move the wall clock between two looks. */
const STEP_MS = 20
/** The uptime of some systems is only good to 10 ms, and both clocks are not read at once. */
const SLEEP_MS = 1_000
/** A stamp is told at most so long after it was taken, and never noticeably before. */
const OLDEST_STAMP_MS = 5_000
const FUTURE_STAMP_MS = 60

export class TimelineClock {
  private anchor: TimelineAnchor
  /** Wall time less timeline; newest first. */
  private offsetsMs: number[]
  private asleepMs: number

  constructor(
    private readonly clock: Clock,
    anchor: TimelineAnchor,
  ) {
    this.anchor = anchor
    this.offsetsMs = [clock.wallMs() - this.nowMs()]
    this.asleepMs = this.readAsleepMs()
  }

  /** A timeline that begins at this wall time. */
  static beginningAt(clock: Clock, wallMs: number): TimelineClock {
    return new TimelineClock(clock, { atMs: 0, monotonicMs: clock.monotonicMs() - (clock.wallMs() - wallMs) })
  }

  /** Goes on from the last clock entry of a log: by the monotonic clock in the same boot, otherwise by the wall clock. */
  static continuing(clock: Clock, { atMs, data }: Pick<EntryOf<'clock'>, 'atMs' | 'data'>): TimelineClock {
    return new TimelineClock(clock, { atMs: positionNow(clock, atMs, data), monotonicMs: clock.monotonicMs() })
  }

  nowMs(): number {
    return this.anchor.atMs + (this.clock.monotonicMs() - this.anchor.monotonicMs)
  }

  toAtMs(wallMs: number): number {
    const nowMs = this.nowMs()
    const isPlausible = (atMs: number): boolean => atMs <= nowMs + FUTURE_STAMP_MS && atMs >= nowMs - OLDEST_STAMP_MS
    const [newestMs = 0, ...olderMs] = this.offsetsMs
    for (const offsetMs of [newestMs, ...olderMs, this.clock.wallMs() - nowMs]) if (isPlausible(wallMs - offsetMs)) return wallMs - offsetMs
    return wallMs - newestMs
  }

  /** Looks at all clocks; to be called a few times a second. Says what has happened to them since the last time. */
  check(): ClockEvent | null {
    const sleptMs = this.readAsleepMs() - this.asleepMs
    if (sleptMs > SLEEP_MS) {
      const fromMs = this.nowMs()
      this.asleepMs += sleptMs
      this.anchor = { ...this.anchor, atMs: this.anchor.atMs + sleptMs }
      this.offsetsMs = [this.clock.wallMs() - this.nowMs()]
      return { reason: 'sleep', fromMs, toMs: this.nowMs() }
    }
    const offsetMs = this.clock.wallMs() - this.nowMs()
    const byMs = offsetMs - (this.offsetsMs[0] ?? offsetMs)
    if (Math.abs(byMs) > STEP_MS) {
      this.offsetsMs = [offsetMs, ...this.offsetsMs].slice(0, 2)
      return { reason: 'step', byMs }
    }
    this.offsetsMs[0] = offsetMs
    return null
  }

  /** What a clock entry at this very instant says. */
  read(reason: ClockData['reason']): { atMs: number; data: ClockData } {
    const monotonicMs = this.clock.monotonicMs()
    const wallMs = this.clock.wallMs()
    const atMs = Math.max(0, Math.round(this.anchor.atMs + monotonicMs - this.anchor.monotonicMs))
    return { atMs, data: { wallMs, monotonicMs, bootId: this.clock.bootId, reason } }
  }

  private readonly readAsleepMs = (): number => this.clock.uptimeMs() - this.clock.monotonicMs()
}

/** Where a call stands now, going by the last clock entry of its log. */
export function positionNow(clock: Clock, atMs: number, then: ClockData): number {
  const wallPassedMs = clock.wallMs() - then.wallMs
  const monotonicPassedMs = clock.monotonicMs() - then.monotonicMs
  const isSameBoot = clock.bootId === then.bootId && monotonicPassedMs >= 0
  // What the wall clock has over the monotonic one while nobody watched was sleep.
  const passedMs = isSameBoot && wallPassedMs - monotonicPassedMs < SLEEP_MS ? monotonicPassedMs : wallPassedMs
  return atMs + Math.max(0, passedMs)
}
