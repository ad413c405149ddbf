/** Opus packets out of what ffmpeg writes, each with the place of its first sample in what the encoder was given. */
import { OggPageReader, type OggPage } from '../ogg-reader'
import { OPUS_PRE_SKIP_SAMPLES, SAMPLES_PER_PACKET } from '../ogg-writer'

/** OpusHead and OpusTags. */
const HEADER_PAGES = 2

/** `firstSample` counts at 48 kHz from the first sample that ffmpeg read; the look-ahead makes it negative at first. */
export type PlacedPacket = { bytes: Uint8Array; firstSample: number }

export class OpusPacketReader {
  private readonly pages = new OggPageReader()
  private endGranule: number | null = null

  read(bytes: Uint8Array): PlacedPacket[] {
    return this.pages.read(bytes).filter((page) => page.sequence >= HEADER_PAGES).flatMap((page) => this.place(page))
  }

  /**
   * A granule tells where the page's last packet ends. A page that does not begin where the one before ended has a hole in
   * front of its last packet: ffmpeg closes a page at once when its length in time is reached, and a hole reaches it.
   */
  private place(page: OggPage): PlacedPacket[] {
    const { packets } = page
    const endGranule = this.endOf(page)
    const countedBack = endGranule - packets.length * SAMPLES_PER_PACKET
    const follows = this.endGranule ?? countedBack
    const startGranule = countedBack - follows > SAMPLES_PER_PACKET ? follows : countedBack
    this.endGranule = endGranule
    return packets.map((bytes, index) => {
      const granule = index === packets.length - 1 ? endGranule - SAMPLES_PER_PACKET : startGranule + index * SAMPLES_PER_PACKET
      return { bytes, firstSample: granule - OPUS_PRE_SKIP_SAMPLES }
    })
  }

  /** The granule of the last page is cut to the length of the sound (RFC 7845 §4.4), so it cannot be counted back from. */
  private endOf({ granule, packets, isLast }: OggPage): number {
    return isLast ? (this.endGranule ?? 0) + packets.length * SAMPLES_PER_PACKET : Number(granule)
  }
}
