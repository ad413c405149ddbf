/** Greedy decoding of one stretch of sound, with the guards that keep it from falling silent or going round in circles. */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { DECODER_LAYERS } from './decoder-graph'
import { isLooping, lengthWithoutLoop } from './loop-guard'
import type { ModelPaths } from './model-files'
import { BEGIN_TOKEN, END_TOKEN, FIRST_TEXT_TOKEN, VOCABULARY_SIZE } from './tokens'
import type { VocabularyBias } from './vocabulary-bias'
import { SPEECH_SAMPLE_RATE_HZ } from '../engine'

/** Faster than anybody speaks, long strings of digits included (the model's authors use the same limit). */
const TOKENS_PER_SECOND = 6.5
const LEAST_TOKENS = 8
/** The convolutions at the encoder's entrance need this much. */
const LEAST_SAMPLES = 1_600
/**
 * An end as the first token is believed only when it is as sure as on noise (0.985 and more); on speech it is at most 0.92,
 * and taking it would lose whole strings of digits.
 */
const SURE_SILENCE = 0.97

export type Decoded = {
  tokens: number[]
  /** Natural logarithm of each token's probability. */
  logProbabilities: number[]
  /** Per token, the end token included, per decoder layer: attention of 8 heads over the encoder's frames, [1, 8, 1, frames]. */
  attention: Tensor[][]
  ending: 'end' | 'loop' | 'too-long'
}

type Cache = Record<string, Tensor>

export class MoonshineDecoder {
  private constructor(
    private readonly encoder: InferenceSession,
    private readonly first: InferenceSession,
    private readonly cached: InferenceSession,
  ) {}

  static async load(paths: ModelPaths): Promise<MoonshineDecoder> {
    const [encoder, first, cached] = [await load(paths.encoder), await load(paths.decoderFirst), await load(paths.decoderCached)]
    return new MoonshineDecoder(encoder, first, cached)
  }

  async decode(samples: Float32Array, bias: VocabularyBias | null): Promise<Decoded> {
    const sound = await this.encode(samples)
    const limit = Math.max(LEAST_TOKENS, Math.ceil((samples.length / SPEECH_SAMPLE_RATE_HZ) * TOKENS_PER_SECOND))
    const result: Decoded = { tokens: [], logProbabilities: [], attention: [], ending: 'too-long' }
    let cache: Cache = {}
    for (let step = 0; step < limit; step++) {
      const input = new Tensor('int64', BigInt64Array.of(BigInt(result.tokens.at(-1) ?? BEGIN_TOKEN)), [1, 1])
      const output = await (step === 0 ? this.first.run({ input_ids: input, encoder_hidden_states: sound }) : this.cached.run({ input_ids: input, ...cache }))
      const { token, logProbability } = chooseToken(output['logits']!.data as Float32Array, step, bias)
      result.attention.push(Array.from({ length: DECODER_LAYERS }, (_, layer) => output[`cross_attentions.${layer}`]!))
      if (token === END_TOKEN) return { ...result, ending: 'end' }
      result.tokens.push(token)
      result.logProbabilities.push(logProbability)
      bias?.advance(token)
      if (isLooping(result.tokens)) return { ...keepTokens(result, lengthWithoutLoop(result.tokens)), ending: 'loop' }
      cache = { ...cache, ...cacheOf(output) }
    }
    return keepTokens(result, lengthWithoutLoop(result.tokens))
  }

  private async encode(samples: Float32Array): Promise<Tensor> {
    const padded = new Float32Array(Math.max(samples.length, LEAST_SAMPLES))
    padded.set(samples)
    const { last_hidden_state: states } = await this.encoder.run({ input_values: new Tensor('float32', padded, [1, padded.length]) })
    return states!
  }
}

/** One thread a session: a second one only spins (measured). */
const load = (path: string): Promise<InferenceSession> =>
  InferenceSession.create(path, { executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'all', logSeverityLevel: 3 })

function chooseToken(logits: Float32Array, step: number, bias: VocabularyBias | null): { token: number; logProbability: number } {
  const best = likeliest(logits, 0)
  const normaliser = logits[best]! + Math.log(sumOfExponentials(logits, logits[best]!))
  let token = bias ? bias.pick(logits, best) : best
  const isDoubtfulSilence = step === 0 && token === END_TOKEN && Math.exp(logits[END_TOKEN]! - normaliser) < SURE_SILENCE
  if (isDoubtfulSilence) token = likeliest(logits, FIRST_TEXT_TOKEN)
  return { token, logProbability: logits[token]! - normaliser }
}

function likeliest(logits: Float32Array, from: number): number {
  let best = from
  for (let token = from + 1; token < VOCABULARY_SIZE; token++) if (logits[token]! > logits[best]!) best = token
  return best
}

function sumOfExponentials(logits: Float32Array, highest: number): number {
  let sum = 0
  for (let token = 0; token < VOCABULARY_SIZE; token++) {
    const difference = logits[token]! - highest
    // What is left out is below 32768 · e^-20, less than a ten-thousandth.
    if (difference > -20) sum += Math.exp(difference)
  }
  return sum
}

function cacheOf(output: InferenceSession.OnnxValueMapType): Cache {
  const cache: Cache = {}
  for (const [name, value] of Object.entries(output)) {
    if (name.startsWith('present')) cache[name.replace('present', 'past_key_values')] = value
  }
  return cache
}

const keepTokens = (decoded: Decoded, count: number): Decoded => ({
  ...decoded,
  tokens: decoded.tokens.slice(0, count),
  logProbabilities: decoded.logProbabilities.slice(0, count),
  attention: decoded.attention.slice(0, count),
})
