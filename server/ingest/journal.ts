/**
 * The journal: makes writes to the files of all calls durable with one sync for many calls (group commit).
 *
 * A commit is: waiting in the queue -> written and synced with everything that waited with it (durable) -> applied to the
 * calls' own files, which are not synced. When a journal file is full, the next one is begun; the calls it touched are
 * synced in the background and it is deleted. What is found at start-up is applied again, oldest file first, up to the
 * first torn record; that tail was never acknowledged.
 *
 * Every write extends its file: the end of a write is the end of the file, so applying a record twice, or records of a
 * commit that was refused before later ones, changes nothing.
 *
 * Bound: the queue holds at most one record of each call, because each call waits for its last commit.
 */
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallId } from '@/protocol/ids'
import type { Log } from '../log'
import type { MediaStore } from '../media/media-store'
import { IngestError } from './errors'
import { decodeBody, encodeRecord, type JournalRecord, MAGIC, MAX_RECORD_BYTES, RECORD_HEADER_BYTES } from './journal-record'

const ROTATE_AT_BYTES = 64 * 1024 * 1024
/** What one sync covers; the rest waits for the next. */
const MAX_GROUP_BYTES = 16 * 1024 * 1024

type Options = { dir: string; store: MediaStore; log: Log; rotateAtBytes?: number }
type JournalFile = { path: string; handle: FileHandle; sizeBytes: number; calls: Set<CallId>; applying: Set<Promise<void>> }
type Waiting = { record: JournalRecord; pieces: Uint8Array[]; bytes: number; resolve: (file: JournalFile) => void; reject: (error: unknown) => void }

export class Journal {
  private readonly queue: Waiting[] = []
  private writing: Promise<void> | null = null
  /** Full files whose calls are still to be synced, oldest first; they are deleted in this order. */
  private readonly full: JournalFile[] = []
  private retiring: Promise<void> = Promise.resolve()
  private isDisposed = false

  private constructor(private readonly options: Options, private number: number, private current: JournalFile) {}

  /** Applies what an earlier process left behind, then begins a new file. */
  static async open(options: Options): Promise<Journal> {
    await mkdir(options.dir, { recursive: true })
    const names = (await readdir(options.dir)).filter((name) => name.endsWith('.journal')).sort()
    const paths = names.map((name) => join(options.dir, name))
    await replay(paths, options)
    for (const path of paths) await rm(path)
    const number = Number.parseInt(names.at(-1) ?? '0', 10) + 1
    return new Journal(options, number, await createFile(options.dir, number))
  }

  /** Resolves when the writes survive a power loss and stand in the call's files; rejects when that is not certain. */
  async commit(record: JournalRecord): Promise<void> {
    if (this.isDisposed) throw IngestError.stopping()
    const file = await this.makeDurable(record)
    const applied = applyTo(this.options.store, record)
    file.applying.add(applied)
    try {
      await applied
    } catch (cause) {
      throw IngestError.storage(cause)
    } finally {
      file.applying.delete(applied)
    }
  }

  /** Resolves when nothing that was committed so far can be applied again: it stands in the calls' files for good. */
  async settle(): Promise<void> {
    while (this.writing) await this.writing
    const file = this.current
    // In the place of a group, so that none is written while files change; those that came meanwhile follow.
    this.writing = this.rotate().then(() => this.writeGroups()).finally(() => (this.writing = null))
    await this.writing
    await this.retiring
    if (file === this.current || this.full.includes(file)) throw IngestError.storage(new Error(`${file.path} could not be emptied`))
  }

  /** Lets waiting commits finish, syncs the calls and leaves an empty folder. */
  async dispose(): Promise<void> {
    this.isDisposed = true
    await this.writing
    this.full.push(this.current)
    this.retiring = this.retiring.then(() => this.retireFull())
    await this.retiring
    for (const { handle } of this.full) await handle.close()
  }

  private makeDurable(record: JournalRecord): Promise<JournalFile> {
    return new Promise((resolve, reject) => {
      const pieces = encodeRecord(record)
      this.queue.push({ record, pieces, bytes: pieces.reduce((sum, piece) => sum + piece.length, 0), resolve, reject })
      this.writing ??= this.writeGroups().finally(() => (this.writing = null))
    })
  }

  private async writeGroups(): Promise<void> {
    // Whatever else arrives in this turn shares the first sync.
    await new Promise(setImmediate)
    while (this.queue.length > 0) {
      const group = takeGroup(this.queue)
      const file = this.current
      try {
        for (const { record } of group) file.calls.add(record.callId)
        await appendGroup(file, group)
      } catch (cause) {
        this.options.log.error(`the journal ${file.path} could not be written`, cause)
        await this.dropTornGroup(file)
        for (const { reject } of group) reject(IngestError.storage(cause))
        continue
      }
      for (const { resolve } of group) resolve(file)
      if (file.sizeBytes >= (this.options.rotateAtBytes ?? ROTATE_AT_BYTES)) await this.rotate()
    }
  }

