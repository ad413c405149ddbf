/**
 * The packets of a chunk that is not finished yet, on disk as they come: after kill -9 they become the call's last chunk.
 *
 * A record is: length of the item (u32), flags (u8, bit 0: key frame), `atMs` (f64), the item; little-endian.
 */
import type { ScratchFile } from './spool-files'

/** A packet or frame with its place on the timeline, as a fraction of milliseconds allows. */
export type MediaItem = { atMs: number; bytes: Uint8Array; isKey: boolean }

const HEADER_BYTES = 13

export class PendingItems {
  constructor(private readonly file: ScratchFile) {}

  add(item: MediaItem): void {
    this.file.append(encode(item))
  }

  /** Forgets what a finished chunk holds; what has come since stays. */
  replace(items: readonly MediaItem[]): void {
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
