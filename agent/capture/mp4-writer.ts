/**
 * A fragmented MP4 (ISO/IEC 14496-12) with one VP9 track, written piece by piece: whatever was cut off behind a whole
 * fragment, the rest plays. Positions are milliseconds since the call began, which is also the track's time scale.
 */
import { concatenateBytes } from './bytes'
import { box, fullBox, u16, u32, u64, u8, zeros } from './mp4-boxes'

/** Ticks per second: positions in milliseconds are written as they are. */
const TIME_SCALE = 1_000
const TRACK_ID = 1
/** ISO/IEC 14496-12 §8.8.3.1: depends on no other sample / depends on others and is no sync sample. */
const KEY_SAMPLE_FLAGS = 0x02000000
const DELTA_SAMPLE_FLAGS = 0x01010000
/** `tfhd`: offsets count from the `moof`. `trun`: data offset, and duration, size and flags of each sample. */
const BASE_IS_MOOF = 0x020000
const TRUN_FIELDS = 0x000701
const IDENTITY_MATRIX = concatenateBytes([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32))
/** ITU-T H.273 code for BT.601, which ffmpeg's conversion from the screen uses; limited range. */
const BT601 = 6

export type ScreenSample = { bytes: Uint8Array; atMs: number; durationMs: number; isKey: boolean }

export class ScreenMp4Writer {
  private readonly widthPx: number
  private readonly heightPx: number
  private nextSequence: number

  /** `sequence` is the number of the next fragment when a file is taken up again. */
  constructor({ widthPx, heightPx, sequence = 1 }: { widthPx: number; heightPx: number; sequence?: number }) {
    this.widthPx = widthPx
    this.heightPx = heightPx
    this.nextSequence = sequence
  }

  /** Number of the next fragment. */
  get sequence(): number {
    return this.nextSequence
  }

  /** `ftyp` and `moov`. */
  header(): Uint8Array {
    const brands = box('ftyp', 'iso5', u32(512), 'iso5', 'iso6', 'mp41')
    const movieHeader = fullBox('mvhd', 0, 0, u32(0), u32(0), u32(TIME_SCALE), u32(0), u32(0x10000), u16(0x100), zeros(10), IDENTITY_MATRIX, zeros(24), u32(TRACK_ID + 1))
    const extends_ = box('mvex', fullBox('trex', 0, 0, u32(TRACK_ID), u32(1), u32(0), u32(0), u32(0)))
    return concatenateBytes([brands, box('moov', movieHeader, this.trackBox(), extends_)])
  }

  /** One `moof` and `mdat` with these frames, which follow each other in time. */
  fragment(frames: readonly ScreenSample[]): Uint8Array {
    const first = frames[0]
    if (!first) return new Uint8Array(0)
    const samples = frames.map((frame, index) => {
      const next = frames[index + 1]
      const durationMs = next ? next.atMs - frame.atMs : frame.durationMs
      return concatenateBytes([u32(durationMs), u32(frame.bytes.length), u32(frame.isKey ? KEY_SAMPLE_FLAGS : DELTA_SAMPLE_FLAGS)])
    })
    const sequence = this.nextSequence++
    const moofBox = (dataOffsetBytes: number): Uint8Array =>
      box(
        'moof',
        fullBox('mfhd', 0, 0, u32(sequence)),
        box(
          'traf',
          fullBox('tfhd', 0, BASE_IS_MOOF, u32(TRACK_ID)),
          fullBox('tfdt', 1, 0, u64(first.atMs)),
          fullBox('trun', 0, TRUN_FIELDS, u32(frames.length), u32(dataOffsetBytes), ...samples),
        ),
      )
    const mdatHeaderBytes = 8
    const dataOffsetBytes = moofBox(0).length + mdatHeaderBytes
    return concatenateBytes([moofBox(dataOffsetBytes), box('mdat', ...frames.map((frame) => frame.bytes))])
  }

  private trackBox(): Uint8Array {
    const size = concatenateBytes([u32(this.widthPx * 0x10000), u32(this.heightPx * 0x10000)])
    const isEnabledInMovie = 3
    const trackHeader = fullBox('tkhd', 0, isEnabledInMovie, u32(0), u32(0), u32(TRACK_ID), u32(0), u32(0), zeros(16), IDENTITY_MATRIX, size)
    const undetermined = u16(0x55c4)
    const mediaHeader = fullBox('mdhd', 0, 0, u32(0), u32(0), u32(TIME_SCALE), u32(0), undetermined, u16(0))
    const handler = fullBox('hdlr', 0, 0, u32(0), 'vide', zeros(12), 'screen\0')
    const dataInformation = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)))
    const mediaInformation = box('minf', fullBox('vmhd', 0, 1, zeros(8)), dataInformation, this.sampleTableBox())
    return box('trak', trackHeader, box('mdia', mediaHeader, handler, mediaInformation))
  }

  /** Describes the codec; the samples themselves are listed in the fragments. */
  private sampleTableBox(): Uint8Array {
    const dpi72 = u32(0x480000)
    const entry = box('vp09', zeros(6), u16(1), zeros(16), u16(this.widthPx), u16(this.heightPx), dpi72, dpi72, u32(0), u16(1), zeros(32), u16(0x18), u16(0xffff), this.codecBox())
    return box(
      'stbl',
      fullBox('stsd', 0, 0, u32(1), entry),
      fullBox('stts', 0, 0, u32(0)),
      fullBox('stsc', 0, 0, u32(0)),
      fullBox('stsz', 0, 0, u32(0), u32(0)),
      fullBox('stco', 0, 0, u32(0)),
    )
  }

  /** VP Codec ISO Media File Format Binding v1.0: profile 0, 8 bits, 4:2:0 with chroma sited with luma sample (0,0). */
  private codecBox(): Uint8Array {
    const bitDepthChromaRange = (8 << 4) | (1 << 1)
    return fullBox('vpcC', 1, 0, u8(0), u8(vp9Level(this.widthPx * this.heightPx)), u8(bitDepthChromaRange), u8(BT601), u8(BT601), u8(BT601), u16(0))
  }
}

/** The lowest level, times ten, that holds a picture of this size (VP9 levels, WebM project). */
function vp9Level(lumaSamples: number): number {
  const levels: [maxLumaSamples: number, level: number][] = [[245_760, 21], [552_960, 30], [983_040, 31], [2_228_224, 40], [8_912_896, 50]]
  return levels.find(([max]) => lumaSamples <= max)?.[1] ?? 60
}