  /** Nothing may follow a torn record in its file, for replay ends there. */
  private async dropTornGroup(file: JournalFile): Promise<void> {
    try {
      await file.handle.truncate(file.sizeBytes)
    } catch (cause) {
      this.options.log.error(`the torn end of ${file.path} could not be cut off; a new journal file is begun`, cause)
      await this.rotate()
    }
  }

  private async rotate(): Promise<void> {
    try {
      const next = await createFile(this.options.dir, this.number + 1)
      this.number++
      this.full.push(this.current)
      this.current = next
      this.retiring = this.retiring.then(() => this.retireFull())
    } catch (cause) {
      this.options.log.error('no new journal file could be begun; the old one grows on', cause)
    }
  }

  private async retireFull(): Promise<void> {
    for (let file = this.full[0]; file; file = this.full[0]) {
      try {
        await Promise.allSettled(file.applying)
        for (const callId of file.calls) await this.options.store.sync(callId)
        await file.handle.close()
        await rm(file.path)
        this.full.shift()
      } catch (cause) {
        this.options.log.error(`${file.path} is kept: the calls in it could not be synced`, cause)
        return
      }
    }
  }
}

/** Media before lines: a log that is cut short is then never ahead of its tracks. */
async function applyTo(store: MediaStore, { callId, writes }: JournalRecord): Promise<void> {
  for (const { file, offsetBytes, bytes } of writes) await store.write(callId, file, offsetBytes, bytes)
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let bytes = 0
  const count = queue.findIndex((waiting) => (bytes += waiting.bytes) > MAX_GROUP_BYTES)
  return queue.splice(0, count < 0 ? queue.length : Math.max(1, count))
}

async function appendGroup(file: JournalFile, group: Waiting[]): Promise<void> {
  const pieces = group.flatMap((waiting) => waiting.pieces)
  const bytes = group.reduce((sum, waiting) => sum + waiting.bytes, 0)
  const { bytesWritten } = await file.handle.writev(pieces, file.sizeBytes)
  if (bytesWritten !== bytes) throw new Error(`${bytesWritten} of ${bytes} bytes were written`)
  await file.handle.datasync()
  file.sizeBytes += bytes
}

async function createFile(dir: string, number: number): Promise<JournalFile> {
  const path = join(dir, `${String(number).padStart(8, '0')}.journal`)
  const handle = await open(path, 'wx', 0o600)
  await handle.write(MAGIC)
  await handle.datasync()
  const folder = await open(dir)
  await folder.sync().finally(() => folder.close())
  return { path, handle, sizeBytes: MAGIC.length, calls: new Set(), applying: new Set() }
}

async function replay(paths: string[], { store, log }: Options): Promise<void> {
  const calls = new Set<CallId>()
  const lost = new Set<CallId>()
  for (const path of paths) {
    const bytes = await readFile(path)
    const { records, wholeBytes } = readRecords(bytes)
    if (wholeBytes < bytes.length) log.info(`${path} ends in ${bytes.length - wholeBytes} bytes that were never acknowledged; they are dropped`)
    for (const record of records) {
      if (lost.has(record.callId)) continue
      try {
        await applyTo(store, record)
        for (const { file, offsetBytes, bytes } of record.writes) await store.truncate(record.callId, file, offsetBytes + bytes.length)
        calls.add(record.callId)
      } catch (cause) {
        lost.add(record.callId)
        log.error(`the journal goes on where call ${record.callId} has no files any more; it is left out`, cause)
      }
    }
  }
  for (const callId of calls) await store.sync(callId)
}

/** Whole records from the beginning, and how many bytes they are. A file of another version or none holds no records. */
export function readRecords(bytes: Buffer): { records: JournalRecord[]; wholeBytes: number } {
  const records: JournalRecord[] = []
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return { records, wholeBytes: 0 }
  let cursor = MAGIC.length
  while (cursor + RECORD_HEADER_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(cursor)
    const bodyStart = cursor + RECORD_HEADER_BYTES
    if (length === 0 || length > MAX_RECORD_BYTES || bodyStart + length > bytes.length) break
    const record = decodeBody(bytes.subarray(bodyStart, bodyStart + length), bytes.readUInt32LE(cursor + 4))
    if (!record) break
    records.push(record)
    cursor = bodyStart + length
  }
  return { records, wholeBytes: cursor }
}
