/**
 * One voice of a call that somebody listens to: its packets to words that are corrected as they firm up.
 *
 * The track has one request at the speech service at a time. What comes while it waits there is gathered, so a busy machine
 * makes captions rarer and never longer queues. What is being said is heard again from its beginning twice a second, while
 * there is news of it. What has ended is heard once more, unless the last hearing had it all, or it came longer ago than
 * LIMIT_LAG_MS: then its words come with the transcript, and the captions go on with the present.
 */
import type { LiveWords } from '@/protocol/live-messages'
import { OPUS_PACKET_MS, type AudioTrack } from '@/protocol/tracks'
import { SPEECH_FRAME_SAMPLES } from '../transcribe/engine'
import { placeWords } from '../transcribe/place-words'
import { Segmenter, type SpeechStretch } from '../transcribe/segmenter'
import { SoundBuffer } from '../transcribe/sound-buffer'
import type { HearingMemory, SpeechService } from '../transcribe/speech-service'
import { textOfWords, type Word } from '../transcribe/words'
import { Lag } from './lag'
import { PacketBacklog, type Packet, type PacketBatch } from './packet-backlog'

/** Captions that are this late are told to be. */
export const LIMIT_LAG_MS = 4_000
/** Shorter than for the transcript: it is heard again and again while it grows. */
const LONGEST_STRETCH_MS = 10_000
const HEAR_AGAIN_AFTER_MS = 450
/** A long utterance takes longer to hear, and is heard again after twice that time: half a core at most, and never late by resting. */
const REST_FACTOR = 2
const LONGEST_REST_MS = 1_200
/** Of less speech the engine makes other words. */
const LEAST_SPEECH_FRAMES = 12
/** Sound after the last speech that settles the last word. */
const SETTLING_FRAMES = 6
/** How far apart the ends of the same speech may be found in the transcript and here. */
const SAME_END_MS = 100

type Hearing = { startFrame: number; toFrame: number; words: Word[] }
type Stretch = { sound: SoundBuffer; segmenter: Segmenter; memory: HearingMemory | null; lastHearing: Hearing | null; lastTold: LiveWords | null }

export type CaptionTrackOptions = {
  track: AudioTrack
  speech: SpeechService
  vocabulary: readonly string[]
  nowMs: () => number
  onWords: (words: LiveWords[]) => void
  onFailed: (cause: unknown) => void
}

export class CaptionTrack {
  private readonly backlog = new PacketBacklog()
  private readonly lag = new Lag()
  private stretch: Stretch = newStretch()
  private transcribedToMs = -1
  private nextHearingAtMs = 0
  private work: Promise<void> | null = null
  private hasEnded = false

  constructor(private readonly options: CaptionTrackOptions) {}

  push(packet: Packet): void {
    if (!this.backlog.push(packet)) return
    this.lag.come(packet.atMs + OPUS_PACKET_MS, this.options.nowMs())
    this.work ??= this.workOff().finally(() => (this.work = null))
  }

  get lagMs(): number {
    return this.lag.ms(this.options.nowMs())
  }

  /** The transcript has come this far: nothing before needs captions any more. */
  handleTranscribed(toMs: number): void {
    this.transcribedToMs = Math.max(this.transcribedToMs, toMs)
  }

  /** Nothing is told from now on. Resolves when nothing is under way. */
  async end(): Promise<void> {
    this.hasEnded = true
    await this.work
  }

  private async workOff(): Promise<void> {
    // What is pushed in one go is heard in one go.
    await Promise.resolve()
    try {
      for (let batch = this.next(); batch !== null; batch = this.next()) await this.hear(batch)
    } catch (cause) {
      this.stretch = newStretch()
      if (!this.hasEnded) this.options.onFailed(cause)
    }
  }

  private next(): PacketBatch | null {
    return this.hasEnded ? null : this.backlog.take()
  }

  private async hear(batch: PacketBatch): Promise<void> {
    const told: (LiveWords | null)[] = []
    if (batch.isAfterHole) {
      for (const ended of this.stretch.segmenter.finish()) told.push(await this.captionEnded(ended))
      this.stretch = newStretch()
    }
    const { sound, segmenter, memory } = this.stretch
    const heard = await this.options.speech.hear(batch.packets, memory, 'captions')
    this.stretch.memory = heard.memory
    sound.append(batch.atMs, heard.samples)
    const ended = segmenter.push(heard.probabilities)
    for (const stretch of ended) told.push(await this.captionEnded(stretch))
    // After a cut in the middle of speech the end of what was shown belongs to what follows: it must not vanish meanwhile.
    if (ended.some(isCutInSpeech)) this.nextHearingAtMs = 0
    if (segmenter.open) told.push(await this.captionOpen(segmenter.open))
    sound.dropBefore(segmenter.keepFromFrame * SPEECH_FRAME_SAMPLES)
    this.lag.reach(this.understoodToMs(batch.endMs))
    this.tell(told.filter((words) => words !== null))
  }

