/** Packets and frames to the bytes of a track's file, going on where the file ended when a call is taken up again. */
import { OPUS_PACKET_MS, OPUS_SAMPLE_RATE_HZ } from '@/protocol/tracks'
import { ScreenMp4Writer } from '../capture/mp4-writer'
import { readOggPages } from '../capture/ogg-reader'
import { OggOpusWriter } from '../capture/ogg-writer'
import type { ScreenSize } from '../capture/ports'
import type { MediaItem } from '../spool/pending-items'
import { SCREEN_FRAME_MS } from './screen-chunker'

export interface TrackMuxer {
  /** What comes first in the file; `null` when it is there already. */
  header(): Uint8Array | null
  chunk(items: readonly MediaItem[]): Uint8Array
  /** What brings the file's own time to this position when nothing was recorded; `null` when it needs nothing. */
  filler(toMs: number): Uint8Array | null
}

const SAMPLES_PER_MS = OPUS_SAMPLE_RATE_HZ / 1_000

/** `written` is what the file holds already. */
export function makeAudioMuxer(written: Uint8Array): TrackMuxer {
  const last = readOggPages(written).pages.at(-1)
  const writer = new OggOpusWriter(
    last
      ? { serial: last.serial, resumeFrom: { pageSequence: last.sequence + 1, granule: last.granule } }
      : { serial: Math.floor(Math.random() * 0xffff_ffff) },
  )
  return {
    header: () => (writer.pageSequence === 0 ? writer.header() : null),
    chunk: (items) => writer.page(items.map(({ bytes }) => bytes)),
    filler(toMs) {
      const missingMs = toMs - Number(writer.granule) / SAMPLES_PER_MS
      const packets = Math.round(missingMs / OPUS_PACKET_MS)
      return packets > 0 ? writer.silence(packets) : null
    },
  }
}

/** `fragments` is how many the file holds, `null` when it is empty. */
export function makeScreenMuxer({ widthPx, heightPx }: ScreenSize, fragments: number | null): TrackMuxer {
  const writer = new ScreenMp4Writer({ widthPx, heightPx, sequence: (fragments ?? 0) + 1 })
  let needsHeader = fragments === null
  return {
    header() {
      if (!needsHeader) return null
      needsHeader = false
      return writer.header()
    },
    chunk(items) {
      if (items.length === 0) return EMPTY_BOX
      return writer.fragment(items.map((item) => ({ ...item, durationMs: SCREEN_FRAME_MS })))
    },
    filler: () => null,
  }
}

/** ISO/IEC 14496-12 §8.1.2: a box that players skip. It carries a chunk in which the screen did not change. */
const EMPTY_BOX = Uint8Array.of(0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65)
