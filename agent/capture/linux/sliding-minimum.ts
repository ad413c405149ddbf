/** The smallest value of the last so many milliseconds, in constant time per value. */

type Sample = { value: number; atMs: number }

export class SlidingMinimum {
  /** Ascending values: whatever is larger than a later value can never be the minimum again. */
  private candidates: Sample[] = []
  private firstAtMs: number | null = null
  private lastAtMs = 0

  constructor(private readonly windowMs: number) {}

  get value(): number | null {
    return this.candidates[0]?.value ?? null
  }

  /** For how long values have been coming, at most the window. */
  get spanMs(): number {
    return this.firstAtMs === null ? 0 : Math.min(this.lastAtMs - this.firstAtMs, this.windowMs)
  }

  /** The minimum with this value taken in. */
  add(value: number, atMs: number): number {
    this.firstAtMs ??= atMs
    this.lastAtMs = atMs
    while (this.candidates.length > 0 && this.candidates[0]!.atMs <= atMs - this.windowMs) this.candidates.shift()
    while (this.candidates.length > 0 && this.candidates.at(-1)!.value >= value) this.candidates.pop()
    this.candidates.push({ value, atMs })
    return this.candidates[0]!.value
  }

  clear(): void {
    this.candidates = []
    this.firstAtMs = null
  }
}
