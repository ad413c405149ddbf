/**
 * Bounds how often one caller may ask: `limit` times in any window, then he has to wait.
 *
 * Bound of the memory: MAX_CALLERS callers; when more come, the one whose window began first starts anew.
 */
import { AccessError } from '../access/errors'

const MAX_CALLERS = 10_000

export class RateLimit {
  readonly #windows = new Map<string, { startMs: number; count: number }>()

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Throws AccessError `throttled` when the caller has used up his window. */
  take(caller: string, nowMs = Date.now()): void {
    const current = this.#windows.get(caller)
    if (!current || nowMs - current.startMs >= this.windowMs) return this.#begin(caller, nowMs)
    if (current.count >= this.limit) throw AccessError.throttled(current.startMs + this.windowMs - nowMs)
    current.count += 1
  }

  #begin(caller: string, nowMs: number): void {
    this.#windows.delete(caller)
    const [oldest] = this.#windows.keys()
    if (this.#windows.size >= MAX_CALLERS && oldest !== undefined) this.#windows.delete(oldest)
    this.#windows.set(caller, { startMs: nowMs, count: 1 })
  }
}
