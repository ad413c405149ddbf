/** What recognises speech, whatever the model: samples in, speech probabilities and timed words out. */

/** Every engine listens at this rate. */
export const SPEECH_SAMPLE_RATE_HZ = 16_000
/** Samples per frame of speech detection: 32 ms. */
export const SPEECH_FRAME_SAMPLES = 512

/** A word whose times count from the first sample that was given. `[startMs, endMs)`. */
export type HeardWord = { text: string; startMs: number; endMs: number; confidence: number; joinsPrevious?: true }
/** No words when the engine heard none: noise, music, a language that it does not know. */
export type Transcription = { words: HeardWord[] }

export type TranscribeOptions = {
  /** Names and terms that the engine should lean towards. */
  vocabulary?: readonly string[]
}

/** Where detection stands in a stream of sound. Plain data: it may travel between processes. */
export type SpeechMemory = {
  /** The model's recurrent state. */
  state: Float32Array
  /** The last samples of the frame before. */
  context: Float32Array
  /** Samples that did not fill a frame yet. */
  pending: Float32Array
}
/** One probability per whole frame of SPEECH_FRAME_SAMPLES, and the memory to hand in with the next samples. */
export type SpeechDetection = { probabilities: Float32Array; memory: SpeechMemory }

export interface SpeechEngine {
  /** Words of one stretch of speech of at most half a minute; `samples` are mono, -1 to 1. */
  transcribe(samples: Float32Array, options?: TranscribeOptions): Promise<Transcription>
  /** Goes on listening; `memory` is `null` where a stream begins. */
  detectSpeech(samples: Float32Array, memory: SpeechMemory | null): Promise<SpeechDetection>
}
