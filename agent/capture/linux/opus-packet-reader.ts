/** Opus packets out of what ffmpeg writes, each with the place of its first sample in what the encoder was given. */
import { OggPageReader, type OggPage } from '../ogg-reader'
import { OPUS_PRE_SKIP_SAMPLES, SAMPLES_PER_PACKET } from '../ogg-writer'

/** OpusHead and OpusTags. */
const HEADER_PAGES = 2

/** `firstSample` counts at 48 kHz from the first sample that ffmpeg read; the look-ahead makes it negative at first. */
export type PlacedPacket = { bytes: Uint8Array; firstSample: number }

export class OpusPacketReader {
  private readonly pages = new OggPageReader()
  private endGranule = 0

  read(bytes: Uint8Array): PlacedPacket[] {
    return this.pages.read(bytes).filter((page) => page.sequence >= HEADER_PAGES).flatMap((page) => this.place(page))
  }

  /** A page's granule tells where its last packet ends. */
  private place({ granule, packets, isLast }: OggPage): PlacedPacket[] {
    const lengthSamples = packets.length * SAMPLES_PER_PACKET
    // The last page's is cut to the length of the sound (RFC 7845 §4.4), so it cannot be counted back from.
    this.endGranule = isLast ? this.endGranule + lengthSamples : Number(granule)
    const firstSample = this.endGranule - lengthSamples - OPUS_PRE_SKIP_SAMPLES
    return packets.map((packet, index) => ({ bytes: packet, firstSample: firstSample + index * SAMPLES_PER_PACKET }))
  }
}
