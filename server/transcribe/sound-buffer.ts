/** The sound of one unbroken stretch of a track while it may still be needed, and where it stands in the call. */
import { SPEECH_SAMPLE_RATE_HZ } from './engine'

const SAMPLES_PER_MS = SPEECH_SAMPLE_RATE_HZ / 1_000

/** From `fromSample` of the stretch on; the chunk's own position tells the time, samples only count on within it. */
type Piece = { fromSample: number; atMs: number; samples: Float32Array }

export class SoundBuffer {
  private pieces: Piece[] = []
  private length = 0

  append(atMs: number, samples: Float32Array): void {
    this.pieces.push({ fromSample: this.length, atMs, samples })
    this.length += samples.length
  }

  /** Samples `[fromSample, toSample)` of the stretch, as far as they are there. */
  slice(fromSample: number, toSample: number): Float32Array {
    const end = Math.min(toSample, this.length)
    const result = new Float32Array(Math.max(0, end - fromSample))
    for (const piece of this.pieces) {
      const [from, to] = [Math.max(fromSample, piece.fromSample), Math.min(end, piece.fromSample + piece.samples.length)]
      if (from < to) result.set(piece.samples.subarray(from - piece.fromSample, to - piece.fromSample), from - fromSample)
    }
    return result
  }

  /** Position in the call of a sample of the stretch; one that was dropped counts from the first that is left. */
  atMs(sample: number): number {
    const piece = this.pieces.findLast(({ fromSample }) => fromSample <= sample) ?? this.pieces[0]
    return piece ? Math.max(0, Math.round(piece.atMs + (sample - piece.fromSample) / SAMPLES_PER_MS)) : 0
  }

  dropBefore(sample: number): void {
    while (this.pieces.length > 1 && this.pieces[1]!.fromSample <= sample) this.pieces.shift()
  }
}
