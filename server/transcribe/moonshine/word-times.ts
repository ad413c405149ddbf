/** Tokens and the frames they came from, to words with times: a digit of a number keeps its own time. */
import { ENCODER_FRAME_SAMPLES, type TokenSpan } from './alignment'
import { isDigit, startsWord, textOfTokens } from './tokens'
import { SPEECH_SAMPLE_RATE_HZ, type HeardWord } from '../engine'

const FRAME_MS = (ENCODER_FRAME_SAMPLES / SPEECH_SAMPLE_RATE_HZ) * 1_000
const ENERGY_STEP_MS = 10
/** A word gives up quiet edges, but never so much that less than this is left. */
const LEAST_WORD_STEPS = 6

type Piece = { tokens: number[]; firstToken: number; lastToken: number; joinsPrevious: boolean }

export function timeWords(tokens: readonly number[], logProbabilities: readonly number[], spans: readonly TokenSpan[], samples: Float32Array): HeardWord[] {
  const snap = makeSnap(samples)
  return groupTokens(tokens).flatMap((piece): HeardWord[] => {
    const text = textOfTokens(piece.tokens)
    if (text === '') return []
    const [first, last] = [spans[piece.firstToken]!, spans[piece.lastToken]!]
    const mean = logProbabilities.slice(piece.firstToken, piece.lastToken + 1).reduce((sum, value) => sum + value, 0) / piece.tokens.length
    const times = snap(first.firstFrame * FRAME_MS, (last.lastFrame + 1) * FRAME_MS)
    return [{ text, ...times, confidence: Math.min(1, Math.exp(mean)), ...(piece.joinsPrevious && { joinsPrevious: true as const }) }]
  })
}

function groupTokens(tokens: readonly number[]): Piece[] {
  const pieces: Piece[] = []
  tokens.forEach((token, index) => {
    const last = pieces.at(-1)
    const isOwnDigit = isDigit(token) && last !== undefined && (last.tokens.some(isDigit) || /^o$/i.test(textOfTokens(last.tokens)))
    if (last && !startsWord(token) && !isOwnDigit) {
      last.tokens.push(token)
      last.lastToken = index
    } else {
      pieces.push({ tokens: [token], firstToken: index, lastToken: index, joinsPrevious: last !== undefined && !startsWord(token) })
    }
  })
  return pieces
}

type Snap = (startMs: number, endMs: number) => { startMs: number; endMs: number }

/** Moves a word's edges inwards over sound that is too quiet to be speech: attention is blind to silence. */
function makeSnap(samples: Float32Array): Snap {
  const levels = levelsDb(samples)
  const sorted = levels.toSorted()
  const floor = sorted[Math.floor(sorted.length * 0.1)] ?? 0
  const top = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  const threshold = Math.max(floor + 6, top - 30)
  const isLoud = (step: number): boolean => (levels[step] ?? -Infinity) > threshold
  return (startMs, endMs) => {
    let first = Math.round(startMs / ENERGY_STEP_MS)
    let last = Math.min(levels.length - 1, Math.round(endMs / ENERGY_STEP_MS))
    const latestFirst = last - LEAST_WORD_STEPS
    while (first < latestFirst && !(isLoud(first) && isLoud(first + 1))) first++
    const snappedStartMs = first < latestFirst ? Math.max(startMs, (first - 1) * ENERGY_STEP_MS) : startMs
    while (last > first + LEAST_WORD_STEPS && !isLoud(last)) last--
    return { startMs: Math.round(snappedStartMs), endMs: Math.round(Math.max(snappedStartMs, Math.min(endMs, (last + 3) * ENERGY_STEP_MS))) }
  }
}

function levelsDb(samples: Float32Array): Float32Array {
  const stepSamples = (SPEECH_SAMPLE_RATE_HZ * ENERGY_STEP_MS) / 1_000
  return Float32Array.from({ length: Math.floor(samples.length / stepSamples) }, (_, step) => {
    let energy = 1e-9
    for (let index = step * stepSamples; index < (step + 1) * stepSamples; index++) energy += samples[index]! ** 2
    return 10 * Math.log10(energy / stepSamples)
  })
}
