/** Where a stretch of sound can be cut with the least harm. */

const WINDOW_SAMPLES = 800

/** The middle of the quietest 50 ms that begin in `[fromSample, toSample)`. */
export function quietestSample(samples: Float32Array, fromSample: number, toSample: number): number {
  let best = { energy: Infinity, at: fromSample }
  for (let at = fromSample; at < toSample; at += WINDOW_SAMPLES / 5) {
    let energy = 0
    for (const sample of samples.subarray(at, at + WINDOW_SAMPLES)) energy += sample * sample
    if (energy < best.energy) best = { energy, at }
  }
  return Math.min(samples.length, best.at + WINDOW_SAMPLES / 2)
}
