/** The computer's clocks and timers behind one interface, so that tests can move time. */
import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'

export interface Clock {
  /** UTC, milliseconds since 1970; may be set, and then steps. */
  wallMs(): number
  /** Never steps; stands still while the computer sleeps; counts from boot, so two processes agree. */
  monotonicMs(): number
  /** Since boot, sleep included. */
  uptimeMs(): number
  /** Changes when the computer starts anew. */
  readonly bootId: string
  /** Runs something again and again; the answer ends it. */
  every(intervalMs: number, run: () => void): () => void
  /** Runs something once; the answer calls it off. */
  after(delayMs: number, run: () => void): () => void
}

export function makeSystemClock(): Clock {
  return {
    // The performance clock is finer than Date.now(), but its origin does not follow a step of the wall clock.
    wallMs: () => Date.now(),
    monotonicMs() {
      const [seconds, nanoseconds] = process.hrtime()
      return seconds * 1_000 + nanoseconds / 1e6
    },
    uptimeMs: () => uptime() * 1000,
    bootId: readBootId(),
    every(intervalMs, run) {
      const timer = setInterval(run, intervalMs)
      return () => clearInterval(timer)
    },
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  }
}

/** Linux tells it (random(4)); elsewhere the moment of booting, to a minute, serves. */
function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return `booted-${Math.round((Date.now() - uptime() * 1000) / 60_000)}`
  }
}
