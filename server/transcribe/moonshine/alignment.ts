/**
 * Which frames of the sound each token came from: dynamic time warping over the decoder's cross-attention, as Whisper and
 * Moonshine's authors do it, but over the later layers only, which follow the sound more closely (measured).
 */
import type { Tensor } from 'onnxruntime-node'

/** Samples per frame of the encoder. */
export const ENCODER_FRAME_SAMPLES = 384
const LAYERS = [3, 4, 5]
const MEDIAN_FRAMES = 7

/** First and last frame of each token. */
export type TokenSpan = { firstFrame: number; lastFrame: number }

export function alignTokens(attention: readonly Tensor[][]): TokenSpan[] {
  return attention.length === 0 ? [] : warp(averageHeads(attention))
}

/** Row per token, column per frame: how much more than usual the token looked at the frame. */
function averageHeads(attention: readonly Tensor[][]): Float32Array[] {
  return attention.map((layers) => {
    const [, heads = 0, , frames = 0] = layers[0]!.dims
    const row = new Float32Array(frames)
    for (const layer of LAYERS) {
      const data = layers[layer]!.data as Float32Array
      for (let head = 0; head < heads; head++) {
        const smooth = medianFilter(standardise(data.subarray(head * frames, (head + 1) * frames)))
        for (let frame = 0; frame < frames; frame++) row[frame]! += smooth[frame]! / (heads * LAYERS.length)
      }
    }
    return row
  })
}

function standardise(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1e-10
  return values.map((value) => (value - mean) / deviation)
}

function medianFilter(values: Float32Array): Float32Array {
  const half = MEDIAN_FRAMES >> 1
  const last = values.length - 1
  const mirrored = (index: number): number => values[Math.max(0, Math.min(last, index < 0 ? -index : index > last ? 2 * last - index : index))]!
  const window = new Float32Array(MEDIAN_FRAMES)
  return values.map((_, index) => {
    for (let offset = -half; offset <= half; offset++) window[offset + half] = mirrored(index + offset)
    return window.sort()[half]!
  })
}

const DIAGONAL = 0
const NEXT_TOKEN = 1

/** The cheapest path from the first token and frame to the last ones. */
function warp(scores: readonly Float32Array[]): TokenSpan[] {
  const [tokens, frames] = [scores.length, scores[0]!.length]
  const width = frames + 1
  const costs = new Float64Array((tokens + 1) * width).fill(Infinity)
  const steps = new Uint8Array(tokens * frames)
  costs[0] = 0
  for (let token = 0; token < tokens; token++) {
    for (let frame = 0; frame < frames; frame++) {
      const options = [costs[token * width + frame]!, costs[token * width + frame + 1]!, costs[(token + 1) * width + frame]!]
      const step = options.indexOf(Math.min(...options))
      steps[token * frames + frame] = step
      costs[(token + 1) * width + frame + 1] = options[step]! - scores[token]![frame]!
    }
  }
  return walkBack(steps, tokens, frames)
}

function walkBack(steps: Uint8Array, tokens: number, frames: number): TokenSpan[] {
  const spans = Array.from({ length: tokens }, (): TokenSpan => ({ firstFrame: -1, lastFrame: -1 }))
  let [token, frame] = [tokens - 1, frames - 1]
  for (;;) {
    const span = spans[token]!
    span.firstFrame = frame
    if (span.lastFrame < 0) span.lastFrame = frame
    if (token === 0 && frame === 0) return spans
    const step = steps[token * frames + frame]
    if (step === DIAGONAL) [token, frame] = [token - 1, frame - 1]
    else if (step === NEXT_TOKEN) token--
    else frame--
  }
}
