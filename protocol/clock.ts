/**
 * From a position on the timeline to wall time, and how far wrong that can be.
 *
 * A `clock` entry ties the agent's monotonic clock to its wall clock. A seal and its receipt enclose the server's clock:
 * the server signed `receivedAt` after the seal was written and before the receipt was, so at `receivedAt` the timeline
 * stood somewhere in `[seal.atMs, receipt.atMs]`. Half of the narrowest such window bounds the error (Cristian 1989).
 */
import type { LogEntry } from './entries'

/** `errorMs` is `null` while no receipt has confirmed the clock: the agent's own word is all there is. */
export type WallTime = { wallMs: number; errorMs: number | null }

/** Milliseconds of wall time less milliseconds of timeline, valid from `fromMs` on. */
type Offset = { fromMs: number; offsetMs: number }

export class CallClock {
  private constructor(private readonly agent: Offset[], private readonly server: { offsetMs: number; errorMs: number } | null) {}

  static fromEntries(entries: Iterable<LogEntry>): CallClock {
    const offsets: Offset[] = []
    const sealedAtMs = new Map<number, number>()
    let best: { offsetMs: number; errorMs: number } | null = null
    for (const entry of entries) {
      if (entry.kind === 'open') offsets.push({ fromMs: 0, offsetMs: Date.parse(entry.data.startedAt) })
      if (entry.kind === 'clock') offsets.push({ fromMs: entry.atMs, offsetMs: entry.data.wallMs - entry.atMs })
      if (entry.kind === 'seal') sealedAtMs.set(entry.seq, entry.atMs)
      if (entry.kind !== 'receipt') continue
      const sealAtMs = sealedAtMs.get(entry.data.receiptedSeq)
      if (sealAtMs === undefined) continue
      const errorMs = (entry.atMs - sealAtMs) / 2
      if (best && best.errorMs <= errorMs) continue
      best = { offsetMs: Date.parse(entry.data.receivedAt) - (sealAtMs + errorMs), errorMs }
    }
    offsets.sort((a, b) => a.fromMs - b.fromMs)
    return new CallClock(offsets, best)
  }

  /** Wall time of a position: the server's clock where receipts pin it, otherwise the agent's. */
  at(atMs: number): WallTime {
    if (this.server) return { wallMs: atMs + this.server.offsetMs, errorMs: Math.ceil(this.server.errorMs) }
    const agent = this.agent.findLast((offset) => offset.fromMs <= atMs) ?? this.agent[0]
    return { wallMs: atMs + (agent?.offsetMs ?? 0), errorMs: null }
  }
}
