/** What the engine heard in a piece of a track, as words of the call. */
import { SPEECH_SAMPLE_RATE_HZ, type HeardWord } from './engine'
import { formatNumbers } from './number-format'
import type { SoundBuffer } from './sound-buffer'
import type { Word } from './words'

/** `fromSample`: where in the stretch the engine began to listen. */
export function placeWords(heard: readonly HeardWord[], sound: SoundBuffer, fromSample: number): Word[] {
  const inCall = (offsetMs: number): number => sound.atMs(fromSample + (offsetMs * SPEECH_SAMPLE_RATE_HZ) / 1_000)
  return formatNumbers(heard.map((word) => ({ ...word, startMs: inCall(word.startMs), endMs: inCall(word.endMs) })))
}
