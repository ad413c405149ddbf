/** Speech to be played, behind a click by which it is found again. */
import { addClick, samplesOf } from '@/demo/pcm'
import { ffmpeg } from '@/demo/media-probe'
import type { SaidWord } from './latencies'
import type { Spoken } from './spoken'

const CLICK_AT_MS = 300
const SPEECH_AT_MS = 1_500

/** Mono at 48 kHz; times of the words are from the click. */
export type Utterance = { sound: Int16Array; wordsAfterClick: SaidWord[] }

export function makeUtterance({ sound, words }: Spoken): Utterance {
  const pcm = ffmpeg(['-f', 'f32le', '-ar', '16000', '-ac', '1', '-i', 'pipe:0', '-f', 's16le', '-ar', '48000', 'pipe:1'], Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength))
  const speech = new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.length))
  const whole = new Int16Array(samplesOf(SPEECH_AT_MS) + speech.length)
  addClick(whole, CLICK_AT_MS)
  whole.set(speech, samplesOf(SPEECH_AT_MS))
  const offsetMs = SPEECH_AT_MS - CLICK_AT_MS
  return { sound: whole, wordsAfterClick: words.map((word) => ({ ...word, startMs: word.startMs + offsetMs, endMs: word.endMs + offsetMs })) }
}
