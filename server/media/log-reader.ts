/**
 * Parsed logs, kept so that a call is parsed once: a log only grows, so each reading parses what is new.
 *
 * Bound: MAX_ENTRIES in all (about ten calls of an hour); the logs that were not read for longest are let go.
 */
import { hash } from 'node:crypto'
import { GENESIS_HASH } from '@/protocol/chain'
import { LOG_FILE, type LogEntry, parseLine } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { wholeLines } from './log-lines'
import type { MediaStore } from './media-store'

const MAX_ENTRIES = 100_000
/** The server must answer others while a long log is parsed. */
const LINES_PER_TURN = 200

export type ReadLog = { entries: readonly LogEntry[]; lastHash: string; sizeBytes: number }

export class LogReader {
  /** In order of last use. */
  private readonly logs = new Map<CallId, ReadLog>()

  constructor(private readonly store: MediaStore) {}

  /** The whole log as far as it is durable. */
  async read(callId: CallId): Promise<ReadLog> {
    const known = this.logs.get(callId)
    const size = (await this.store.findSize(callId, LOG_FILE)) ?? 0
    // A log that has become shorter was deleted or cut after a crash.
    const log = await extend(this.store, callId, known && known.sizeBytes <= size ? known : EMPTY)
    this.logs.delete(callId)
    this.logs.set(callId, log)
    this.letGo()
    return log
  }

  private letGo(): void {
    let count = 0
    for (const { entries } of this.logs.values()) count += entries.length
    for (const [callId, { entries }] of this.logs) {
      if (count <= MAX_ENTRIES || this.logs.size === 1) return
      this.logs.delete(callId)
      count -= entries.length
    }
  }
}

/** One for each store, so that all who read logs share what was parsed. */
export function logReaderOf(store: MediaStore): LogReader {
  const reader = readers.get(store) ?? new LogReader(store)
  readers.set(store, reader)
  return reader
}

const readers = new WeakMap<MediaStore, LogReader>()

/** Entries behind a byte that is known to be the end of a line, and the end of the last one. */
export async function readEntries(store: MediaStore, callId: CallId, fromByte: number): Promise<ReadLog> {
  const entries: LogEntry[] = []
  let sizeBytes = fromByte
  let last: Uint8Array | null = null
  for (const { line, endByte } of wholeLines(await store.read(callId, LOG_FILE, fromByte), fromByte)) {
    entries.push(parseLine(line))
    sizeBytes = endByte
    last = line
    if (entries.length % LINES_PER_TURN === 0) await new Promise(setImmediate)
  }
  return { entries, sizeBytes, lastHash: last ? hash('sha256', last, 'hex') : GENESIS_HASH }
}

const EMPTY: ReadLog = { entries: [], lastHash: GENESIS_HASH, sizeBytes: 0 }

async function extend(store: MediaStore, callId: CallId, known: ReadLog): Promise<ReadLog> {
  const news = await readEntries(store, callId, known.sizeBytes)
  if (news.entries.length === 0) return known
  return { ...news, entries: known.entries.length > 0 ? [...known.entries, ...news.entries] : news.entries }
}
