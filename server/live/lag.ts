/** How long ago the sound came that is not understood yet. */

/** Sound that came within this time counts as come at once. */
const STEP_MS = 100
const MOST_MARKS = 500

/** Sound up to `endMs` of the timeline has come by `cameAtMs` of the clock. */
type Mark = { endMs: number; cameAtMs: number }

export class Lag {
  private marks: Mark[] = []

  come(endMs: number, nowMs: number): void {
    const last = this.marks.at(-1)
    if (last && (nowMs - last.cameAtMs < STEP_MS || this.marks.length >= MOST_MARKS)) last.endMs = endMs
    else this.marks.push({ endMs, cameAtMs: nowMs })
  }

  /** Everything before this position is understood, or will not be. */
  reach(endMs: number): void {
    const left = this.marks.findIndex((mark) => mark.endMs > endMs)
    this.marks.splice(0, left === -1 ? this.marks.length : left)
  }

  ms(nowMs: number): number {
    const first = this.marks[0]
    return first ? nowMs - first.cameAtMs : 0
  }
}
