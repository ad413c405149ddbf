/** Ogg pages (RFC 3533) out of bytes that come in pieces; a page whose checksum is wrong is skipped and counted. */
import { concatenateBytes, copyBytes } from './bytes'
import { OGG_CRC_OFFSET_BYTES, oggCrc } from './ogg-crc'

const HEADER_BYTES = 27
const CAPTURE_PATTERN = Uint8Array.of(0x4f, 0x67, 0x67, 0x53)

export type OggPage = {
  serial: number
  sequence: number
  /** Samples at 48 kHz at the end of the last packet that ends on this page, pre-skip included (RFC 7845 §4). */
  granule: bigint
  isFirst: boolean
  isLast: boolean
  /** Whole packets only: neither the agent nor ffmpeg lets a 20 ms Opus packet span two pages. */
  packets: Uint8Array[]
  /** The page as it stood in the stream. */
  bytes: Uint8Array
}

export class OggPageReader {
  /** Bytes that belonged to no valid page. */
  skippedBytes = 0
  private pending: Uint8Array = new Uint8Array(0)

  /** The pages that these bytes complete. */
  read(bytes: Uint8Array): OggPage[] {
    const input = this.pending.length === 0 ? bytes : concatenateBytes([this.pending, bytes])
    const pages: OggPage[] = []
    let offset = 0
    for (;;) {
      const next = parsePage(input.subarray(offset))
      if (next === 'incomplete') break
      if (next === 'invalid') {
        const skip = distanceToPattern(input.subarray(offset))
        this.skippedBytes += skip
        offset += skip
        continue
      }
      pages.push(next)
      offset += next.bytes.length
    }
    this.pending = copyBytes(input.subarray(offset))
    return pages
  }
}

/** Whole valid pages from the beginning of a file up to the first torn or damaged one, and where that begins. */
export function readOggPages(bytes: Uint8Array): { pages: OggPage[]; endBytes: number } {
  const pages: OggPage[] = []
  let endBytes = 0
  for (;;) {
    const page = parsePage(bytes.subarray(endBytes))
    if (page === 'incomplete' || page === 'invalid') return { pages, endBytes }
    pages.push(page)
    endBytes += page.bytes.length
  }
}

function parsePage(input: Uint8Array): OggPage | 'incomplete' | 'invalid' {
  const seen = Math.min(input.length, CAPTURE_PATTERN.length)
  for (let index = 0; index < seen; index++) if (input[index] !== CAPTURE_PATTERN[index]) return 'invalid'
  if (input.length < HEADER_BYTES) return 'incomplete'
  const segmentCount = input[26]!
  const bodyOffset = HEADER_BYTES + segmentCount
  if (input.length < bodyOffset) return 'incomplete'
  const lacing = input.subarray(HEADER_BYTES, bodyOffset)
  const pageBytes = bodyOffset + lacing.reduce((sum, length) => sum + length, 0)
  if (input.length < pageBytes) return 'incomplete'

  const bytes = copyBytes(input.subarray(0, pageBytes))
  const view = new DataView(bytes.buffer)
  if (oggCrc(bytes) !== view.getUint32(OGG_CRC_OFFSET_BYTES, true)) return 'invalid'
  return {
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    granule: view.getBigInt64(6, true),
    isFirst: (bytes[5]! & 0x02) !== 0,
    isLast: (bytes[5]! & 0x04) !== 0,
    packets: splitPackets(bytes.subarray(bodyOffset), lacing),
    bytes,
  }
}

/** A lacing value below 255 ends a packet. */
function splitPackets(body: Uint8Array, lacing: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = []
  let startBytes = 0
  let endBytes = 0
  for (const length of lacing) {
    endBytes += length
    if (length === 255) continue
    packets.push(body.subarray(startBytes, endBytes))
    startBytes = endBytes
  }
  return packets
}

/** How far to go on to where a page may begin; at least one byte. */
function distanceToPattern(input: Uint8Array): number {
  const next = input.indexOf(CAPTURE_PATTERN[0]!, 1)
  return next === -1 ? input.length : next
}
