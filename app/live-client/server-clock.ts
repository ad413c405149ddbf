/**
 * The server's wall clock, as well as it can be read from here: of several round trips the quickest one counts, whose
 * answer can be wrong by half its length at most.
 */
const KEPT_ROUND_TRIPS = 16

type RoundTrip = Readonly<{ lengthMs: number; offsetMs: number }>

export class ServerClock {
  private roundTrips: RoundTrip[] = []

  /** `localNow`: a clock in milliseconds that is never set. */
  constructor(private readonly localNow: () => number = monotonicWallMs) {}

  /** Rejects as `ask` does. */
  async measure(ask: () => Promise<number>): Promise<void> {
    const sentMs = this.localNow()
    const serverMs = await ask()
    const lengthMs = this.localNow() - sentMs
    this.roundTrips = [...this.roundTrips.slice(1 - KEPT_ROUND_TRIPS), { lengthMs, offsetMs: serverMs - (sentMs + lengthMs / 2) }]
  }

  get isKnown(): boolean {
    return this.roundTrips.length > 0
  }

  /** Before the first round trip: the computer's own clock. */
  get nowMs(): number {
    return this.localNow() + (this.best?.offsetMs ?? 0)
  }

  /** How far wrong `nowMs` can be; `null` before the first round trip. */
  get errorMs(): number | null {
    return this.best ? this.best.lengthMs / 2 : null
  }

  private get best(): RoundTrip | undefined {
    return this.roundTrips.reduce<RoundTrip | undefined>((best, next) => (best && best.lengthMs <= next.lengthMs ? best : next), undefined)
  }
}

/** Wall time that does not jump when the computer's clock is set. */
const monotonicWallMs = (): number => performance.timeOrigin + performance.now()
