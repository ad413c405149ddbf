/** Writes one Ogg Opus stream of 20 ms mono packets (RFC 3533, RFC 7845) for ffmpeg to read. */
import { OPUS_PACKET_MS, OPUS_SAMPLE_RATE_HZ } from '@/protocol/tracks'

/** What a decoder throws away at the beginning: libopus's look-ahead, which the agent's encoder has as well. */
export const PRE_SKIP_SAMPLES = 312
const PACKET_SAMPLES = (OPUS_SAMPLE_RATE_HZ * OPUS_PACKET_MS) / 1_000
const PACKETS_PER_PAGE = 50
const MOST_SEGMENTS = 255
const HEADER_BYTES = 27
const CRC_OFFSET_BYTES = 22
const [FIRST_PAGE, LAST_PAGE] = [0x02, 0x04]

export class OpusFileWriter {
  private sequence = 0
  private granule = 0n
  private waiting: Uint8Array[] = []
  private packets = 0

  /** Packets taken so far. */
  get packetCount(): number {
    return this.packets
  }

  header(): Buffer {
    return Buffer.concat([this.page([opusHead()], FIRST_PAGE), this.page([opusTags()], 0)])
  }

  /** Takes a packet; returns a page when one is full. */
  add(packet: Uint8Array): Buffer | null {
    const isFull = this.waiting.length >= PACKETS_PER_PAGE || segmentsOf([...this.waiting, packet]) > MOST_SEGMENTS
    const page = isFull ? this.flush(0) : null
    this.waiting.push(packet)
    this.packets++
    return page
  }

  finish(): Buffer {
    return this.flush(LAST_PAGE)
  }

  private flush(flags: number): Buffer {
    this.granule += BigInt(this.waiting.length * PACKET_SAMPLES)
    const page = this.page(this.waiting, flags)
    this.waiting = []
    return page
  }

  private page(packets: readonly Uint8Array[], flags: number): Buffer {
    const lacing = packets.flatMap((packet) => [...Array.from({ length: Math.floor(packet.length / 255) }, () => 255), packet.length % 255])
    const header = Buffer.alloc(HEADER_BYTES)
    header.write('OggS')
    header[5] = flags
    header.writeBigInt64LE(this.granule, 6)
    header.writeUInt32LE(1, 14)
    header.writeUInt32LE(this.sequence++, 18)
    header[26] = lacing.length
    const page = Buffer.concat([header, Buffer.from(lacing), ...packets])
    page.writeUInt32LE(crc(page), CRC_OFFSET_BYTES)
    return page
  }
}

const segmentsOf = (packets: readonly Uint8Array[]): number => packets.reduce((sum, packet) => sum + Math.floor(packet.length / 255) + 1, 0)

function opusHead(): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead')
  head[8] = 1
  head[9] = 1
  head.writeUInt16LE(PRE_SKIP_SAMPLES, 10)
  head.writeUInt32LE(OPUS_SAMPLE_RATE_HZ, 12)
  return head
}

function opusTags(): Buffer {
  const vendor = 'callwitness'
  const tags = Buffer.alloc(16 + vendor.length)
  tags.write('OpusTags')
  tags.writeUInt32LE(vendor.length, 8)
  tags.write(vendor, 12)
  return tags
}

/** Ogg's CRC: polynomial 0x04c11db7, most significant bit first, without reflection (RFC 3533 §6). */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value
})

function crc(page: Uint8Array): number {
  let value = 0
  for (const byte of page) value = (value << 8) ^ CRC_TABLE[((value >>> 24) ^ byte) & 0xff]!
  return value >>> 0
}
