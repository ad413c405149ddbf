/** Real voices with known word times: those of the data where it has them, otherwise those that the engine finds in the whole clip. */
import { resolve } from 'node:path'
import { SPEECH_SAMPLE_RATE_HZ } from '@/server/transcribe/engine'
import { MoonshineEngine } from '@/server/transcribe/moonshine/moonshine-engine'
import { prepareModel } from '@/server/transcribe/prepare-model'
import { spokenWords } from '@/server/transcribe/spoken-words'
import { hear } from '../speech'
import { readSound, type Clip } from '../speech-data'
import type { SaidWord } from './latencies'

const LEAST_CLIP_MS = 3_000
const PAUSE_MS = 1_000

/** 16 kHz; times of the words are from its beginning. */
export type Spoken = { sound: Float32Array; words: SaidWord[] }

export const loadEngine = async (say: (progress: string) => void): Promise<MoonshineEngine> => MoonshineEngine.load(await prepareModel({ modelsDir: resolve('models'), onProgress: say }))

/** One clip after the other with a second of silence between them, until the time is full. */
export async function speak(engine: MoonshineEngine, clips: readonly Clip[], lengthMs: number): Promise<Spoken> {
  const sound = new Float32Array(msToSamples(lengthMs))
  const words: SaidWord[] = []
  let atMs = 0
  for (let index = 0; atMs < lengthMs && index < 1_000; index++) {
    const clip = clips[index % clips.length]!
    const samples = await readSound(clip.path)
    const clipMs = (samples.length / SPEECH_SAMPLE_RATE_HZ) * 1_000
    if (clipMs < LEAST_CLIP_MS) continue
    sound.set(samples.subarray(0, sound.length - msToSamples(atMs)), msToSamples(atMs))
    const timed = clip.words?.map(([text, start, end]) => ({ text, startMs: start * 1_000, endMs: end * 1_000 })) ?? (await hear(engine, samples))
    for (const { text, startMs, endMs } of timed) for (const spoken of spokenWords(text)) words.push({ spoken, startMs: startMs + atMs, endMs: endMs + atMs })
    atMs += clipMs + PAUSE_MS
  }
  return { sound, words: words.filter(({ endMs }) => endMs <= lengthMs) }
}

const msToSamples = (ms: number): number => Math.round((ms * SPEECH_SAMPLE_RATE_HZ) / 1_000)
