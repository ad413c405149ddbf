/**
 * Tells what is happening now from what is being caught up after a cut. Pure.
 *
 * Something is of the present as long as it is not much older than the connection makes everything. What is older is kept
 * to be heard on demand. When all that comes is late for a second, the whole call has fallen behind (a slow uplink): then
 * this is its present.
 */
const LATE_MS = 1_500
const FALLEN_BEHIND_AFTER_MS = 1_000

export class PresentGate {
  private toleratedMs = LATE_MS
  private lateSinceMs: number | null = null

  /** `ageMs`: since it was said or seen; `nowMs`: any clock. */
  admits(ageMs: number, nowMs: number): boolean {
    if (ageMs <= this.toleratedMs) {
      this.lateSinceMs = null
      this.toleratedMs = Math.max(LATE_MS, Math.min(this.toleratedMs, ageMs + LATE_MS))
      return true
    }
    this.lateSinceMs ??= nowMs
    if (nowMs - this.lateSinceMs < FALLEN_BEHIND_AFTER_MS) return false
    this.toleratedMs = ageMs + LATE_MS
    this.lateSinceMs = null
    return true
  }

  /** What came before was another connection's. */
  reset(): void {
    this.lateSinceMs = null
  }
}
