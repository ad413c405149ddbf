/**
 * Opus packets out of the payloads of an audio track (Ogg, RFC 3533; Opus in Ogg, RFC 7845).
 *
 * Payloads come in the order of the log; a page or a packet may begin in one and end in the next. What is not a page is
 * skipped up to the next `OggS`, as players do: ingest has checked the hashes, so only the agent's own muxer could be wrong.
 */
export type OpusPage = {
  /** Samples at 48 kHz up to the end of this page's last packet, pre-skip included. -1 when no packet ends here. */
  granule: bigint
  packets: Uint8Array[]
}

const CAPTURE_PATTERN = Buffer.from('OggS')
const HEADER_BYTES = 27
const CONTINUED_FLAG = 0x01

export class OpusPacketReader {
  private rest: Buffer = Buffer.alloc(0)
  private unfinished: Uint8Array[] = []

  /** Pages that became whole with this payload. OpusHead and OpusTags are left out. */
  read(payload: Uint8Array): OpusPage[] {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, payload]) : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
    const pages: OpusPage[] = []
    let cursor = 0
    for (;;) {
      const start = bytes.indexOf(CAPTURE_PATTERN, cursor)
      if (start < 0) {
        // The pattern itself may be cut by the end of the payload.
        cursor = Math.max(cursor, bytes.length - (CAPTURE_PATTERN.length - 1))
        break
      }
      cursor = start
      const end = pageEnd(bytes, start)
      if (end === null || end > bytes.length) break
      const page = this.readPage(bytes.subarray(start, end))
      if (page) pages.push(page)
      cursor = end
    }
    this.rest = Buffer.from(bytes.subarray(cursor))
    return pages
  }

  private readPage(page: Buffer): OpusPage | null {
    const segmentCount = page[26]!
    const isContinued = (page[5]! & CONTINUED_FLAG) !== 0
    let isHeadless = isContinued && this.unfinished.length === 0
    if (!isContinued) this.unfinished = []
    const packets: Uint8Array[] = []
    let offset = HEADER_BYTES + segmentCount
    for (let segment = 0; segment < segmentCount; segment++) {
      const length = page[HEADER_BYTES + segment]!
      this.unfinished.push(page.subarray(offset, offset + length))
      offset += length
      // A lacing value below 255 ends a packet (RFC 3533 §5).
      if (length === 255) continue
      if (!isHeadless) packets.push(new Uint8Array(Buffer.concat(this.unfinished)))
      isHeadless = false
      this.unfinished = []
    }
    const isHeader = packets[0] !== undefined && /^Opus(Head|Tags)/.test(Buffer.from(packets[0].subarray(0, 8)).toString('latin1'))
    return isHeader ? null : { granule: page.readBigInt64LE(6), packets }
  }
}

/** `null` when the page's own table is not there yet. */
function pageEnd(bytes: Buffer, start: number): number | null {
  const segmentCount = bytes[start + 26]
  if (segmentCount === undefined || bytes.length < start + HEADER_BYTES + segmentCount) return null
  let end = start + HEADER_BYTES + segmentCount
  for (let segment = 0; segment < segmentCount; segment++) end += bytes[start + HEADER_BYTES + segment]!
  return end
}
