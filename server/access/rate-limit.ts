/**
 * Bounds how often one caller may ask: `limit` times in any window, then he has to wait.
 *
 * Bound of the memory: MAX_CALLERS callers; when more come, the one whose window began first starts anew.
 */
const MAX_CALLERS = 10_000

type Window = { startMs: number; count: number }

export class RateLimit {
  readonly #windows = new Map<string, Window>()

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** How long the caller has to wait, who has used up his window; 0 when he may go on, which is counted. */
  take(caller: string, nowMs = Date.now()): number {
    const current = this.#windows.get(caller)
    if (!current || nowMs - current.startMs >= this.windowMs) {
      this.#begin(caller, nowMs)
      return 0
    }
    if (current.count >= this.limit) return current.startMs + this.windowMs - nowMs
    current.count += 1
    return 0
  }

  /** Undoes a `take` that turned out to be harmless. */
  giveBack(caller: string): void {
    const current = this.#windows.get(caller)
    if (current && current.count > 0) current.count -= 1
  }

  #begin(caller: string, nowMs: number): void {
    this.#windows.delete(caller)
    const [oldest] = this.#windows.keys()
    if (this.#windows.size >= MAX_CALLERS && oldest !== undefined) this.#windows.delete(oldest)
    this.#windows.set(caller, { startMs: nowMs, count: 1 })
  }
}
