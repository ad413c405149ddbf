/**
 * The form of the journal: records one after the other, each a group of writes to the files of one call.
 *
 * A record is `length` and `crc32` (both uint32, little-endian) of the body that follows. The body: call id (16 bytes),
 * count of writes (uint8), for each write length of the file's name (uint8), name, offset (float64), length (uint32);
 * then the bytes of all writes. Private to the journal and deleted within minutes, but read again after a crash by a
 * server that may be newer: a file begins with MAGIC, whose digit is the version.
 */
import { crc32 } from 'node:zlib'
import { type CallId, callIdSchema } from '@/protocol/ids'

export const MAGIC = Buffer.from('CWJRNL1\n')
export const RECORD_HEADER_BYTES = 8
/** A record holds at most one batch of an agent, which a frame bounds; what claims more is torn. */
export const MAX_RECORD_BYTES = 32 * 1024 * 1024

export type FileWrite = { file: string; offsetBytes: number; bytes: Uint8Array }
export type JournalRecord = { callId: CallId; writes: FileWrite[] }

/** Pieces for one `writev`; payloads are not copied. */
export function encodeRecord({ callId, writes }: JournalRecord): Uint8Array[] {
  const table = Buffer.concat([
    Buffer.from(callId.replaceAll('-', ''), 'hex'),
    Buffer.of(writes.length),
    ...writes.map(({ file, offsetBytes, bytes }) => {
      const name = Buffer.from(file, 'latin1')
      const entry = Buffer.alloc(1 + name.length + 12)
      entry[0] = name.length
      name.copy(entry, 1)
      entry.writeDoubleLE(offsetBytes, 1 + name.length)
      entry.writeUInt32LE(bytes.length, 9 + name.length)
      return entry
    }),
  ])
  const pieces = [table, ...writes.map(({ bytes }) => bytes)]
  const header = Buffer.alloc(RECORD_HEADER_BYTES)
  header.writeUInt32LE(pieces.reduce((sum, piece) => sum + piece.length, 0), 0)
  header.writeUInt32LE(pieces.reduce((sum, piece) => crc32(piece, sum), 0), 4)
  return [header, ...pieces]
}

/** `null` for a body that was not written whole. */
export function decodeBody(body: Buffer, expectedCrc: number): JournalRecord | null {
  if (crc32(body) !== expectedCrc) return null
  const callId = callIdSchema.parse(body.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
  const entries: { file: string; offsetBytes: number; length: number }[] = []
  let cursor = 17
  for (let index = 0; index < body[16]!; index++) {
    const nameEnd = cursor + 1 + body[cursor]!
    entries.push({ file: body.toString('latin1', cursor + 1, nameEnd), offsetBytes: body.readDoubleLE(nameEnd), length: body.readUInt32LE(nameEnd + 8) })
    cursor = nameEnd + 12
  }
  const writes = entries.map(({ file, offsetBytes, length }) => {
    cursor += length
    return { file, offsetBytes, bytes: body.subarray(cursor - length, cursor) }
  })
  return { callId, writes }
}
