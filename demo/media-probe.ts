/** What is really in recorded sound and pictures, found by ffmpeg and by nothing of our own. */
import { execFileSync } from 'node:child_process'

const SAMPLE_RATE_HZ = 48_000
const LIMIT_BYTES = 512 * 1024 * 1024
const CLICK_FROM = 6_000
/** Shorter distances are the same click ringing on. */
const CLICK_SPACING_SAMPLES = SAMPLE_RATE_HZ / 10

export function ffmpeg(args: string[], input: Uint8Array = new Uint8Array(0)): Buffer {
  return execFileSync('ffmpeg', ['-v', 'error', ...args], { input, maxBuffer: LIMIT_BYTES, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Mono samples at 48 kHz. */
export function decodeSound(media: Uint8Array): Int16Array {
  const pcm = ffmpeg(['-i', 'pipe:0', '-f', 's16le', '-ac', '1', '-ar', String(SAMPLE_RATE_HZ), 'pipe:1'], media)
  return new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.length))
}

/** Indices of the samples at which clicks begin. */
export function findClicks(sound: Int16Array): number[] {
  const clicks: number[] = []
  let lastLoud = -Infinity
  sound.forEach((sample, index) => {
    if (Math.abs(sample) < CLICK_FROM) return
    if (index - lastLoud > CLICK_SPACING_SAMPLES) clicks.push(index)
    lastLoud = index
  })
  return clicks
}

/** Loudness of one frequency, in dB below full scale (Goertzel's algorithm). */
export function toneDb(sound: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE_HZ)
  let previous = 0
  let beforePrevious = 0
  for (const sample of sound) {
    const current = sample / 32_768 + coefficient * previous - beforePrevious
    beforePrevious = previous
    previous = current
  }
  const power = previous ** 2 + beforePrevious ** 2 - coefficient * previous * beforePrevious
  return 20 * Math.log10((2 * Math.sqrt(Math.max(power, 0))) / sound.length + 1e-10)
}

/** Mean brightness, 0 to 255, of a part of each frame; `crop` is ffmpeg's `width:height:x:y`. */
export function decodeBrightness(media: Uint8Array, crop: string): number[] {
  return [...ffmpeg(['-i', 'pipe:0', '-vsync', 'passthrough', '-vf', `crop=${crop},scale=1:1,format=gray`, '-f', 'rawvideo', 'pipe:1'], media)]
}

/** Positions of the frames as the container tells them. */
export function framePositionsMs(media: Uint8Array): number[] {
  const text = execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', 'pipe:0'], { input: media, maxBuffer: LIMIT_BYTES }).toString()
  return text.split('\n').filter(Boolean).map((seconds) => Math.round(Number.parseFloat(seconds) * 1_000))
}
