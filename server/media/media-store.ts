/**
 * Where the files of calls are kept: log, custody log, tracks, and what is derived from them.
 *
 * Ingest is the only writer of everything but `derived/`; it writes in order through its journal, so a store need not make
 * a write durable before `sync`. Offsets and sizes are bytes, ranges `[from, to)`.
 */
import type { Readable } from 'node:stream'
import type { CallId } from '@/protocol/ids'

export interface MediaStore {
  /** Puts bytes at an offset, making the file if it is new. An offset beyond the end is refused: files have no holes. */
  write(callId: CallId, file: string, offsetBytes: number, bytes: Uint8Array): Promise<void>
  /** Cuts a file to a size; a file that is shorter or missing stays as it is. */
  truncate(callId: CallId, file: string, sizeBytes: number): Promise<void>
  /** Everything written to the call's files so far survives a power loss once this resolves. */
  sync(callId: CallId): Promise<void>
  /** `null` when there is no such file. */
  findSize(callId: CallId, file: string): Promise<number | null>
  /** Bytes of a range, fewer where the file ends. A missing file is an error. */
  read(callId: CallId, file: string, fromByte?: number, toByte?: number): Promise<Uint8Array<ArrayBuffer>>
  /** The same as a stream, for `pipeline`. Its owner destroys it. */
  stream(callId: CallId, file: string, fromByte?: number, toByte?: number): Readable
  /** Puts a whole file in place, durably: readers see the old one or the new one, never half of one. */
  replace(callId: CallId, file: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>
  /** Takes a derived file away. One that is not there is no error. */
  removeDerived(callId: CallId, file: string): Promise<void>
  /** Lends a path on this machine, for programs that want one (ffmpeg). The file there must not be changed. */
  withLocalFile<T>(callId: CallId, file: string, use: (path: string) => Promise<T>): Promise<T>
  list(callId: CallId): Promise<{ file: string; bytes: number }[]>
  listCalls(): Promise<CallId[]>
  /** A call that is not there is no error. */
  deleteCall(callId: CallId): Promise<void>
  /** Lets go of open files. */
  dispose(): Promise<void>
}
