/** Frames out of an IVF stream (libvpx's container: 32 bytes of header, 12 bytes before each frame) that comes in pieces. */
import { CaptureError } from './errors'

const STREAM_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 12

export type IvfHeader = { widthPx: number; heightPx: number; ticksPerSecond: number }
/** `atMs` counts from the stream's own beginning. */
export type IvfFrame = { bytes: Uint8Array; atMs: number }

export class IvfReader {
  header: IvfHeader | null = null
  private pending: Buffer = Buffer.alloc(0)

  /** The frames that these bytes complete. */
  read(bytes: Uint8Array): IvfFrame[] {
    this.pending = Buffer.concat([this.pending, bytes])
    this.header ??= this.readHeader()
    if (!this.header) return []
    const frames: IvfFrame[] = []
    while (this.pending.length >= FRAME_HEADER_BYTES) {
      const endBytes = FRAME_HEADER_BYTES + this.pending.readUInt32LE(0)
      if (this.pending.length < endBytes) break
      const ticks = Number(this.pending.readBigUInt64LE(4))
      frames.push({ bytes: this.pending.subarray(FRAME_HEADER_BYTES, endBytes), atMs: (ticks * 1_000) / this.header.ticksPerSecond })
      this.pending = this.pending.subarray(endBytes)
    }
    return frames
  }

  private readHeader(): IvfHeader | null {
    if (this.pending.length < STREAM_HEADER_BYTES) return null
    const tag = this.pending.toString('latin1', 0, 4) + this.pending.toString('latin1', 8, 12)
    if (tag !== 'DKIFVP90') throw CaptureError.malformedMedia(`expected an IVF stream with VP9, got one that begins with ${JSON.stringify(tag)}`)
    const header = {
      widthPx: this.pending.readUInt16LE(12),
      heightPx: this.pending.readUInt16LE(14),
      ticksPerSecond: this.pending.readUInt32LE(16) / this.pending.readUInt32LE(20),
    }
    this.pending = this.pending.subarray(STREAM_HEADER_BYTES)
    return header
  }
}
