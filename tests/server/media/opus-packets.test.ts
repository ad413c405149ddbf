/** The reader against Ogg that real ffmpeg writes. */
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { OpusPacketReader } from '@/server/media/opus-packets'

const makeOgg = (seconds: number, pageDurationUs: number): Buffer =>
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`, '-c:a', 'libopus',
    '-b:a', '96k', '-frame_duration', '20', '-page_duration', String(pageDurationUs), '-f', 'ogg', 'pipe:1'], { maxBuffer: 1 << 26 })

const readAll = (payloads: Uint8Array[]) => {
  const reader = new OpusPacketReader()
  return payloads.flatMap((payload) => reader.read(payload))
}
const slices = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size))

describe('opus packet reader', () => {
  it('finds every packet of three seconds and the last granule', () => {
    const pages = readAll([makeOgg(3, 1_000_000)])
    // 150 packets of 20 ms and one more that flushes the encoder's delay of 312 samples.
    expect(pages.flatMap((page) => page.packets).length).toBe(151)
    expect(pages.at(-1)!.granule).toBe(BigInt(3 * 48_000 + 312))
  })

  it.each([1, 3, 27, 100, 4_096])('gives the same packets from payloads of %i bytes', (size) => {
    const ogg = makeOgg(1, 200_000)
    expect(readAll(slices(ogg, size))).toEqual(readAll([ogg]))
  })

  it('passes over bytes that are no page', () => {
    const ogg = makeOgg(1, 20_000)
    const noise = Buffer.from('no page at all, not even Ogg')
    expect(readAll([noise, ogg, noise]).length).toBe(readAll([ogg]).length)
  })

  it('joins a packet that spans pages and drops one whose beginning is missing', () => {
    const page = (flags: number, granule: number, segments: Buffer[], lacing: number[]): Buffer => {
      const header = Buffer.alloc(27)
      header.write('OggS')
      header[5] = flags
      header.writeBigInt64LE(BigInt(granule), 6)
      header[26] = lacing.length
      return Buffer.concat([header, Buffer.from(lacing), ...segments])
    }
    const beginning = page(0, -1, [Buffer.alloc(255, 1)], [255])
    const end = page(1, 960, [Buffer.alloc(5, 2)], [5])
    const lengths = (payloads: Buffer[]): number[] => readAll(payloads).flatMap((found) => found.packets).map((packet) => packet.length)
    expect(lengths([beginning, end])).toEqual([260])
    expect(lengths([end])).toEqual([])
  })
})