  private async captionOpen(open: SpeechStretch): Promise<LiveWords | null> {
    if (open.toFrame - open.startFrame < LEAST_SPEECH_FRAMES || this.isKnown(open) || this.isTranscribed(open)) return null
    if (this.backlog.isLong || this.options.nowMs() < this.nextHearingAtMs) return null
    const words = await this.transcribe(open)
    return words.length === 0 ? null : { ...this.describe(open, words), endMs: words.at(-1)!.endMs, isFinal: false }
  }

  private async captionEnded(ended: SpeechStretch): Promise<LiveWords | null> {
    if (this.isTranscribed(ended)) return null
    const isKnown = this.isKnown(ended) && !isCutInSpeech(ended)
    if (!isKnown && this.lagMs > LIMIT_LAG_MS) return null
    const words = isKnown ? this.stretch.lastHearing!.words : await this.transcribe(ended)
    const { lastTold } = this.stretch
    const caption = { ...this.describe(ended, words), isFinal: true }
    const wasShown = lastTold?.startMs === caption.startMs && lastTold.text !== ''
    return words.length > 0 || wasShown ? caption : null
  }

  private async transcribe(stretch: SpeechStretch): Promise<Word[]> {
    const { speech, vocabulary, nowMs } = this.options
    const { sound } = this.stretch
    const beganAtMs = nowMs()
    const from = stretch.fromFrame * SPEECH_FRAME_SAMPLES
    const { words } = await speech.transcribe(sound.slice(from, stretch.toFrame * SPEECH_FRAME_SAMPLES), { vocabulary }, 'captions')
    const placed = placeWords(words, sound, from)
    this.stretch.lastHearing = { startFrame: stretch.startFrame, toFrame: stretch.toFrame, words: placed }
    this.nextHearingAtMs = beganAtMs + Math.min(LONGEST_REST_MS, Math.max(HEAR_AGAIN_AFTER_MS, REST_FACTOR * (nowMs() - beganAtMs)))
    return placed
  }

  /** The last hearing had all its speech and enough silence behind it. */
  private isKnown({ startFrame, endFrame }: SpeechStretch): boolean {
    const { lastHearing } = this.stretch
    return lastHearing?.startFrame === startFrame && lastHearing.toFrame >= endFrame + SETTLING_FRAMES
  }

  private isTranscribed({ endFrame }: SpeechStretch): boolean {
    return this.atMs(endFrame) <= this.transcribedToMs + SAME_END_MS
  }

  private describe({ startFrame, endFrame }: SpeechStretch, words: readonly Word[]): Omit<LiveWords, 'isFinal'> {
    const endMs = Math.max(this.atMs(endFrame), words.at(-1)?.endMs ?? 0)
    return { track: this.options.track, startMs: this.atMs(startFrame), endMs, text: textOfWords(words) }
  }

  private understoodToMs(heardToMs: number): number {
    const { segmenter, lastHearing } = this.stretch
    const { open } = segmenter
    if (!open || this.isKnown(open) || this.isTranscribed(open)) return heardToMs
    return this.atMs(lastHearing?.startFrame === open.startFrame ? lastHearing.toFrame : open.startFrame)
  }

  private tell(words: LiveWords[]): void {
    if (words.length === 0 || this.hasEnded) return
    this.stretch.lastTold = words.at(-1)!
    this.options.onWords(words)
  }

  private atMs(frame: number): number {
    return this.stretch.sound.atMs(frame * SPEECH_FRAME_SAMPLES)
  }
}

const newStretch = (): Stretch => ({ sound: new SoundBuffer(), segmenter: new Segmenter({ longestMs: LONGEST_STRETCH_MS }), memory: null, lastHearing: null, lastTold: null })
/** At the limit of length, not at a pause: the engine gets nothing of what follows. */
const isCutInSpeech = ({ endFrame, toFrame }: SpeechStretch): boolean => endFrame === toFrame
