/**
 * The log of one call on disk: one serial writer, and a reader for the uplink.
 *
 * What is appended while a write is under way is written together next (group commit): payloads, sync, lines, sync. An
 * append resolves when its entry survives a loss of power; only then may it be sent. A write that fails is taken back
 * whole, so that the files always end with a whole entry. After `close` only seals and receipts are taken.
 */
import { join } from 'node:path'
import { GENESIS_HASH } from '@/protocol/chain'
import type { WireEntry } from '@/protocol/agent-messages'
import { isMediaEntry, LOG_FILE, parseLine } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { trackFile, type Track } from '@/protocol/tracks'
import { SpoolError } from './errors'
import { LogBatch, type Draft, type LogHead, type MadeLine, type MediaBody, type PlainBody } from './log-batch'
import { EMPTY_SUMMARY, foldEntry, type LogSummary } from './log-summary'
import { hashOf, type IndexedLine, type LogScan } from './scan-log'
import type { AppendFile, SpoolFiles } from './spool-files'

type Write = { draft: Draft; resolve: (head: LogHead) => void; reject: (error: unknown) => void }

/** `isMediaOnly`: chunks and nothing else. */
export type AppendedListener = (isMediaOnly: boolean) => void

export class CallLog {
  private readonly lines: IndexedLine[] = []
  private readonly trackFiles = new Map<Track, Promise<AppendFile>>()
  private readonly listeners = new Set<AppendedListener>()
  private readonly actionIds: Set<string>
  private queue: Write[] = []
  private writing: Promise<void> | null = null
  private current: LogSummary = EMPTY_SUMMARY

  private constructor(
    readonly callId: CallId,
    readonly folder: string,
    private readonly files: SpoolFiles,
    private readonly logFile: AppendFile,
    actionIds: Iterable<string>,
  ) {
    this.actionIds = new Set(actionIds)
  }

  static async create(callId: CallId, folder: string, files: SpoolFiles): Promise<CallLog> {
    return new CallLog(callId, folder, files, await files.openAppend(join(folder, LOG_FILE)), [])
  }

  /** Takes up a log whose torn tail has been cut off already. */
  static async reopen(callId: CallId, folder: string, files: SpoolFiles, scan: LogScan): Promise<CallLog> {
    const log = new CallLog(callId, folder, files, await files.openAppend(join(folder, LOG_FILE)), scan.actionIds)
    for (const line of scan.lines) log.lines.push(line)
    log.current = scan.summary
    return log
  }

  get head(): LogHead {
    return { seq: this.lines.length - 1, hash: this.lines.at(-1)?.hash ?? GENESIS_HASH }
  }

  get summary(): LogSummary {
    return this.current
  }

  /** Hash of a line; `null` when this log does not reach so far. */
  hashAt(seq: number): string | null {
    return seq === -1 ? GENESIS_HASH : (this.lines[seq]?.hash ?? null)
  }

  /** Whether the action of this id is in the log, for good. */
  hasAction(id: string): boolean {
    return this.actionIds.has(id)
  }

  append(body: PlainBody): Promise<LogHead> {
    return this.enqueue({ form: 'plain', makeBody: () => body })
  }

  /** For an entry that tells of the one before it, such as a seal. */
  appendAfter(makeBody: (head: LogHead) => PlainBody): Promise<LogHead> {
    return this.enqueue({ form: 'plain', makeBody })
  }

  appendMedia(body: MediaBody, chunk: Uint8Array): Promise<LogHead> {
    return this.enqueue({ form: 'media', body, chunk })
  }

  /** Entries that this disk has lost and the server gives back, byte for byte. */
  async appendLost(entries: readonly WireEntry[]): Promise<void> {
    // Not by `settled`: between its answer and the next line another write could begin.
    while (this.writing) await this.writing
    this.writing = this.commitLost(entries).finally(() => {
      this.writing = this.queue.length > 0 ? this.drain() : null
    })
    await this.writing
  }

  /** Entries from `fromSeq` on: as many as fit, and at least one if there is one. */
  async read(fromSeq: number, maxBytes: number, maxEntries: number): Promise<WireEntry[]> {
    const entries: WireEntry[] = []
    let bytes = 0
    for (const { offsetBytes, lengthBytes, payload } of this.lines.slice(fromSeq, fromSeq + maxEntries)) {
      bytes += lengthBytes + (payload?.bytes ?? 0)
      if (entries.length > 0 && bytes > maxBytes) break
      const line = await this.logFile.readAt(offsetBytes, lengthBytes)
      if (!payload) entries.push({ line })
      else entries.push({ line, payload: await (await this.trackFile(payload.track)).readAt(payload.offsetBytes, payload.bytes) })
    }
    return entries
  }

