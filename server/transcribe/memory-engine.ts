/** An engine without a model, for tests: what is loud is speech, and each third of a second of it is the next word of a script. */
import { SPEECH_FRAME_SAMPLES, SPEECH_SAMPLE_RATE_HZ, type SpeechDetection, type SpeechEngine, type SpeechMemory, type Transcription } from './engine'

const LOUD = 0.02
const WORD_MS = 333

export class MemoryEngine implements SpeechEngine {
  /** Stretches that were transcribed, by their length in samples. */
  readonly heard: number[] = []

  constructor(private readonly script: readonly string[] = ['word']) {}

  transcribe(samples: Float32Array): Promise<Transcription> {
    this.heard.push(samples.length)
    const durationMs = (samples.length / SPEECH_SAMPLE_RATE_HZ) * 1_000
    const words = Array.from({ length: Math.max(1, Math.floor(durationMs / WORD_MS)) }, (_, index) => ({
      text: this.script[index % this.script.length]!,
      startMs: Math.round(index * WORD_MS),
      endMs: Math.round(Math.min(durationMs, (index + 1) * WORD_MS)),
      confidence: 0.9,
    }))
    return Promise.resolve({ words })
  }

  detectSpeech(samples: Float32Array, memory: SpeechMemory | null): Promise<SpeechDetection> {
    const sound = Float32Array.from([...(memory?.pending ?? []), ...samples])
    const frames = Math.floor(sound.length / SPEECH_FRAME_SAMPLES)
    const probabilities = Float32Array.from({ length: frames }, (_, frame) => {
      const window = sound.subarray(frame * SPEECH_FRAME_SAMPLES, (frame + 1) * SPEECH_FRAME_SAMPLES)
      return Math.sqrt(window.reduce((sum, sample) => sum + sample * sample, 0) / window.length) > LOUD ? 1 : 0
    })
    return Promise.resolve({ probabilities, memory: { state: new Float32Array(), context: new Float32Array(), pending: sound.slice(frames * SPEECH_FRAME_SAMPLES) } })
  }
}
