/** The waveform of each party, small enough to be drawn at once for a call of any length. */
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { CallId } from '@/protocol/ids'
import { trackFile } from '@/protocol/tracks'
import type { MediaStore } from '../media/media-store'
import { readCallMedia } from './call-media'
import { runFfmpeg } from './ffmpeg'
import { withScratchFolder } from './scratch'
import { writeTimedTrack } from './timed-track'

export const PEAKS_FILE = 'derived/peaks.json'
/** Enough to see each syllable of a short call; an hour gets ten peaks a second. */
const MOST_PEAKS = 36_000
const [LOWEST_RATE_HZ, HIGHEST_RATE_HZ] = [2, 50]
const SAMPLE_RATE_HZ = 8_000

export const peaksSchema = z.object({
  /** Peaks a second. */
  rateHz: z.number().positive(),
  /** By track: largest amplitude of each interval, 0 to 1; the first interval begins at position 0. */
  tracks: z.record(z.string(), z.array(z.number().min(0).max(1))),
})
export type Peaks = z.infer<typeof peaksSchema>

export async function makePeaks(media: MediaStore, callId: CallId, signal?: AbortSignal): Promise<void> {
  const { lengthMs, audio } = await readCallMedia(media, callId)
  const rateHz = Math.min(HIGHEST_RATE_HZ, Math.max(LOWEST_RATE_HZ, Math.floor(MOST_PEAKS / Math.max(1, lengthMs / 1_000))))
  const peaks: Peaks = { rateHz, tracks: {} }
  await withScratchFolder(async (folder) => {
    for (const [track, chunks] of audio) {
      const path = join(folder, trackFile(track))
      await writeTimedTrack({ callId, media, chunks, lengthMs }, path)
      const samples = ['-i', path, '-f', 's16le', '-ac', '1', '-ar', String(SAMPLE_RATE_HZ), 'pipe:1']
      await runFfmpeg(samples, signal, async (output) => {
        const found = await readPeaks(output, SAMPLE_RATE_HZ / rateHz)
        // The last packet may sound on for some milliseconds.
        peaks.tracks[track] = found.slice(0, Math.ceil((lengthMs / 1_000) * rateHz))
      })
    }
  })
  await media.replace(callId, PEAKS_FILE, new TextEncoder().encode(JSON.stringify(peaks)))
}

/** Largest amplitude of every `samplesPerPeak` samples, which need not be whole. */
async function readPeaks(output: Readable, samplesPerPeak: number): Promise<number[]> {
  const peaks: number[] = []
  let [sample, rest] = [0, Buffer.alloc(0)]
  for await (const chunk of output as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % 2)
    for (let offset = 0; offset < whole; offset += 2, sample++) {
      const index = Math.floor(sample / samplesPerPeak)
      peaks[index] = Math.max(peaks[index] ?? 0, Math.abs(bytes.readInt16LE(offset)))
    }
    rest = bytes.subarray(whole)
  }
  return peaks.map((peak) => Math.round((peak / 32_768) * 1_000) / 1_000)
}
