/**
 * Captions of one call of two people who both talk all the time: real voices as packets of 20 ms in real time, and how long
 * after the end of a word it stands in a caption. Word times are those of the data where it has them, otherwise those that
 * the engine finds in the whole clip.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { resolve } from 'node:path'
import { makeCallId } from '@/protocol/ids'
import type { LiveItem } from '@/protocol/live-items'
import type { LiveWords } from '@/protocol/live-messages'
import { addLiveWords } from '@/protocol/live-words'
import { OPUS_PACKET_MS } from '@/protocol/tracks'
import { LiveCaptions, type CaptionsState } from '@/server/live/captions'
import { SPEECH_SAMPLE_RATE_HZ } from '@/server/transcribe/engine'
import { spokenWords } from '@/server/transcribe/spoken-words'
import { alignWords } from '@/server/transcribe/word-error-rate'
import { SpeechWorkers } from '@/server/transcribe/worker-pool'
import { makeWorkerSpawner } from '@/server/transcribe/worker-process'
import { encodeOpus } from '../../tests/server/transcribe/spoken-call'
import type { Bench, Figure } from '../bench'
import { cpuSecondsByProgram } from '../process-cpu'
import { findSpeechData, type Clip } from '../speech-data'
import { coveredLatencies, quantilesOf, TIME_TOLERANCE_MS, type Quantiles, type SaidWord, type Told } from './latencies'
import { loadEngine, speak } from './spoken'

const BUDGET_P95_MS = 2_000
const BUDGET_CORES = 1
const CALL_MS = 60_000
const VOICES = ['technician', 'customer'] as const

type Voice = { track: (typeof VOICES)[number]; packets: Uint8Array[]; words: SaidWord[] }

export type CaptionFigures = {
  data: string
  /** From the end of a word to the first caption that reaches to its end. */
  coveredMs: Quantiles
  /** The same to the first caption in which the word stands as it was said; words that were never heard right are left out. */
  rightMs: Quantiles
  wordsNeverRight: number
  /** Processor time of server and workers in a second of the call. */
  cores: number
  wasTooBusy: boolean
}

export async function benchCaptions(say: (progress: string) => void = () => undefined): Promise<CaptionFigures> {
  const data = findSpeechData()
  say(`putting a call together from ${data.name}`)
  const voices = await makeVoices(data.clips, say)
  const speech = new SpeechWorkers({ spawn: makeWorkerSpawner(resolve('models')), log: { warn: say } })
  await Promise.all(VOICES.map(() => speech.transcribe(new Float32Array(SPEECH_SAMPLE_RATE_HZ), {}, 'live')))
  say(`captioning ${CALL_MS / 1_000} s of two voices in real time`)
  const cpuBefore = cpuSeconds()
  const { told, states } = await caption(speech, voices)
  const cores = (cpuSeconds() - cpuBefore) / (CALL_MS / 1_000)
  await speech.dispose()
  const covered = voices.flatMap(({ track, words }) => coveredLatencies(track, words, told))
  const right = voices.flatMap((voice) => rightLatencies(voice, told))
  const wordCount = voices.reduce((sum, { words }) => sum + words.length, 0)
  return { data: data.name, coveredMs: quantilesOf(covered), rightMs: quantilesOf(right), wordsNeverRight: wordCount - right.length, cores, wasTooBusy: states.includes('too-busy') }
}

export const captionsBench: Bench = {
  name: 'captions',
  async measure(say) {
    const { data, coveredMs, rightMs, wordsNeverRight, cores, wasTooBusy } = await benchCaptions(say)
    const comparedTo = `${data}; ${cores.toFixed(2)} cores, without captions of this kind the words come with the transcript, seconds after the utterance`
    const describe = ({ p50, p95, count }: Quantiles): string => `${p50.toFixed(0)} ms median, ${p95.toFixed(0)} ms p95 of ${count} words`
    const figures: Figure[] = [
      { what: 'end of a word to the caption that covers it', measured: describe(coveredMs), budget: `≤ ${BUDGET_P95_MS} ms p95`, comparedTo, isWithinBudget: coveredMs.p95 <= BUDGET_P95_MS && !wasTooBusy },
      { what: 'end of a word to the caption that has it right', measured: `${describe(rightMs)}, ${wordsNeverRight} never`, budget: 'none', comparedTo: 'a word that is corrected when its sentence goes on counts from its correction', isWithinBudget: true },
      { what: 'processor for one captioned call', measured: `${cores.toFixed(2)} cores`, budget: `≤ ${BUDGET_CORES} core`, comparedTo: 'both voices talk without a pause', isWithinBudget: cores <= BUDGET_CORES },
    ]
    return figures
  },
}

async function makeVoices(clips: readonly Clip[], say: (progress: string) => void): Promise<Voice[]> {
  const engine = await loadEngine(say)
  const real = clips.filter(({ isSynthetic }) => !isSynthetic)
  return Promise.all(
    VOICES.map(async (track, voice): Promise<Voice> => {
      const { sound, words } = await speak(engine, real.filter((_, index) => real.length < 4 || index % VOICES.length === voice), CALL_MS)
      return { track, packets: await encodeOpus(sound), words }
    }),
  )
}

async function caption(speech: SpeechWorkers, voices: readonly Voice[]): Promise<{ told: Told[]; states: CaptionsState[] }> {
  const callId = makeCallId()
  const told: Told[] = []
  const states: CaptionsState[] = []
  let shown: LiveWords[] = []
  const beganAtMs = performance.now()
  const onWords = (_: unknown, words: LiveWords[]): void => {
    shown = words.reduce(addLiveWords, shown)
    told.push({ atMs: performance.now() - beganAtMs, words: shown })
  }
  const captions = new LiveCaptions({ speech, listener: { onWords, onState: (_, state) => void states.push(state) }, log: { warn: (message) => void process.stderr.write(`${message}\n`) } })
  captions.follow(callId)
  for (let next = 0; next * OPUS_PACKET_MS < CALL_MS; next++) {
    // A packet is complete when its sound has ended.
    await sleep(Math.max(0, (next + 1) * OPUS_PACKET_MS - (performance.now() - beganAtMs)))
    const items = voices.flatMap(({ track, packets }) => packets.slice(next, next + 1).map((bytes): LiveItem => ({ track, atMs: next * OPUS_PACKET_MS, bytes, isKey: true })))
    captions.push(callId, items)
  }
  await sleep(3_000)
  await captions.dispose()
  return { told, states }
}

function rightLatencies({ track, words }: Voice, told: readonly Told[]): number[] {
  const firstRightMs = new Map<SaidWord, number>()
  for (const { atMs, words: captions } of told) {
    const own = captions.filter((caption) => caption.track === track)
    const saidByThen = words.filter(({ startMs }) => startMs <= (own.at(-1)?.endMs ?? 0) + TIME_TOLERANCE_MS)
    const { matches } = alignWords(saidByThen.map(({ spoken }) => spoken), own.flatMap(({ text }) => spokenWords(text)))
    for (const { said } of matches) {
      const word = saidByThen[said]!
      if (!firstRightMs.has(word)) firstRightMs.set(word, atMs)
    }
  }
  return [...firstRightMs].map(([word, atMs]) => atMs - word.endMs)
}

const cpuSeconds = (): number => [...cpuSecondsByProgram(process.pid).values()].reduce((sum, seconds) => sum + seconds, 0)
