/** How far a call's log reaches, and what the next entry is checked against. Rebuilt from the log at any time. */
import { GENESIS_HASH } from '@/protocol/chain'
import { isMediaEntry, type LogEntry } from '@/protocol/entries'
import { type CallId, type DeviceId } from '@/protocol/ids'
import type { Track } from '@/protocol/tracks'

export type CallHead = {
  readonly callId: CallId
  /** `null` before entry 0. */
  device: { id: DeviceId; publicKey: string } | null
  /** -1 before entry 0. */
  seq: number
  hash: string
  logBytes: number
  trackBytes: Map<Track, number>
  /** Hash of each seal's line, by `seq`. */
  seals: Map<number, string>
  lastReceiptedSeq: number
  isClosed: boolean
}

export const emptyHead = (callId: CallId): CallHead => ({
  callId,
  device: null,
  seq: -1,
  hash: GENESIS_HASH,
  logBytes: 0,
  trackBytes: new Map(),
  seals: new Map(),
  lastReceiptedSeq: -1,
  isClosed: false,
})

/** Independent of the original, so that a batch can be tried on it. */
export const copyHead = (head: CallHead): CallHead => ({ ...head, trackBytes: new Map(head.trackBytes), seals: new Map(head.seals) })

/** Moves the head past an entry that was checked against it. */
export function advanceHead(head: CallHead, entry: LogEntry, lineBytes: number, hash: string): void {
  head.seq = entry.seq
  head.hash = hash
  head.logBytes += lineBytes + 1
  if (entry.kind === 'open') head.device = { id: entry.data.deviceId, publicKey: entry.data.deviceKey }
  if (entry.kind === 'seal') head.seals.set(entry.seq, hash)
  if (entry.kind === 'receipt') head.lastReceiptedSeq = Math.max(head.lastReceiptedSeq, entry.data.receiptedSeq)
  if (entry.kind === 'close') head.isClosed = true
  if (isMediaEntry(entry)) head.trackBytes.set(entry.track, entry.offsetBytes + entry.bytes)
}
