/** A clock that stands still until a test moves it; its timers run in the order in which they are due. */
import type { Clock } from '@/agent/call/clock'

type Timer = { dueMs: number; everyMs: number | null; run: () => void }

export class FakeClock implements Clock {
  bootId = 'boot-1'
  /** Sleep so far, and what the wall clock was set by. */
  private sleptMs = 0
  private steppedMs = 0
  private nowMs = 1_000_000
  private readonly wallOriginMs = Date.now() - 1_000_000
  private readonly timers = new Set<Timer>()

  wallMs = (): number => this.wallOriginMs + this.nowMs + this.sleptMs + this.steppedMs
  monotonicMs = (): number => this.nowMs
  uptimeMs = (): number => this.nowMs + this.sleptMs

  every(everyMs: number, run: () => void): () => void {
    return this.add({ dueMs: this.nowMs + everyMs, everyMs, run })
  }

  after(delayMs: number, run: () => void): () => void {
    return this.add({ dueMs: this.nowMs + delayMs, everyMs: null, run })
  }

  /** Lets time pass, with all that happens in it. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.nowMs + byMs
    for (;;) {
      await settle()
      const next = [...this.timers].sort((a, b) => a.dueMs - b.dueMs)[0]
      if (!next || next.dueMs > untilMs) break
      this.nowMs = Math.max(this.nowMs, next.dueMs)
      if (next.everyMs === null) this.timers.delete(next)
      else next.dueMs += next.everyMs
      next.run()
    }
    this.nowMs = untilMs
    await settle()
  }

  /** The lid is closed: nothing runs, the wall clock goes on. */
  sleep(forMs: number): void {
    this.sleptMs += forMs
  }

  setWallClock(byMs: number): void {
    this.steppedMs += byMs
  }

  reboot(): void {
    this.bootId = 'boot-2'
    this.sleptMs += this.nowMs
    this.nowMs = 0
    this.timers.clear()
  }

  /** What a process that was killed had still wanted to do. */
  killTimers(): void {
    this.timers.clear()
  }

  private add(timer: Timer): () => void {
    this.timers.add(timer)
    return () => void this.timers.delete(timer)
  }
}

/** Lets promises and what they start come to rest. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
