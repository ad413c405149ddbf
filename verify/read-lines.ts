/** Reads a file of lines piece by piece, each with its hash. */
import { sha256Hex } from '@/protocol/chain'
import { MAX_LINE_BYTES } from '@/protocol/entries'
import type { LogFile } from './log-folder'

const BLOCK_BYTES = 256 * 1024
const NEWLINE = 0x0a

export type HashedLine = { bytes: Uint8Array; hash: string }
/** `tornBytes`: length of what follows the last newline. A crash leaves such a tail; no reader counts it as an entry. */
export type Lines = { lines: HashedLine[]; tornBytes: number }

export async function readLines(file: LogFile): Promise<Lines> {
  const lines: HashedLine[] = []
  let rest = new Uint8Array(0)
  for (let at = 0; at < file.sizeBytes; at += BLOCK_BYTES) {
    const block = concat(rest, await file.read(at, Math.min(BLOCK_BYTES, file.sizeBytes - at)))
    let start = 0
    for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE, start)) {
      const bytes = block.slice(start, end)
      lines.push({ bytes, hash: await sha256Hex(bytes) })
      start = end + 1
    }
    rest = block.slice(start)
    if (rest.length > MAX_LINE_BYTES) break
  }
  const lengthBytes = lines.reduce((sum, line) => sum + line.bytes.length + 1, 0)
  return { lines, tornBytes: file.sizeBytes - lengthBytes }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
