/**
 * One track's sound, chunk by chunk, to utterances that are final as soon as the speaker pauses.
 *
 * The position of a chunk is the truth: samples only tell the time within it, and a hole between two chunks ends what was
 * being said. The same chunks and cuts give the same utterances, whether they come live or from the log.
 */
import type { AudioTrack } from '@/protocol/tracks'
import { SPEECH_FRAME_SAMPLES } from './engine'
import { Envelope } from './envelope'
import { placeWords } from './place-words'
import { Segmenter, type SpeechStretch } from './segmenter'
import { SoundBuffer } from './sound-buffer'
import type { HearingMemory, SpeechPriority, SpeechService } from './speech-service'
import type { Utterance } from './utterances'
import { textOfWords } from './words'

/** Neighbouring chunks whose positions differ by more have a hole between them; less is a sound card's clock. */
export const HOLE_MS = 120
/** The last chunk before a cut may end this much earlier than the cut. */
const CUT_TOLERANCE_MS = 100

export type TrackChunk = { atMs: number; durationMs: number; packets: readonly Uint8Array[] }

export type TrackTranscriberOptions = {
  track: AudioTrack
  speech: SpeechService
  priority: SpeechPriority
  vocabulary: readonly string[]
  /** Utterances up to here are known: they are heard again, for the envelope, but not transcribed. */
  knownUntilMs: number
  onUtterance: (utterance: Utterance) => Promise<void>
}

type Stretch = { sound: SoundBuffer; segmenter: Segmenter; memory: HearingMemory | null }

export class TrackTranscriber {
  readonly envelope = new Envelope()
  private stretch: Stretch = newStretch()
  private endMs = 0
  private cutAtMs: number | null = null

  constructor(private readonly options: TrackTranscriberOptions) {}

  async add({ atMs, durationMs, packets }: TrackChunk): Promise<void> {
    if (packets.length === 0) return
    if (Math.abs(atMs - this.endMs) > HOLE_MS) await this.endStretch()
    const { sound, segmenter, memory } = this.stretch
    const heard = await this.options.speech.hear(packets, memory, this.options.priority)
    this.stretch.memory = heard.memory
    sound.append(atMs, heard.samples)
    this.envelope.add(atMs, heard.samples)
    for (const found of segmenter.push(heard.probabilities)) await this.transcribe(found)
    sound.dropBefore(segmenter.keepFromFrame * SPEECH_FRAME_SAMPLES)
    this.endMs = atMs + durationMs
    if (this.cutAtMs !== null) await this.cutAt(this.cutAtMs)
  }

  /** The track goes on elsewhere after this position: what was being said is final once its sound is here. */
  async cutAt(atMs: number): Promise<void> {
    this.cutAtMs = this.endMs >= atMs - CUT_TOLERANCE_MS ? null : atMs
    if (this.cutAtMs === null) await this.endStretch()
  }

  /** Nothing follows. */
  finish(): Promise<void> {
    return this.endStretch()
  }

  private async endStretch(): Promise<void> {
    for (const found of this.stretch.segmenter.finish()) await this.transcribe(found)
    this.stretch = newStretch()
  }

  private async transcribe({ startFrame, endFrame, fromFrame, toFrame }: SpeechStretch): Promise<void> {
    const { speech, track, priority, vocabulary, knownUntilMs, onUtterance } = this.options
    const { sound } = this.stretch
    const atMs = (frame: number): number => sound.atMs(frame * SPEECH_FRAME_SAMPLES)
    if (atMs(endFrame) <= knownUntilMs) return
    const from = fromFrame * SPEECH_FRAME_SAMPLES
    const { words: heard } = await speech.transcribe(sound.slice(from, toFrame * SPEECH_FRAME_SAMPLES), { vocabulary }, priority)
    const words = placeWords(heard, sound, from)
    const [first, last] = [words[0], words.at(-1)]
    if (!first || !last) return
    await onUtterance({
      track,
      startMs: Math.min(atMs(startFrame), first.startMs),
      endMs: Math.max(atMs(endFrame), last.endMs),
      text: textOfWords(words),
      words,
      leakedFrom: null,
    })
  }
}

const newStretch = (): Stretch => ({ sound: new SoundBuffer(), segmenter: new Segmenter(), memory: null })
