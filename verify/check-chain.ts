/** The chain: every line is an entry, numbered without holes, and names the hash of the line before it. */
import { GENESIS_HASH } from '@/protocol/chain'
import { EntryError, parseLine, type LogEntry } from '@/protocol/entries'
import type { HashedLine } from './read-lines'
import { makeVerdict, type Verdict } from './report'

/** An entry at its place in the file, with the hash of its line. */
export type LoggedEntry = { entry: LogEntry; hash: string }

/** What the other checks read: every line that is an entry, wherever it stands. */
export type Log = {
  entries: LogEntry[]
  /** How many of the entries, from the first on, follow one another without a fault; all of them when the chain is whole. */
  chainedCount: number
  bySeq: ReadonlyMap<number, LoggedEntry>
  lineHashes: string[]
  tornBytes: number
}

export function checkChain(lines: HashedLine[], tornBytes: number): { log: Log; verdict: Verdict } {
  const findings: string[] = []
  const entries: LogEntry[] = []
  const bySeq = new Map<number, LoggedEntry>()
  let expectedPrev = GENESIS_HASH
  let isClosed = false
  let chainedCount = 0

  lines.forEach((line, index) => {
    const parsed = tryParse(line.bytes)
    if (typeof parsed === 'string') findings.push(`line ${index + 1}: ${parsed}`)
    else {
      findings.push(...faultsOfPlace(parsed, index, expectedPrev, isClosed))
      entries.push(parsed)
      if (!bySeq.has(parsed.seq)) bySeq.set(parsed.seq, { entry: parsed, hash: line.hash })
      isClosed ||= parsed.kind === 'close'
    }
    expectedPrev = line.hash
    if (findings.length === 0) chainedCount = index + 1
  })
  if (lines.length === 0) findings.push('there is no log.jsonl with a whole line in it')

  const log: Log = { entries, chainedCount, bySeq, lineHashes: lines.map(({ hash }) => hash), tornBytes }
  const summary = `${lines.length} entries, each names the hash of the one before`
  const tail = `; after them a torn line: ${tornBytes} bytes that were never finished and are no entry`
  return { log, verdict: makeVerdict('chain', findings, tornBytes > 0 ? { state: 'note', summary: summary + tail } : { summary }) }
}

function faultsOfPlace(entry: LogEntry, index: number, expectedPrev: string, isClosed: boolean): string[] {
  const faults: string[] = []
  if (entry.seq !== index) faults.push(`line ${index + 1} holds entry ${entry.seq}, entry ${index} belongs there`)
  if (entry.prev !== expectedPrev) faults.push(`entry ${entry.seq} names ${entry.prev.slice(0, 12)}… as the line before it, which is ${expectedPrev.slice(0, 12)}…`)
  if ((entry.kind === 'open') !== (index === 0)) faults.push(index === 0 ? `entry 0 is ${kindOf(entry)}, not open` : `entry ${entry.seq} opens the call again`)
  if (isClosed && entry.kind !== 'seal' && entry.kind !== 'receipt') faults.push(`entry ${entry.seq} (${kindOf(entry)}) stands after the close`)
  return faults
}

const kindOf = (entry: LogEntry): string => (entry.kind === 'unknown' ? entry.originalKind : entry.kind)

function tryParse(line: Uint8Array): LogEntry | string {
  try {
    return parseLine(line)
  } catch (error) {
    if (error instanceof EntryError) return error.message.replaceAll(/\s*\n\s*/g, ' ')
    throw error
  }
}
