/**
 * Places on the wall clock the samples of a stream that carries no time stamps, and keeps the stream without holes.
 *
 * Sound arrives when it was captured or later, never earlier: the smallest "arrival less samples" of the last seconds is
 * the stream's beginning on the wall clock. Being taken over a window it follows a sound card that drifts, and being a
 * minimum it does not care how late single pieces come.
 */
import { OPUS_SAMPLE_RATE_HZ } from '@/protocol/tracks'
import { SlidingMinimum } from './sliding-minimum'

const SAMPLES_PER_MS = OPUS_SAMPLE_RATE_HZ / 1_000
const WINDOW_MS = 10_000
/** What arrives late catches up within this time; what does not was lost. */
const CATCH_UP_MS = 500
const LOST_FROM_MS = 100

export class PcmTimeline {
  private samples = 0
  private isFilling = false
  private readonly starts = new SlidingMinimum(WINDOW_MS)
  private readonly recentStarts = new SlidingMinimum(CATCH_UP_MS)

  /** `startWallMs` is a first guess, replaced by what arrives. */
  constructor(private startWallMs: number) {}

  /** Wall clock at a sample; the stream's end is where the next one goes. */
  wallMsOf(sample: number): number {
    return this.startWallMs + sample / SAMPLES_PER_MS
  }

  /** More is missing than lateness explains: sound was lost, and what comes now does not belong at the stream's end. */
  get hasLostSound(): boolean {
    const recent = this.recentStarts.value
    const overall = this.starts.value
    return recent !== null && overall !== null && this.recentStarts.spanMs >= CATCH_UP_MS && recent - overall > LOST_FROM_MS
  }

  /** How much the stream lacks up to a moment. */
  missingMs(untilWallMs: number): number {
    return Math.max(0, untilWallMs - this.wallMsOf(this.samples))
  }

  /** Takes in sound; tells how many samples of silence belong before it: what a hold lacks up to its end. */
  arrive(sampleCount: number, arrivalMs: number): number {
    const silence = this.isFilling ? this.missingSamples(arrivalMs - sampleCount / SAMPLES_PER_MS) : 0
    if (this.isFilling) this.measureAnew()
    this.samples += silence + sampleCount
    const startMs = arrivalMs - this.samples / SAMPLES_PER_MS
    this.recentStarts.add(startMs, arrivalMs)
    this.startWallMs = this.starts.add(startMs, arrivalMs)
    return silence
  }

  /** Nothing is played; tells how many samples of silence bring the stream up to `untilWallMs`. */
  fill(untilWallMs: number): number {
    const silence = this.missingSamples(untilWallMs)
    this.isFilling = true
    this.samples += silence
    return silence
  }

  private missingSamples(untilWallMs: number): number {
    return Math.round(this.missingMs(untilWallMs) * SAMPLES_PER_MS)
  }

  private measureAnew(): void {
    this.isFilling = false
    this.starts.clear()
    this.recentStarts.clear()
  }
}
