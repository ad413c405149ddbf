/** Mono 16-bit sound in memory, and the WAV files that PulseAudio's programs play (RIFF, Microsoft 1991). */

export const SAMPLE_RATE_HZ = 48_000
const HEADER_BYTES = 44

export const samplesOf = (durationMs: number): number => Math.round((durationMs * SAMPLE_RATE_HZ) / 1_000)

export function makeWav(samples: Int16Array): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('RIFF', 0)
  header.writeUInt32LE(HEADER_BYTES - 8 + samples.byteLength, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24)
  header.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([header, bytesOf(samples)])
}

const bytesOf = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)

/** A copy, so that the bytes may begin anywhere. */
export function parsePcm(bytes: Uint8Array): Int16Array {
  const whole = bytes.slice(0, bytes.length - (bytes.length % 2))
  return new Int16Array(whole.buffer)
}

const CLICK_MS = 4
const CLICK_HZ = 3_000
const CLICK_PEAK = 0.7

/** A click that begins at its loudest within a third of a millisecond: what alignment is measured with. */
export function addClick(samples: Int16Array, atMs: number): void {
  const start = samplesOf(atMs)
  for (let index = 0; index < samplesOf(CLICK_MS); index++) {
    if (start + index < samples.length) samples[start + index] = Math.round(32_767 * CLICK_PEAK * Math.sin((2 * Math.PI * CLICK_HZ * index) / SAMPLE_RATE_HZ))
  }
}
