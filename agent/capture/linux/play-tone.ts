/** A tone on the default speaker, so that somebody, or we ourselves, can hear whether it works. */
import { CaptureError } from '../errors'
import { type Environment, query } from './child'
import { FFMPEG_QUIET, makeStreamName } from './opus-encoding'

const AMPLITUDE = 0.3

export async function playTone(frequencyHz: number, durationMs: number, env: Environment): Promise<void> {
  const tone = `aevalsrc=${AMPLITUDE}*sin(2*PI*${frequencyHz}*t):s=48000:d=${durationMs / 1_000}`
  const { isOk, stderr } = await query('ffmpeg', [...FFMPEG_QUIET, '-re', '-f', 'lavfi', '-i', tone, '-f', 'pulse', '-name', 'Callwitness', makeStreamName('tone')], env)
  if (!isOk) throw CaptureError.soundServerUnreachable(stderr)
}
