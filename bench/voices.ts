/** Real voices in two tracks for as long as is asked for, encoded as the agent encodes them. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { OPUS_PACKET_MS } from '@/protocol/tracks'
import { OpusPacketReader } from '@/server/media/opus-packets'
import { findSpeechData } from './speech-data'

const run = promisify(execFile)
export const VOICE_TRACKS = ['technician', 'customer'] as const
export type Voices = Record<(typeof VOICE_TRACKS)[number], Uint8Array[]>

/** Packets of 20 ms: the calls at hand one after the other until the time is up. */
export async function encodeVoices(lengthMs: number): Promise<Voices> {
  const calls = await Promise.all(findSpeechData().calls.map(async (call) => ({ technician: await encode(call.technician), customer: await encode(call.customer) })))
  const voices: Voices = { technician: [], customer: [] }
  for (let turn = 0; voices.technician.length < lengthMs / OPUS_PACKET_MS; turn++) {
    const call = calls[turn % calls.length]!
    const length = Math.min(call.technician.length, call.customer.length)
    for (const track of VOICE_TRACKS) voices[track].push(...call[track].slice(0, length))
  }
  return voices
}

async function encode(path: string): Promise<Uint8Array[]> {
  const encoder = ['-c:a', 'libopus', '-application', 'voip', '-frame_duration', String(OPUS_PACKET_MS), '-b:a', '24k', '-ac', '1', '-f', 'ogg', 'pipe:1']
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, ...encoder], { encoding: 'buffer', maxBuffer: 1 << 30 })
  return new OpusPacketReader().read(stdout).flatMap((page) => page.packets)
}