  /** Calls after each durable write; the answer ends it. */
  onAppended(listener: AppendedListener): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Resolves when nothing waits to be written. */
  async settled(): Promise<void> {
    while (this.writing) await this.writing
  }

  async close(): Promise<void> {
    await this.settled()
    const tracks = await Promise.all(this.trackFiles.values())
    await Promise.all([this.logFile, ...tracks].map((file) => file.close()))
  }

  private enqueue(draft: Draft): Promise<LogHead> {
    return new Promise((resolve, reject) => {
      this.queue.push({ draft, resolve, reject })
      this.writing ??= this.drain()
    })
  }

  private async drain(): Promise<void> {
    // Lets what is appended in the same turn share one sync.
    await Promise.resolve()
    while (this.queue.length > 0) await this.commitTogether(this.queue.splice(0))
    this.writing = null
  }

  private async commitTogether(writes: readonly Write[]): Promise<void> {
    const batch = new LogBatch(this.callId, this.head, this.logFile.lengthBytes, this.current.closedSeq !== null)
    const accepted: (() => void)[] = []
    const failed: ((error: unknown) => void)[] = []
    for (const { draft, resolve, reject } of writes) {
      try {
        const fileBytes = draft.form === 'media' ? (await this.trackFile(draft.body.track)).lengthBytes : 0
        const { seq, hash } = batch.add(draft, fileBytes)
        accepted.push(() => resolve({ seq, hash }))
        failed.push(reject)
      } catch (error) {
        reject(error)
      }
    }
    try {
      await this.commit(batch.lines)
      for (const accept of accepted) accept()
    } catch (cause) {
      for (const fail of failed) fail(SpoolError.writeFailed(this.callId, cause))
    }
  }

  private async commitLost(entries: readonly WireEntry[]): Promise<void> {
    const lines: MadeLine[] = []
    let { seq, hash } = this.head
    let offsetBytes = this.logFile.lengthBytes
    for (const { line, payload: chunk } of entries) {
      const entry = parseLine(line)
      const isNext = entry.seq === seq + 1 && entry.prev === hash
      const isWhole = !isMediaEntry(entry) || (chunk !== undefined && hashOf(chunk) === entry.sha256)
      if (!isNext || !isWhole) throw SpoolError.chainMismatch(this.callId, entry.seq)
      seq = entry.seq
      hash = hashOf(line)
      const payload = isMediaEntry(entry) ? { track: entry.track, offsetBytes: entry.offsetBytes, bytes: entry.bytes } : null
      lines.push({ seq, hash, line, offsetBytes, lengthBytes: line.length, payload, chunk: chunk ?? null })
      offsetBytes += line.length + 1
    }
    await this.commit(lines)
  }

  private async commit(made: readonly MadeLine[]): Promise<void> {
    const tracks = new Set(made.flatMap(({ payload }) => payload?.track ?? []))
    const files = await Promise.all([...tracks].map((track) => this.trackFile(track)))
    const before = [this.logFile, ...files].map((file) => ({ file, lengthBytes: file.lengthBytes }))
    try {
      for (const { payload, chunk } of made) if (payload && chunk) await (await this.trackFile(payload.track)).append(chunk)
      await Promise.all(files.map((file) => file.sync()))
      await this.logFile.append(Buffer.concat(made.flatMap(({ line }) => [line, NEWLINE])))
      await this.logFile.sync()
    } catch (error) {
      await Promise.all(before.map(({ file, lengthBytes }) => file.truncate(lengthBytes)))
      throw error
    }
    for (const { line, hash, offsetBytes, lengthBytes, payload } of made) {
      const entry = parseLine(line)
      this.lines.push({ hash, offsetBytes, lengthBytes, payload })
      this.current = foldEntry(this.current, entry)
      if (entry.kind === 'action' && entry.data.id) this.actionIds.add(entry.data.id)
    }
    const isMediaOnly = made.every(({ payload }) => payload !== null)
    for (const listener of this.listeners) listener(isMediaOnly)
  }

  private trackFile(track: Track): Promise<AppendFile> {
    const known = this.trackFiles.get(track)
    if (known) return known
    const file = this.files.openAppend(join(this.folder, trackFile(track)))
    this.trackFiles.set(track, file)
    return file
  }
}

const NEWLINE = Uint8Array.of(0x0a)
