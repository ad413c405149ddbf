/**
 * A call's state from its files, and the cutting of a torn end.
 *
 * With the journal replayed nothing is torn; but a folder may have been restored from a copy made in mid-write. A torn end
 * is cut from log and tracks together, to the last entry that is there whole. Where more than the end would have to go, or
 * what follows a close, the files are damaged: nothing is cut, and people must decide.
 */
import { hash } from 'node:crypto'
import { isMediaEntry, LOG_FILE, type LogEntry, type MediaEntry, parseLine } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { trackFile, trackSchema } from '@/protocol/tracks'
import type { Log } from '../log'
import { wholeLines } from '../media/log-lines'
import type { MediaStore } from '../media/media-store'
import { advanceHead, type CallHead, emptyHead } from './call-head'
import { hashLine } from './check-entry'
import { IngestError } from './errors'

/** A server with many calls must stay responsive while a long log is read. */
const LINES_PER_TURN = 500
/** A tear is the last seconds before a copy or a crash. */
const MAX_TORN_ENTRIES = 64

export type RecoveredCall = { head: CallHead; lineStarts: number[] }

export async function recoverCall(store: MediaStore, callId: CallId, log: Log): Promise<RecoveredCall> {
  const logBytes = (await store.findSize(callId, LOG_FILE)) ?? 0
  if (logBytes === 0) return { head: emptyHead(callId), lineStarts: [] }
  const entries = await readChain(await store.read(callId, LOG_FILE))
  const keptCount = await countWholeEntries(store, callId, entries)
  const call = replayEntries(callId, entries.slice(0, keptCount))
  await cutTornEnd(store, call, entries, logBytes, log)
  return call
}

type ChainedEntry = { entry: LogEntry; lineBytes: number; startByte: number; hash: string }

/** Entries up to the first that does not follow the one before it. */
async function readChain(bytes: Uint8Array): Promise<ChainedEntry[]> {
  const entries: ChainedEntry[] = []
  for (const { line, startByte } of wholeLines(bytes)) {
    const entry = tryParse(line)
    const last = entries.at(-1)
    if (!entry || entry.seq !== entries.length || (last && entry.prev !== last.hash)) break
    entries.push({ entry, lineBytes: line.length, startByte, hash: hashLine(line) })
    if (entries.length % LINES_PER_TURN === 0) await new Promise(setImmediate)
  }
  return entries
}

/** How many entries, from the first, have their payloads; of each track the last one's hash is compared. */
async function countWholeEntries(store: MediaStore, callId: CallId, entries: ChainedEntry[]): Promise<number> {
  let count = entries.length
  for (const track of trackSchema.options) {
    const chunks = entries.flatMap(({ entry }) => (isMediaEntry(entry) && entry.track === track ? [entry] : []))
    if (chunks.length === 0) continue
    const size = (await store.findSize(callId, trackFile(track))) ?? 0
    while (chunks.length > 0 && !(await isChunkWhole(store, callId, chunks.at(-1)!, size))) count = Math.min(count, chunks.pop()!.seq)
  }
  return count
}

async function isChunkWhole(store: MediaStore, callId: CallId, { track, offsetBytes, bytes, sha256 }: MediaEntry, sizeBytes: number): Promise<boolean> {
  if (offsetBytes + bytes > sizeBytes) return false
  return hash('sha256', await store.read(callId, trackFile(track), offsetBytes, offsetBytes + bytes), 'hex') === sha256
}

function replayEntries(callId: CallId, entries: ChainedEntry[]): RecoveredCall {
  const head = emptyHead(callId)
  for (const { entry, lineBytes, hash } of entries) advanceHead(head, entry, lineBytes, hash)
  return { head, lineStarts: entries.map(({ startByte }) => startByte) }
}

async function cutTornEnd(store: MediaStore, { head, lineStarts }: RecoveredCall, entries: ChainedEntry[], logBytes: number, log: Log): Promise<void> {
  const { callId } = head
  if (head.logBytes < logBytes) {
    const rest = await store.read(callId, LOG_FILE, head.logBytes)
    const tornCount = [...wholeLines(rest)].length
    const isClosed = entries.slice(lineStarts.length).some(({ entry }) => entry.kind === 'close')
    if (isClosed || tornCount > MAX_TORN_ENTRIES || isGoingOn(rest, entries.length)) throw IngestError.damaged(callId, lineStarts.length)
    await store.truncate(callId, LOG_FILE, head.logBytes)
    log.info(`call ${callId}: a torn end of ${logBytes - head.logBytes} bytes was cut from its log; it goes on at entry ${lineStarts.length}`)
  }
  for (const track of trackSchema.options) await store.truncate(callId, trackFile(track), head.trackBytes.get(track) ?? 0)
  await store.sync(callId)
}

/** Whether the log reads on behind the entry that could not be read: then that one is damaged, not torn. */
function isGoingOn(rest: Uint8Array, brokenSeq: number): boolean {
  return [...wholeLines(rest)].some(({ line }) => (tryParse(line)?.seq ?? -1) > brokenSeq)
}

function tryParse(line: Uint8Array): LogEntry | null {
  try {
    return parseLine(line)
  } catch {
    // A line that is no entry is what the callers look for.
    return null
  }
}
