/** Where clicks and flashes stand in what was recorded: read from the track files and placed on the timeline by the log. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readOggPages } from '@/agent/capture/ogg-reader'
import { isMediaEntry, LOG_FILE, parseLine, type LogEntry, type MediaEntry } from '@/protocol/entries'
import { OPUS_PACKET_MS, trackFile, type AudioTrack } from '@/protocol/tracks'
import { parsePcm, SAMPLE_RATE_HZ } from '../pcm'
import type { Area } from './x11'

const run = promisify(execFile)
const MAX_OUTPUT_BYTES = 1024 ** 3
const WHITE = 128

export async function readEntries(folder: string): Promise<LogEntry[]> {
  const lines = (await readFile(join(folder, LOG_FILE), 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => parseLine(new TextEncoder().encode(line)))
}

export type PlacedSound = { samples: Int16Array; atMsOf(sample: number): number }

/** A track as a player hears it, and the way from a sample of it to the timeline. */
export async function readSound(folder: string, track: AudioTrack, entries: readonly LogEntry[]): Promise<PlacedSound> {
  const path = join(folder, trackFile(track))
  const { stdout } = await run('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-f', 's16le', '-ar', String(SAMPLE_RATE_HZ), '-ac', '1', '-'], { encoding: 'buffer', maxBuffer: MAX_OUTPUT_BYTES })
  const places = placeChunks(await readFile(path), entries.filter(isMediaEntry).filter((entry) => entry.track === track))
  return {
    samples: parsePcm(stdout),
    atMsOf(sample) {
      const fileMs = (sample * 1_000) / SAMPLE_RATE_HZ
      const place = places.findLast(({ fromFileMs }) => fromFileMs <= fileMs) ?? { fromFileMs: 0, atMs: 0 }
      return place.atMs + fileMs - place.fromFileMs
    },
  }
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

/** Positions of the frames in which an area of the screen turned from dark to light or back. */
export async function findFlashes(folder: string, area: Area): Promise<number[]> {
  const path = join(folder, trackFile('screen'))
  const inset = { x: area.x + Math.floor(area.widthPx / 4), y: area.y + Math.floor(area.heightPx / 4), widthPx: Math.floor(area.widthPx / 2), heightPx: Math.floor(area.heightPx / 2) }
  const crop = `crop=${inset.widthPx}:${inset.heightPx}:${inset.x}:${inset.y},scale=1:1,format=gray`
  const [frames, probe] = await Promise.all([
    run('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-vsync', 'passthrough', '-vf', crop, '-f', 'rawvideo', '-'], { encoding: 'buffer', maxBuffer: MAX_OUTPUT_BYTES }),
    run('ffprobe', ['-v', 'error', '-select_streams', 'v', '-show_entries', 'frame=pts_time', '-of', 'csv=p=0', path], { maxBuffer: MAX_OUTPUT_BYTES }),
  ])
  const positions = probe.stdout.trim().split('\n').map((seconds) => Math.round(parseFloat(seconds) * 1_000))
  return positions.filter((_, index) => index > 0 && isWhite(frames.stdout, index) !== isWhite(frames.stdout, index - 1))
}

const isWhite = (brightness: Uint8Array, frame: number): boolean => (brightness[frame] ?? 0) > WHITE
