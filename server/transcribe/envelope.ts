/** How loud a track is, 10 ms by 10 ms over the whole call: all that is needed to find one party's sound in the other's track. */
import { SPEECH_SAMPLE_RATE_HZ } from './engine'

export const ENVELOPE_STEP_MS = 10
const STEP_SAMPLES = (SPEECH_SAMPLE_RATE_HZ * ENVELOPE_STEP_MS) / 1_000
const FIRST_CAPACITY_STEPS = 6_000

export class Envelope {
  /** Root mean square of each step, 0 where nothing was recorded. */
  private levels = new Float32Array(FIRST_CAPACITY_STEPS)
  private steps = 0

  /** Puts samples in their place on the call's timeline. */
  add(atMs: number, samples: Float32Array): void {
    const first = Math.round(atMs / ENVELOPE_STEP_MS)
    const count = Math.ceil(samples.length / STEP_SAMPLES)
    this.reserve(first + count)
    for (let step = 0; step < count; step++) {
      let energy = 0
      const window = samples.subarray(step * STEP_SAMPLES, (step + 1) * STEP_SAMPLES)
      for (const sample of window) energy += sample * sample
      this.levels[first + step] = Math.sqrt(energy / window.length)
    }
  }

  get lengthSteps(): number {
    return this.steps
  }

  /** Levels of `[fromStep, toStep)`; outside the call they are 0. */
  slice(fromStep: number, toStep: number): Float32Array {
    const result = new Float32Array(Math.max(0, toStep - fromStep))
    const from = Math.max(0, fromStep)
    if (from < toStep) result.set(this.levels.subarray(from, Math.max(from, Math.min(toStep, this.steps))), from - fromStep)
    return result
  }

  private reserve(steps: number): void {
    this.steps = Math.max(this.steps, steps)
    if (this.levels.length >= steps) return
    const larger = new Float32Array(steps * 2)
    larger.set(this.levels)
    this.levels = larger
  }
}
