/** The server's wall clock, as well as it can be read from here. */
import { ClockOffset } from '@/protocol/clock-offset'

export class ServerClock {
  private offset = new ClockOffset()
  private isStale = false

  /** `localNow`: a clock in milliseconds that is never set. */
  constructor(private readonly localNow: () => number = monotonicWallMs) {}

  /** At each connection: what was measured before a sleep or a cut serves only until the first new answer. */
  beginAnew(): void {
    this.isStale = true
  }

  /** Rejects as `ask` does. */
  async measure(ask: () => Promise<number>): Promise<void> {
    const askedMs = this.localNow()
    const serverMs = await ask()
    if (this.isStale) this.offset = new ClockOffset()
    this.isStale = false
    this.offset.add(askedMs, serverMs, this.localNow())
  }

  get isKnown(): boolean {
    return Number.isFinite(this.offset.errorMs)
  }

  /** Before the first round trip: the computer's own clock. */
  get nowMs(): number {
    return this.localNow() + this.offset.offsetMs
  }

  /** How far wrong `nowMs` can be. */
  get errorMs(): number {
    return this.offset.errorMs
  }
}

/** Wall time that does not jump when the computer's clock is set. */
const monotonicWallMs = (): number => performance.timeOrigin + performance.now()
