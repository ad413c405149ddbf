/** Real media made by ffmpeg, and what ffmpeg makes of ours. */
import { execFileSync } from 'node:child_process'

const LIMIT_BYTES = 64 * 1024 * 1024

export function ffmpeg(args: string[], input: Uint8Array = new Uint8Array(0)): Buffer {
  return execFileSync('ffmpeg', ['-v', 'error', ...args], { input, maxBuffer: LIMIT_BYTES, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** A tone as the agent's encoder makes it: one 20 ms packet a page. */
export const encodeTone = (hz: number, seconds: number): Buffer =>
  ffmpeg(['-f', 'lavfi', '-i', `sine=frequency=${hz}:sample_rate=48000:duration=${seconds}`, '-ac', '1', '-c:a', 'libopus', '-application', 'voip', '-frame_duration', '20', '-b:a', '24k', '-f', 'ogg', '-page_duration', '1000', 'pipe:1'])

/** A test picture at five frames a second, key frames every `keyEvery` frames. */
export const encodePicture = (seconds: number, keyEvery: number): Buffer =>
  ffmpeg(['-f', 'lavfi', '-i', `testsrc=size=320x180:rate=5:duration=${seconds}`, '-pix_fmt', 'yuv420p', '-vsync', 'vfr', '-enc_time_base', '1/1000', '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0', '-g', String(keyEvery), '-f', 'ivf', 'pipe:1'])

/** Mono samples at 48 kHz. */
export function decodeSound(ogg: Uint8Array): Int16Array {
  const pcm = ffmpeg(['-i', 'pipe:0', '-f', 's16le', '-ac', '1', '-ar', '48000', 'pipe:1'], ogg)
  return new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.length))
}

/** Mean brightness of each frame with its position, from a crop of the picture. */
export function decodeBrightness(mp4: Uint8Array, crop: string): { atMs: number; brightness: number }[] {
  const pixels = ffmpeg(['-i', 'pipe:0', '-vsync', 'passthrough', '-vf', `crop=${crop},scale=1:1,format=gray`, '-f', 'rawvideo', 'pipe:1'], mp4)
  const times = framePositions(mp4)
  return times.map((atMs, index) => ({ atMs, brightness: pixels[index]! }))
}

export function framePositions(mp4: Uint8Array): number[] {
  const text = execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', 'pipe:0'], { input: mp4, maxBuffer: LIMIT_BYTES }).toString()
  return text.split('\n').filter(Boolean).map((seconds) => Math.round(Number.parseFloat(seconds) * 1_000))
}

/** Loudness of one frequency in a piece of sound, in dB below full scale (Goertzel). */
export function toneDb(samples: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / 48_000)
  let previous = 0
  let beforePrevious = 0
  for (const sample of samples) {
    const current = sample / 32_768 + coefficient * previous - beforePrevious
    beforePrevious = previous
    previous = current
  }
  const power = previous ** 2 + beforePrevious ** 2 - coefficient * previous * beforePrevious
  return 20 * Math.log10((2 * Math.sqrt(Math.max(power, 1e-20))) / samples.length + 1e-10)
}
