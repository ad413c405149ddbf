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
  let [sum, squares] = [0, 0]
  for (const value of values) sum += value
  const mean = sum / values.length
  for (const value of values) squares += (value - mean) ** 2
  const deviation = Math.sqrt(squares / values.length) || 1e-10
  const result = new Float32Array(values.length)
  for (let index = 0; index < values.length; index++) result[index] = (values[index]! - mean) / deviation
  return result
}

/** Edges are mirrored. Sorting seven numbers by hand is five times faster than `sort` (measured), and there are many. */
function medianFilter(values: Float32Array): Float32Array {
  const half = MEDIAN_FRAMES >> 1
  const last = values.length - 1
  const padded = new Float32Array(values.length + 2 * half)
  padded.set(values, half)
  for (let beyond = 1; beyond <= half; beyond++) {
    padded[half - beyond] = values[Math.min(beyond, last)]!
    padded[half + last + beyond] = values[Math.max(last - beyond, 0)]!
  }
  const sorted = new Float32Array(MEDIAN_FRAMES)
  const result = new Float32Array(values.length)
  for (let index = 0; index < values.length; index++) {
    for (let taken = 0; taken < MEDIAN_FRAMES; taken++) {
      const value = padded[index + taken]!
      let at = taken
      for (; at > 0 && sorted[at - 1]! > value; at--) sorted[at] = sorted[at - 1]!
      sorted[at] = value
    }
    result[index] = sorted[half]!
  }
  return result
}

const DIAGONAL = 0
const NEXT_TOKEN = 1
const NEXT_FRAME = 2

/** The cheapest path from the first token and frame to the last ones. */
function warp(scores: readonly Float32Array[]): TokenSpan[] {
  const [tokens, frames] = [scores.length, scores[0]!.length]
  const width = frames + 1
  const costs = new Float64Array((tokens + 1) * width).fill(Infinity)
  const steps = new Uint8Array(tokens * frames)
  costs[0] = 0
  for (let token = 0; token < tokens; token++) {
    for (let frame = 0; frame < frames; frame++) {
      const [diagonal, nextToken, nextFrame] = [costs[token * width + frame]!, costs[token * width + frame + 1]!, costs[(token + 1) * width + frame]!]
      const least = Math.min(diagonal, nextToken, nextFrame)
      steps[token * frames + frame] = least === diagonal ? DIAGONAL : least === nextToken ? NEXT_TOKEN : NEXT_FRAME
      costs[(token + 1) * width + frame + 1] = least - scores[token]![frame]!
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
