/**
 * One Ogg Opus stream (RFC 7845) that can be taken up again: after a restart of the capture or of the agent the same
 * serial, page numbers and sample count go on, because browsers play only the first of chained streams.
 */
import { OPUS_PACKET_MS, OPUS_SAMPLE_RATE_HZ, OPUS_SILENCE } from '@/protocol/tracks'
import { concatenateBytes } from './bytes'
import { OGG_CRC_OFFSET_BYTES, oggCrc } from './ogg-crc'

/** Samples that a decoder throws away at the beginning: libopus's look-ahead at 48 kHz. */
export const OPUS_PRE_SKIP_SAMPLES = 312
export const SAMPLES_PER_PACKET = (OPUS_SAMPLE_RATE_HZ * OPUS_PACKET_MS) / 1_000

const MAX_SEGMENTS = 255
const FIRST_PAGE = 0x02
const HEADER_BYTES = 27

export type OggPosition = { pageSequence: number; granule: bigint }

export class OggOpusWriter {
  private readonly serial: number
  private sequence: number
  private samples: bigint

  /** `resumeFrom` is the position after the last page that was kept. */
  constructor({ serial, resumeFrom }: { serial: number; resumeFrom?: OggPosition }) {
    this.serial = serial
    this.sequence = resumeFrom?.pageSequence ?? 0
    this.samples = resumeFrom?.granule ?? 0n
  }

  /** Number of the next page. */
  get pageSequence(): number {
    return this.sequence
  }

  /** Samples at 48 kHz written so far, pre-skip included. */
  get granule(): bigint {
    return this.samples
  }

  /** Identification and comment header, each on a page of its own as RFC 7845 §3 wants. */
  header(): Uint8Array {
    return concatenateBytes([this.writePage([opusHead()], FIRST_PAGE), this.writePage([opusTags()], 0)])
  }

  /** Whole pages with these packets, as few as possible. */
  page(packets: readonly Uint8Array[]): Uint8Array {
    const pages: Uint8Array[] = []
    let batch: Uint8Array[] = []
    let segments = 0
    for (const packet of packets) {
      const needed = segmentsOf(packet)
      if (segments + needed > MAX_SEGMENTS) {
        pages.push(this.writeAudioPage(batch))
        batch = []
        segments = 0
      }
      batch.push(packet)
      segments += needed
    }
    if (batch.length > 0) pages.push(this.writeAudioPage(batch))
    return concatenateBytes(pages)
  }

  /** Whole pages of silence: what fills a declared gap. */
  silence(packetCount: number): Uint8Array {
    return this.page(Array.from({ length: packetCount }, () => OPUS_SILENCE))
  }

  private writeAudioPage(packets: readonly Uint8Array[]): Uint8Array {
    this.samples += BigInt(packets.length * SAMPLES_PER_PACKET)
    return this.writePage(packets, 0)
  }

  private writePage(packets: readonly Uint8Array[], flags: number): Uint8Array {
    const lacing = packets.flatMap(lacingOf)
    const page = new Uint8Array(HEADER_BYTES + lacing.length + packets.reduce((sum, packet) => sum + packet.length, 0))
    const view = new DataView(page.buffer)
    page.set(ascii('OggS'))
    page[5] = flags
    view.setBigInt64(6, this.samples, true)
    view.setUint32(14, this.serial, true)
    view.setUint32(18, this.sequence, true)
    page[26] = lacing.length
    page.set(lacing, HEADER_BYTES)
    let offset = HEADER_BYTES + lacing.length
    for (const packet of packets) {
      page.set(packet, offset)
      offset += packet.length
    }
    view.setUint32(OGG_CRC_OFFSET_BYTES, oggCrc(page), true)
    this.sequence++
    return page
  }
}

const segmentsOf = (packet: Uint8Array): number => Math.floor(packet.length / 255) + 1

/** As many 255 as fit, then the rest, which may be 0 (RFC 3533 §5). */
const lacingOf = (packet: Uint8Array): number[] => [...Array.from({ length: segmentsOf(packet) - 1 }, () => 255), packet.length % 255]

/** RFC 7845 §5.1. */
function opusHead(): Uint8Array {
  const head = new Uint8Array(19)
  const view = new DataView(head.buffer)
  head.set(ascii('OpusHead'))
  head[8] = 1
  head[9] = 1
  view.setUint16(10, OPUS_PRE_SKIP_SAMPLES, true)
  view.setUint32(12, OPUS_SAMPLE_RATE_HZ, true)
  return head
}

/** RFC 7845 §5.2, with a vendor string and no comments. */
function opusTags(): Uint8Array {
  const vendor = ascii('callwitness')
  const tags = new Uint8Array(8 + 4 + vendor.length + 4)
  tags.set(ascii('OpusTags'))
  new DataView(tags.buffer).setUint32(8, vendor.length, true)
  tags.set(vendor, 12)
  return tags
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
