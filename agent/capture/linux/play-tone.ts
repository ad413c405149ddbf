/** A tone on the default speaker, so that somebody, or we ourselves, can hear whether it works. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CaptureError } from '../errors'
import { query, type Environment } from './child'
import { makeStreamName } from './opus-encoding'

const SAMPLE_RATE_HZ = 48_000
const AMPLITUDE = 0.3 * 0x7fff
/** What a sound server that is well needs beyond the tone itself. */
const SPARE_MS = 2_000

/** pacat and not ffmpeg: at its end ffmpeg drops what the sound server has not begun to play. */
export async function playTone(frequencyHz: number, durationMs: number, env: Environment): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-tone-'))
  try {
    const file = join(folder, 'tone.raw')
    await writeFile(file, makeTone(frequencyHz, durationMs))
    const format = ['--raw', '--format=s16le', `--rate=${SAMPLE_RATE_HZ}`, '--channels=1', '--latency-msec=50']
    const names = ['--client-name=Callwitness', `--stream-name=${makeStreamName('tone')}`]
    const { isOk, stderr } = await query('pacat', [...format, ...names, file], env, durationMs + SPARE_MS)
    if (!isOk) throw CaptureError.soundServerUnreachable(stderr)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Little-endian, like every system that this driver is for. */
function makeTone(frequencyHz: number, durationMs: number): Uint8Array {
  const samples = Int16Array.from({ length: (SAMPLE_RATE_HZ * durationMs) / 1_000 }, (_, index) => AMPLITUDE * Math.sin((2 * Math.PI * frequencyHz * index) / SAMPLE_RATE_HZ))
  return new Uint8Array(samples.buffer)
}
