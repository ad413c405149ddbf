/**
 * A track's sound with every chunk where the log says it stands: silence where nothing was recorded, and a packet dropped
 * or added where the sound card's clock has drifted away from the call's.
 */
import { open } from 'node:fs/promises'
import type { EntryOf } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { OPUS_PACKET_MS, OPUS_SAMPLE_RATE_HZ, OPUS_SILENCE } from '@/protocol/tracks'
import type { MediaStore } from '../media/media-store'
import { TrackPackets } from '../transcribe/track-packets'
import { OpusFileWriter, PRE_SKIP_SAMPLES } from './opus-file-writer'

const PRE_SKIP_MS = (PRE_SKIP_SAMPLES / OPUS_SAMPLE_RATE_HZ) * 1_000
/** A chunk further off than this is moved; below half a packet it would be moved to and fro. */
const TOLERANCE_MS = 15

export type TimedTrack = { callId: CallId; media: MediaStore; chunks: readonly EntryOf<'audio'>[]; lengthMs: number }

/** Writes an Ogg file whose time is the call's time, give or take 15 ms. */
export async function writeTimedTrack({ callId, media, chunks, lengthMs }: TimedTrack, path: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    const writer = new OpusFileWriter()
    const packets = new TrackPackets(media, callId)
    await file.write(writer.header())
    for (const chunk of chunks) await file.write(Buffer.concat(place(writer, chunk.atMs, await packets.read(chunk))))
    const rest = Array.from({ length: Math.max(0, packetAt(lengthMs) - writer.packetCount) }, () => writer.add(OPUS_SILENCE) ?? Buffer.alloc(0))
    await file.write(Buffer.concat([...rest, writer.finish()]))
  } finally {
    await file.close()
  }
}

function place(writer: OpusFileWriter, atMs: number, packets: readonly Uint8Array[]): Buffer[] {
  const lateByMs = writer.packetCount * OPUS_PACKET_MS - PRE_SKIP_MS - atMs
  const isOff = Math.abs(lateByMs) > TOLERANCE_MS
  const missing = isOff ? packetAt(atMs) - writer.packetCount : 0
  const silence = Array.from({ length: Math.max(0, missing) }, () => OPUS_SILENCE)
  return [...silence, ...packets.slice(Math.max(0, -missing))].flatMap((packet) => writer.add(packet) ?? [])
}

/** Number of the packet that sounds at a position: a player leaves the pre-skip out. */
const packetAt = (atMs: number): number => Math.round((atMs + PRE_SKIP_MS) / OPUS_PACKET_MS)
