/** The embedded engine: Moonshine-tiny English hears words, Silero tells where speech is. */
import { alignTokens } from './alignment'
import { MoonshineDecoder, type Decoded } from './decoder'
import type { ModelPaths } from './model-files'
import { timeWords } from './word-times'
import { VocabularyBias } from './vocabulary-bias'
import { SPEECH_SAMPLE_RATE_HZ, type HeardWord, type SpeechDetection, type SpeechEngine, type SpeechMemory, type TranscribeOptions, type Transcription } from '../engine'
import { TranscribeError } from '../errors'
import { quietestSample } from '../quietest'
import { SileroDetector } from '../vad/silero'

/** Below this mean log-probability the text is invention. */
const LEAST_MEAN_LOG_PROBABILITY = -1
/** Text in another script means that the sound was not English. */
const LATIN = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}]*$/u
/** A stretch in which decoding went round in circles or found no end is heard again in halves, down to this length. */
const LEAST_SAMPLES_TO_HALVE = 4 * SPEECH_SAMPLE_RATE_HZ

export class MoonshineEngine implements SpeechEngine {
  private constructor(private readonly decoder: MoonshineDecoder, private readonly detector: SileroDetector) {}

  static async load(paths: ModelPaths): Promise<MoonshineEngine> {
    try {
      return new MoonshineEngine(await MoonshineDecoder.load(paths), await SileroDetector.load(paths.speechDetector))
    } catch (cause) {
      throw TranscribeError.modelMissing(paths.folder, cause)
    }
  }

  detectSpeech(samples: Float32Array, memory: SpeechMemory | null): Promise<SpeechDetection> {
    return this.detector.detect(samples, memory)
  }

  async transcribe(samples: Float32Array, options: TranscribeOptions = {}): Promise<Transcription> {
    return { words: await this.hear(samples, options.vocabulary ?? []) }
  }

  private async hear(samples: Float32Array, vocabulary: readonly string[]): Promise<HeardWord[]> {
    const decoded = await this.decoder.decode(samples, vocabulary.length > 0 ? new VocabularyBias(vocabulary) : null)
    if (decoded.ending !== 'end' && samples.length >= LEAST_SAMPLES_TO_HALVE) return await this.hearInHalves(samples, vocabulary)
    if (isInvention(decoded)) return []
    const words = timeWords(decoded.tokens, decoded.logProbabilities, alignTokens(decoded.attention), samples)
    return words.every((word) => LATIN.test(word.text)) ? words : []
  }

  private async hearInHalves(samples: Float32Array, vocabulary: readonly string[]): Promise<HeardWord[]> {
    const middle = quietestSample(samples, Math.floor(samples.length * 0.35), Math.floor(samples.length * 0.65))
    const middleMs = Math.round((middle / SPEECH_SAMPLE_RATE_HZ) * 1_000)
    const [before, after] = [await this.hear(samples.subarray(0, middle), vocabulary), await this.hear(samples.subarray(middle), vocabulary)]
    return [...before, ...after.map((word) => ({ ...word, startMs: word.startMs + middleMs, endMs: word.endMs + middleMs }))]
  }
}

function isInvention({ tokens, logProbabilities }: Decoded): boolean {
  const mean = logProbabilities.reduce((sum, value) => sum + value, 0) / tokens.length
  return tokens.length === 0 || mean < LEAST_MEAN_LOG_PROBABILITY
}
