/** The embedded speech engine on real voices: words heard wrong, words placed wrong, and what hearing costs. */
import { resolve } from 'node:path'
import { SPEECH_FRAME_SAMPLES, SPEECH_SAMPLE_RATE_HZ, type HeardWord } from '@/server/transcribe/engine'
import { MoonshineEngine } from '@/server/transcribe/moonshine/moonshine-engine'
import { prepareModel } from '@/server/transcribe/prepare-model'
import { Segmenter } from '@/server/transcribe/segmenter'
import { spokenWords } from '@/server/transcribe/spoken-words'
import { alignWords, countWordErrors, type WordErrors } from '@/server/transcribe/word-error-rate'
import { textOfWords } from '@/server/transcribe/words'
import type { Bench, Figure } from './bench'
import { findSpeechData, readSound, type Clip } from './speech-data'

const BUDGET = { wordErrorRate: 0.08, wordErrorRateTelephone: 0.09, startMedianMs: 35, startP95Ms: 200, realTimeFactor: 0.03 }
/** Measured once on 130 utterances, of which the shared set is half: whisper.cpp tiny.en, segments packed, two threads. */
const WHISPER = { wordErrorRate: '6.4 %', wordErrorRateTelephone: '5.2 %', start: '178 ms median', realTimeFactor: '0.15' }

export type SpeechFigures = {
  data: string
  wordErrorRate: number
  /** `null` without telephone clips. */
  wordErrorRateTelephone: number | null
  /** Of words with known times that were heard right; `null` without any. */
  startErrorMs: { median: number; p95: number; count: number } | null
  /** CPU seconds on one thread for a second of sound, pauses included. */
  realTimeFactor: number
}

export async function benchSpeech(say: (progress: string) => void = () => undefined): Promise<SpeechFigures> {
  const data = findSpeechData()
  const engine = await MoonshineEngine.load(await prepareModel({ modelsDir: resolve('models'), onProgress: say }))
  const errors: Record<'all' | 'telephone', WordErrors> = { all: { errors: 0, words: 0 }, telephone: { errors: 0, words: 0 } }
  const startErrors: number[] = []
  let [soundSeconds, cpuSeconds] = [0, 0]
  say(`hearing ${data.name}`)
  for (const clip of data.clips) {
    const samples = await readSound(clip.path)
    const before = process.cpuUsage()
    const words = await hear(engine, samples)
    const { user, system } = process.cpuUsage(before)
    cpuSeconds += (user + system) / 1e6
    soundSeconds += samples.length / SPEECH_SAMPLE_RATE_HZ
    startErrors.push(...startErrorsOf(clip, words))
    if (clip.isSynthetic) continue
    const found = countWordErrors(clip.text, textOfWords(words))
    for (const sum of clip.band === 'telephone' ? [errors.all, errors.telephone] : [errors.all]) {
      sum.errors += found.errors
      sum.words += found.words
    }
  }
  const sorted = startErrors.toSorted((a, b) => a - b)
  const quantile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!
  return {
    data: data.name,
    wordErrorRate: errors.all.errors / errors.all.words,
    wordErrorRateTelephone: errors.telephone.words > 0 ? errors.telephone.errors / errors.telephone.words : null,
    startErrorMs: sorted.length > 0 ? { median: quantile(0.5), p95: quantile(0.95), count: sorted.length } : null,
    realTimeFactor: cpuSeconds / soundSeconds,
  }
}

export const speechBench: Bench = {
  name: 'speech',
  async measure(say) {
    const { data, wordErrorRate, wordErrorRateTelephone, startErrorMs, realTimeFactor } = await benchSpeech(say)
    const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
    const figures: (Figure | null)[] = [
      figure(`word error rate, ${data}`, percent(wordErrorRate), `≤ ${percent(BUDGET.wordErrorRate)}`, `Whisper tiny.en ${WHISPER.wordErrorRate}`, wordErrorRate <= BUDGET.wordErrorRate),
      wordErrorRateTelephone === null ? null : figure('word error rate, telephone band', percent(wordErrorRateTelephone), `≤ ${percent(BUDGET.wordErrorRateTelephone)}`, `Whisper tiny.en ${WHISPER.wordErrorRateTelephone}`, wordErrorRateTelephone <= BUDGET.wordErrorRateTelephone),
      startErrorMs && figure(`start of ${startErrorMs.count} words`, `${startErrorMs.median.toFixed(0)} ms median, ${startErrorMs.p95.toFixed(0)} ms p95`, `≤ ${BUDGET.startMedianMs} / ${BUDGET.startP95Ms} ms`, `Whisper tiny.en ${WHISPER.start}`, startErrorMs.median <= BUDGET.startMedianMs && startErrorMs.p95 <= BUDGET.startP95Ms),
      figure('real-time factor on one thread', realTimeFactor.toFixed(3), `≤ ${BUDGET.realTimeFactor}`, `Whisper tiny.en ${WHISPER.realTimeFactor}`, realTimeFactor <= BUDGET.realTimeFactor),
    ]
    return figures.filter((each) => each !== null)
  },
}

const figure = (what: string, measured: string, budget: string, comparedTo: string, isWithinBudget: boolean): Figure => ({ what, measured, budget, comparedTo, isWithinBudget })

/** What the transcript of this sound would be, with times from its beginning. */
export async function hear(engine: MoonshineEngine, samples: Float32Array): Promise<HeardWord[]> {
  const { probabilities } = await engine.detectSpeech(samples, null)
  const segmenter = new Segmenter()
  const words: HeardWord[] = []
  for (const { fromFrame, toFrame } of [...segmenter.push(probabilities), ...segmenter.finish()]) {
    const from = fromFrame * SPEECH_FRAME_SAMPLES
    const heard = await engine.transcribe(samples.subarray(from, toFrame * SPEECH_FRAME_SAMPLES))
    const fromMs = (from / SPEECH_SAMPLE_RATE_HZ) * 1_000
    words.push(...heard.words.map((word) => ({ ...word, startMs: word.startMs + fromMs, endMs: word.endMs + fromMs })))
  }
  return words
}

/** How far from the truth the words begin that were heard right and are one word in both texts. */
function startErrorsOf(clip: Clip, heard: readonly HeardWord[]): number[] {
  const single = <T extends { text: string }>(words: readonly T[]) => words.flatMap((word) => spokenWords(word.text).map((spoken, _, all) => ({ ...word, spoken, isSingle: all.length === 1 })))
  const said = single((clip.words ?? []).map(([text, start]) => ({ text, startMs: start * 1_000 })))
  const found = single(heard)
  const { matches } = alignWords(said.map(({ spoken }) => spoken), found.map(({ spoken }) => spoken))
  return matches.flatMap((match) => {
    const [truth, word] = [said[match.said]!, found[match.heard]!]
    return truth.isSingle && word.isSingle ? [Math.abs(word.startMs - truth.startMs)] : []
  })
}
