/**
 * Cuts a stream of speech probabilities into stretches for the engine, as they come: pure, and the same cuts whether the
 * probabilities come one by one or all at once.
 *
 * States: silent → speaking at a frame above ONSET; speaking → silent after 0.7 s below OFFSET, which is a cut; speaking →
 * speaking at the limit of length, cut where it was most silent lately. Positions are frames since the stream began, `[start, end)`.
 */
import { SPEECH_FRAME_SAMPLES, SPEECH_SAMPLE_RATE_HZ } from './engine'

const FRAME_MS = (SPEECH_FRAME_SAMPLES / SPEECH_SAMPLE_RATE_HZ) * 1_000
const ONSET = 0.5
const OFFSET = 0.35
const SILENCE_FRAMES = Math.round(700 / FRAME_MS)
/** The engine hears well up to here, and takes longer than in proportion. */
const LONGEST_MS = 20_000
const LEAST_FRAMES = Math.ceil(100 / FRAME_MS)
/** A forced cut is looked for in the last 40 % of the stretch. */
const FORCED_CUT_FROM = 0.6
/** Sound that the engine gets before and after the speech itself, unless the neighbouring stretch has it. */
const PADDING_FRAMES = Math.ceil(400 / FRAME_MS)

/** Speech in `[startFrame, endFrame)`; the engine hears `[fromFrame, toFrame)`. */
export type SpeechStretch = { startFrame: number; endFrame: number; fromFrame: number; toFrame: number }

export class Segmenter {
  private readonly longestFrames: number
  private frame = 0
  /** What the stretch before has taken. */
  private takenToFrame = 0
  private speaking: { startFrame: number; lastSpeechFrame: number; probabilities: number[] } | null = null

  constructor({ longestMs = LONGEST_MS }: { longestMs?: number } = {}) {
    this.longestFrames = Math.round(longestMs / FRAME_MS)
  }

  /** Takes what follows; returns the stretches that have ended. */
  push(probabilities: Float32Array): SpeechStretch[] {
    return Array.from(probabilities).flatMap((probability) => this.step(probability))
  }

  /** The stream ends here. */
  finish(): SpeechStretch[] {
    return this.cut((this.speaking?.lastSpeechFrame ?? 0) + 1, PADDING_FRAMES)
  }

  /** What is being said: its end so far is that of the last speech, and the engine would hear all that is there. */
  get open(): SpeechStretch | null {
    if (!this.speaking) return null
    const { startFrame, lastSpeechFrame } = this.speaking
    return { startFrame, endFrame: lastSpeechFrame + 1, fromFrame: this.fromFrame(startFrame), toFrame: this.frame }
  }

  /** Frames before this one are not needed any more. */
  get keepFromFrame(): number {
    return this.fromFrame(this.speaking?.startFrame ?? this.frame)
  }

  private step(probability: number): SpeechStretch[] {
    const frame = this.frame++
    if (!this.speaking) {
      if (probability >= ONSET) this.speaking = { startFrame: frame, lastSpeechFrame: frame, probabilities: [probability] }
      return []
    }
    const { startFrame, lastSpeechFrame } = this.speaking
    this.speaking.probabilities.push(probability)
    if (probability >= OFFSET) this.speaking.lastSpeechFrame = frame
    else if (frame - lastSpeechFrame >= SILENCE_FRAMES) return this.cut(lastSpeechFrame + 1, PADDING_FRAMES)
    return frame - startFrame >= this.longestFrames ? this.cutInSpeech(frame) : []
  }

  private cutInSpeech(frame: number): SpeechStretch[] {
    const { startFrame, probabilities } = this.speaking!
    let least = Math.floor(probabilities.length * FORCED_CUT_FROM)
    for (let index = least; index < probabilities.length; index++) if (probabilities[index]! <= probabilities[least]!) least = index
    const stretch = this.cut(startFrame + least, 0)
    this.speaking = { startFrame: startFrame + least, lastSpeechFrame: frame, probabilities: probabilities.slice(least) }
    return stretch
  }

  private cut(endFrame: number, paddingFrames: number): SpeechStretch[] {
    const startFrame = this.speaking?.startFrame ?? endFrame
    this.speaking = null
    if (endFrame - startFrame < LEAST_FRAMES) return []
    const fromFrame = this.fromFrame(startFrame)
    this.takenToFrame = Math.min(this.frame, endFrame + paddingFrames)
    return [{ startFrame, endFrame, fromFrame, toFrame: this.takenToFrame }]
  }

  private fromFrame(startFrame: number): number {
    return Math.max(startFrame - PADDING_FRAMES, Math.min(startFrame, this.takenToFrame))
  }
}
