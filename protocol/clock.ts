/**
 * From a position on the timeline to wall time, and how far wrong that can be.
 *
 * A `clock` entry ties the agent's monotonic clock to its wall clock. A seal and its receipt enclose the server's clock:
 * the server signed `receivedAt` after the seal was written and before the receipt was, so at `receivedAt` the timeline
 * stood somewhere in `[seal.atMs, receipt.atMs]`: in its middle, give or take half of it (Cristian 1989). Farther away the
 * two clocks drift apart, so each position goes by the receipt that bounds it most tightly.
 */
import type { LogEntry } from './entries'

/** `errorMs` is `null` while no receipt has confirmed the clock: the agent's own word is all there is. */
export type WallTime = { wallMs: number; errorMs: number | null }

/** What the log says of the clocks, as plain values. */
export type ClockReadings = { readonly agent: readonly Offset[]; readonly server: readonly Pin[] }

/** Milliseconds of wall time less milliseconds of timeline, valid from `fromMs` on. */
type Offset = { fromMs: number; offsetMs: number }

/** What one receipt says: at `atMs`, the middle of its window, the server's clock was this far ahead, give or take `halfWindowMs`. */
type Pin = { atMs: number; offsetMs: number; halfWindowMs: number }

/**
 * How far two computers' clocks may run apart, in millionths. Crystals of computers are within ±50 of their rate over
 * temperature and age, and there is one on either side.
 */
export const DRIFT_PPM = 100

export class CallClock {
  constructor(readonly readings: ClockReadings) {}

  static fromEntries(entries: Iterable<LogEntry>): CallClock {
    const offsets: Offset[] = []
    const pins: Pin[] = []
    const sealedAtMs = new Map<number, number>()
    for (const entry of entries) {
      if (entry.kind === 'open') offsets.push({ fromMs: 0, offsetMs: Date.parse(entry.data.startedAt) })
      if (entry.kind === 'clock') offsets.push({ fromMs: entry.atMs, offsetMs: entry.data.wallMs - entry.atMs })
      if (entry.kind === 'seal') sealedAtMs.set(entry.seq, entry.atMs)
      if (entry.kind !== 'receipt') continue
      const sealAtMs = sealedAtMs.get(entry.data.receiptedSeq)
      if (sealAtMs === undefined) continue
      const atMs = (sealAtMs + entry.atMs) / 2
      pins.push({ atMs, offsetMs: Date.parse(entry.data.receivedAt) - atMs, halfWindowMs: (entry.atMs - sealAtMs) / 2 })
    }
    offsets.sort((a, b) => a.fromMs - b.fromMs)
    return new CallClock({ agent: offsets, server: keepTightest(pins) })
  }

  /** Wall time of a position: the server's clock where receipts pin it, otherwise the agent's. */
  at(atMs: number): WallTime {
    const { agent, server } = this.readings
    if (server.length > 0) return pinnedTo(server.reduce((best, pin) => (errorOf(pin, atMs) < errorOf(best, atMs) ? pin : best)), atMs)
    const offset = agent.findLast(({ fromMs }) => fromMs <= atMs) ?? agent[0]
    return { wallMs: atMs + (offset?.offsetMs ?? 0), errorMs: null }
  }

  /** How far wrong it can be anywhere in `[0, untilMs]`: farthest from the receipts, at the ends or where two of them bound it alike. */
  largestErrorMs(untilMs: number): number | null {
    const { server } = this.readings
    const between = server.slice(1).map((pin, index) => crossing(server[index]!, pin)).filter((atMs) => atMs > 0 && atMs < untilMs)
    const errors = [0, untilMs, ...between].map((atMs) => this.at(atMs).errorMs).filter((errorMs) => errorMs !== null)
    return errors.length > 0 ? Math.max(...errors) : null
  }
}

const errorOf = ({ atMs, halfWindowMs }: Pin, positionMs: number): number => halfWindowMs + (Math.abs(positionMs - atMs) * DRIFT_PPM) / 1e6

const pinnedTo = (pin: Pin, atMs: number): WallTime => ({ wallMs: atMs + pin.offsetMs, errorMs: Math.ceil(errorOf(pin, atMs)) })

/** A receipt that another one outdoes in the middle of its own window is outdone everywhere. The rest by position. */
function keepTightest(pins: readonly Pin[]): Pin[] {
  const kept: Pin[] = []
  for (const pin of pins.toSorted((a, b) => a.halfWindowMs - b.halfWindowMs)) {
    if (!kept.some((tighter) => errorOf(tighter, pin.atMs) <= pin.halfWindowMs)) kept.push(pin)
  }
  return kept.sort((a, b) => a.atMs - b.atMs)
}

/** Where two receipts, neither of which outdoes the other, bound the error alike. */
const crossing = (before: Pin, after: Pin): number => (before.atMs + after.atMs) / 2 + ((after.halfWindowMs - before.halfWindowMs) * 1e6) / (2 * DRIFT_PPM)
