/**
 * The moments before a call has a log: what the captures deliver is held in memory until it is known where the timeline
 * begins (the first delivery) and whether there is a screen. At most `SCREEN_LIMIT_MS` of sound is held after the first.
 */
import type { ScreenSize } from '../capture/ports'
import type { CapturedItem } from './captures'
import type { Clock } from './clock'
import type { Loss } from './track-recorder'
import type { Track } from '@/protocol/tracks'

const SCREEN_LIMIT_MS = 3_000

export type ScreenOutcome = { size: ScreenSize } | { size: null; why: string }

export class CallStart {
  readonly heldItems: CapturedItem[] = []
  readonly losses = new Map<Track, Loss>()
  private readonly firstItem: Promise<void>
  private tellFirstItem: () => void = () => undefined
  private isCalledOff = false

  constructor(private readonly clock: Clock) {
    this.firstItem = new Promise((resolve) => (this.tellFirstItem = resolve))
  }

  take(item: CapturedItem): void {
    this.heldItems.push(item)
    this.losses.delete(item.track)
    this.tellFirstItem()
  }

  lose(track: Track, loss: Loss): void {
    this.losses.set(track, loss)
  }

  callOff(): void {
    this.isCalledOff = true
    this.tellFirstItem()
  }

  /** Resolves when the call can begin; `null` when it was called off first: what is held by then is forgotten. */
  async ready(openingScreen: Promise<ScreenSize>): Promise<{ originWallMs: number; screen: ScreenOutcome } | null> {
    const screen = await this.withinLimit(openingScreen)
    await this.firstItem
    if (this.isCalledOff) return null
    return { originWallMs: Math.min(...this.heldItems.map(({ wallMs }) => wallMs)), screen }
  }

  private async withinLimit(opening: Promise<ScreenSize>): Promise<ScreenOutcome> {
    let callOffLimit = (): void => undefined
    const limit = new Promise<ScreenOutcome>((resolve) => {
      callOffLimit = this.clock.after(SCREEN_LIMIT_MS, () => resolve({ size: null, why: `the screen did not open within ${SCREEN_LIMIT_MS / 1000} s` }))
    })
    const outcome = opening.then(
      (size): ScreenOutcome => ({ size }),
      (error: unknown): ScreenOutcome => ({ size: null, why: error instanceof Error ? error.message : String(error) }),
    )
    return Promise.race([outcome, limit]).finally(() => callOffLimit())
  }
}
