/** Where clicks and flashes stand in what was recorded: read from the track files and placed on the timeline by the log. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readOggPages } from '@/agent/capture/ogg-reader'
import { isMediaEntry, LOG_FILE, parseLine, type LogEntry, type MediaEntry } from '@/protocol/entries'
import { OPUS_PACKET_MS, trackFile, type AudioTrack } from '@/protocol/tracks'
import { decodeBrightness, decodeSound, findClicks, framePositionsMs } from '../media-probe'
import { SAMPLE_RATE_HZ } from '../pcm'

const WHITE = 128

export async function readEntries(folder: string): Promise<LogEntry[]> {
  const lines = (await readFile(join(folder, LOG_FILE), 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => parseLine(new TextEncoder().encode(line)))
}

/** Positions of the clicks in a track as a player hears it. */
export async function findRecordedClicks(folder: string, track: AudioTrack, entries: readonly LogEntry[]): Promise<number[]> {
  const file = await readFile(join(folder, trackFile(track)))
  const places = placeChunks(file, entries.filter(isMediaEntry).filter((entry) => entry.track === track))
  return findClicks(decodeSound(file)).map((sample) => {
    const fileMs = (sample * 1_000) / SAMPLE_RATE_HZ
    const place = places.findLast(({ fromFileMs }) => fromFileMs <= fileMs) ?? { fromFileMs: 0, atMs: 0 }
    return place.atMs + fileMs - place.fromFileMs
  })
}

/** A player's time is the sum of all packets before; a chunk's `atMs` says where on the timeline they belong. */
function placeChunks(file: Uint8Array, chunks: readonly MediaEntry[]): { fromFileMs: number; atMs: number }[] {
  let fileMs = 0
  return chunks.flatMap(({ atMs, offsetBytes, bytes }) => {
    const packets = readOggPages(file.subarray(offsetBytes, offsetBytes + bytes)).pages.filter(({ granule }) => granule > 0n).flatMap((page) => page.packets)
    const fromFileMs = fileMs
    fileMs += packets.length * OPUS_PACKET_MS
    return packets.length > 0 ? [{ fromFileMs, atMs }] : []
  })
}

/** Positions of the frames in which a part of the screen turned from dark to light or back; `crop` is ffmpeg's `width:height:x:y`. */
export async function findRecordedFlashes(folder: string, crop: string): Promise<number[]> {
  const file = await readFile(join(folder, trackFile('screen')))
  const isWhite = decodeBrightness(file, crop).map((brightness) => brightness > WHITE)
  return framePositionsMs(file).filter((_, index) => index > 0 && isWhite[index] !== isWhite[index - 1])
}
