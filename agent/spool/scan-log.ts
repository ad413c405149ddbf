/**
 * Reads a log that may have been torn by a crash: how far it is whole, in the lines and in every track file together.
 *
 * Damage after the last readable seal is a torn tail, to be cut off. Damage before a seal cannot come from a crash, because
 * what was sealed had been synced: such a log is not repaired but set aside.
 */
import { createHash } from 'node:crypto'
import { GENESIS_HASH } from '@/protocol/chain'
import { EntryError, isMediaEntry, parseLine, type LogEntry } from '@/protocol/entries'
import type { Track } from '@/protocol/tracks'
import { EMPTY_SUMMARY, foldEntry, type LogSummary } from './log-summary'

export type IndexedLine = {
  /** Where the line starts in `log.jsonl`; its length is without the newline. */
  offsetBytes: number
  lengthBytes: number
  hash: string
  payload: { track: Track; offsetBytes: number; bytes: number } | null
}

export type LogScan = {
  lines: IndexedLine[]
  summary: LogSummary
  actionIds: string[]
  /** Lengths of the whole part. */
  logBytes: number
  trackBytes: ReadonlyMap<Track, number>
  damage: { problem: string; isSealed: boolean } | null
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export function scanLog(log: Uint8Array, tracks: ReadonlyMap<Track, Uint8Array>): LogScan {
  const lines: IndexedLine[] = []
  const trackBytes = new Map<Track, number>()
  const actionIds: string[] = []
  let summary = EMPTY_SUMMARY
  let offsetBytes = 0
  const end = (damage: LogScan['damage']): LogScan => ({ lines, summary, actionIds, logBytes: offsetBytes, trackBytes, damage })
  const torn = (problem: string): LogScan => end({ problem: `entry ${lines.length}: ${problem}`, isSealed: holdsSeal(log.subarray(offsetBytes)) })

  while (offsetBytes < log.length) {
    const newline = log.indexOf(0x0a, offsetBytes)
    if (newline < 0) return torn('its line is not complete')
    const line = log.subarray(offsetBytes, newline)
    const entry = readEntry(line)
    if (entry instanceof EntryError) return torn(entry.message)
    if (entry.seq !== lines.length) return torn(`its number is ${entry.seq}`)
    if (entry.prev !== (lines.at(-1)?.hash ?? GENESIS_HASH)) return torn('it does not follow from the entry before it')
    const payload = isMediaEntry(entry) ? { track: entry.track, offsetBytes: entry.offsetBytes, bytes: entry.bytes } : null
    if (isMediaEntry(entry)) {
      const startBytes = trackBytes.get(entry.track) ?? 0
      const bytes = tracks.get(entry.track)?.subarray(startBytes, startBytes + entry.bytes)
      if (entry.offsetBytes !== startBytes) return torn(`its chunk starts at byte ${entry.offsetBytes} instead of ${startBytes}`)
      if (bytes?.length !== entry.bytes || hashOf(bytes) !== entry.sha256) return torn(`the chunk in the ${entry.track} file is not the one that was written`)
      trackBytes.set(entry.track, startBytes + entry.bytes)
    }
    lines.push({ offsetBytes, lengthBytes: line.length, hash: hashOf(line), payload })
    summary = foldEntry(summary, entry)
    if (entry.kind === 'action' && entry.data.id) actionIds.push(entry.data.id)
    offsetBytes = newline + 1
  }
  return end(null)
}

function readEntry(line: Uint8Array): LogEntry | EntryError {
  try {
    return parseLine(line)
  } catch (error) {
    if (error instanceof EntryError) return error
    throw error
  }
}

function holdsSeal(rest: Uint8Array): boolean {
  for (let start = 0; start < rest.length; ) {
    const newline = rest.indexOf(0x0a, start)
    if (newline < 0) return false
    const entry = readEntry(rest.subarray(start, newline))
    if (!(entry instanceof EntryError) && entry.kind === 'seal') return true
    start = newline + 1
  }
  return false
}
