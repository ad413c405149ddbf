/** Whether somebody spoke, going by loudness alone: several tenths of a second that stand out from the quiet around them. */
import { OPUS_PACKET_MS } from '@/protocol/tracks'

/** Speech close to a microphone is 20 to 40 dB above the room; a fan or a hum does not rise above itself. */
const ABOVE_NOISE_DB = 15
/** Softer than this nobody would understand it. */
const AUDIBLE_DB = -50
/** A microphone's own noise is above this; below there is nothing, however far below. */
const LOWEST_DB = -80
/** A short word, within a second; a knock on the table is shorter. */
const WORD_PACKETS = 200 / OPUS_PACKET_MS
const WINDOW_PACKETS = 1_000 / OPUS_PACKET_MS
/** The tenth part that is quietest is what there is between words. */
const NOISE_SHARE = 0.1

export class VoiceDetector {
  private readonly levelsDb: number[] = []

  /** RMS of the next packet, in dB of full scale. */
  push(levelDb: number): void {
    this.levelsDb.push(Math.max(LOWEST_DB, levelDb))
  }

  get noiseDb(): number {
    return this.levelsDb.toSorted((a, b) => a - b)[Math.floor(this.levelsDb.length * NOISE_SHARE)] ?? LOWEST_DB
  }

  /** Nothing was heard that any microphone in any room would deliver. */
  get isSilent(): boolean {
    return this.levelsDb.every((levelDb) => levelDb <= LOWEST_DB)
  }

  /** Level of the word that was heard, `null` as long as there was none. What is noise is not known within the first second. */
  get voiceDb(): number | null {
    if (this.levelsDb.length < WINDOW_PACKETS) return null
    const threshold = Math.max(AUDIBLE_DB, this.noiseDb + ABOVE_NOISE_DB)
    for (let end = 1; end <= this.levelsDb.length; end++) {
      const loud = this.levelsDb.slice(Math.max(0, end - WINDOW_PACKETS), end).filter((levelDb) => levelDb >= threshold)
      if (loud.length >= WORD_PACKETS) return Math.max(...loud)
    }
    return null
  }
}

export function rmsDb(samples: Float32Array): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0)
  return 10 * Math.log10(energy / Math.max(1, samples.length))
}
