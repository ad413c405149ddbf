/**
 * The packets of a chunk that is not finished yet, on disk soon after they come: after kill -9 they become the last chunk.
 *
 * They are written a few times a second and not one by one, which alone would cost more than everything else the agent
 * does. What is gathered meanwhile is lost at kill -9: as much as comes between two calls of `flush`.
 *
 * A record is: length of the item (u32), flags (u8, bit 0: key frame), `atMs` (f64), the item; little-endian.
 */
import type { ScratchFile } from './spool-files'

/** A packet or frame with its place on the timeline, as a fraction of milliseconds allows. */
export type MediaItem = { atMs: number; bytes: Uint8Array; isKey: boolean }

const HEADER_BYTES = 13

export class PendingItems {
  private gathered: Uint8Array[] = []

  constructor(private readonly file: ScratchFile) {}

  add(item: MediaItem): void {
    this.gathered.push(encode(item))
  }

  /** Survives the end of the process once this returns. */
  flush(): void {
    if (this.gathered.length > 0) this.file.append(Buffer.concat(this.gathered.splice(0)))
  }

  /** Forgets what a finished chunk holds; what has come since stays. */
  replace(items: readonly MediaItem[]): void {
    this.gathered = []
    this.file.replace(Buffer.concat(items.map(encode)))
  }

  close(): void {
    this.file.close()
  }
}

/** What can still be read; a torn last record is left out. */
export function readPendingItems(bytes: Uint8Array): MediaItem[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const items: MediaItem[] = []
  let offset = 0
  while (offset + HEADER_BYTES <= bytes.length) {
    const start = offset + HEADER_BYTES
    const end = start + view.getUint32(offset, true)
    if (end > bytes.length || end === start) break
    items.push({ isKey: (view.getUint8(offset + 4) & 1) === 1, atMs: view.getFloat64(offset + 5, true), bytes: new Uint8Array(bytes.subarray(start, end)) })
    offset = end
  }
  return items
}

function encode({ atMs, bytes, isKey }: MediaItem): Uint8Array {
  const record = new Uint8Array(HEADER_BYTES + bytes.length)
  const view = new DataView(record.buffer)
  view.setUint32(0, bytes.length, true)
  view.setUint8(4, isKey ? 1 : 0)
  view.setFloat64(5, atMs, true)
  record.set(bytes, HEADER_BYTES)
  return record
}
