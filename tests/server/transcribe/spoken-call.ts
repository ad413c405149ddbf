/** Calls made of real sound: clips are encoded as the agent does it and written as a log in a media store of their own. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { OggOpusWriter } from '@/agent/capture/ogg-writer'
import type { CallId } from '@/protocol/ids'
import type { AudioTrack } from '@/protocol/tracks'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import type { MediaStore } from '@/server/media/media-store'
import { OpusPacketReader } from '@/server/media/opus-packets'
import { LogBuilder, OPEN_DATA } from '../../fixtures/log-builder'

export const CLIPS = resolve(import.meta.dirname, '../../fixtures/speech')
export const CALL_ID: CallId = OPEN_DATA.callId
const PACKETS_PER_CHUNK = 50
/** What the encoder looks ahead: a packet begins this much before its first new sample. */
const LOOK_AHEAD_MS = 6.5

/** 16 kHz mono. */
export const readClip = async (file: string): Promise<Float32Array> => toSamples(await ffmpeg(['-i', join(CLIPS, file), '-f', 'f32le', '-ar', '16000', '-ac', '1', 'pipe:1']))

export async function encodeOpus(samples: Float32Array): Promise<Uint8Array[]> {
  const input = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  const encoder = ['-c:a', 'libopus', '-application', 'voip', '-frame_duration', '20', '-b:a', '24k']
  const ogg = await ffmpeg(['-f', 'f32le', '-ar', '16000', '-ac', '1', '-i', 'pipe:0', ...encoder, '-f', 'ogg', 'pipe:1'], input)
  return new OpusPacketReader().read(ogg).flatMap((page) => page.packets)
}

export type Sound = { track: AudioTrack; atMs: number; packets: readonly Uint8Array[]; /** A sound card that runs fast has less than 20. */ packetMs?: number }

/** Chunks of a second of each sound, in the order in which they are complete; gaps in the files are not filled. */
export function addSounds(log: LogBuilder, sounds: readonly Sound[]): LogBuilder {
  const writers = new Map<AudioTrack, OggOpusWriter>()
  const chunks = sounds.flatMap(({ track, atMs, packets, packetMs = 20 }) =>
    Array.from({ length: Math.ceil(packets.length / PACKETS_PER_CHUNK) }, (_, index) => {
      const own = packets.slice(index * PACKETS_PER_CHUNK, (index + 1) * PACKETS_PER_CHUNK)
      return { track, own, atMs: Math.max(0, Math.round(atMs - LOOK_AHEAD_MS + index * PACKETS_PER_CHUNK * packetMs)), durationMs: Math.round(own.length * packetMs) }
    }),
  )
  for (const { track, own, atMs, durationMs } of chunks.sort((a, b) => a.atMs + a.durationMs - b.atMs - b.durationMs)) {
    if (!writers.has(track)) {
      writers.set(track, new OggOpusWriter({ serial: 7 }))
      log.chunk(track, 0, 0, writers.get(track)!.header())
    }
    log.chunk(track, atMs, durationMs, writers.get(track)!.page(own))
  }
  return log
}

export const hangUp = (log: LogBuilder, atMs: number): LogBuilder => log.add({ atMs, kind: 'hangup', data: { by: 'hand' } }).add({ atMs, kind: 'close', data: { reason: 'done' } })

export type TestMedia = { media: MediaStore; dispose(): Promise<void> }

export async function makeTestMedia(): Promise<TestMedia> {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-speech-'))
  const media = makeFileMediaStore(folder)
  const dispose = async () => {
    await media.dispose()
    await rm(folder, { recursive: true, force: true })
  }
  return { media, dispose }
}

/** Writes the log as far as it goes; call it again after more was added. */
export async function storeLog(media: MediaStore, log: LogBuilder, callId: CallId = CALL_ID): Promise<void> {
  for (const [file, bytes] of log.files()) await media.write(callId, file, 0, bytes)
}

/** Loud and silent by turns, for the engine without a model: `[loudMs, silentMs, loudMs, …]`. */
export function makeTones(...durationsMs: number[]): Float32Array {
  const samples = new Float32Array(durationsMs.reduce((sum, ms) => sum + ms, 0) * 16)
  let from = 0
  durationsMs.forEach((ms, index) => {
    if (index % 2 === 0) for (let at = from; at < from + ms * 16; at++) samples[at] = 0.3 * Math.sin((2 * Math.PI * 300 * at) / 16_000)
    from += ms * 16
  })
  return samples
}

export function ffmpeg(args: readonly string[], input?: Uint8Array): Promise<Buffer> {
  return new Promise((resolveOutput, reject) => {
    const child = execFile('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...args], { encoding: 'buffer', maxBuffer: 1 << 30 }, (error, output) => {
      if (error) reject(new Error(error.message))
      else resolveOutput(output)
    })
    child.stdin?.end(input)
  })
}

export const toSamples = (bytes: Buffer): Float32Array => new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
