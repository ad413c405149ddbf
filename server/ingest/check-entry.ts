/** Whether an entry may follow a head: the rules of `docs/log-format.md`, checked once, where the entry comes in. */
import { hash } from 'node:crypto'
import type { WireEntry } from '@/protocol/agent-messages'
import { receiptMessage, sealMessage, verifySignature } from '@/protocol/chain'
import { type EntryOf, isMediaEntry, type LogEntry, type MediaEntry, MAX_LINE_BYTES, parseLine } from '@/protocol/entries'
import type { DeviceId } from '@/protocol/ids'
import { trackFile } from '@/protocol/tracks'
import type { CallHead } from './call-head'
import { IngestError } from './errors'

/** No conversation lasts longer; what is derived from a call takes memory by its length, whoever claims it. */
const MAX_POSITION_MS = 24 * 3_600_000
/** A computer's clock may be wrong, but not so wrong that no other system can hold what it says. */
const YEARS = { from: 2000, to: 2199 }
const NEWLINE = 0x0a

/** The device that sends, as its token says. */
export type AgentDevice = { id: DeviceId; publicKey: string; technician: { id: string; name: string } }

export const hashLine = (line: Uint8Array): string => hash('sha256', line, 'hex')

/** A line to an entry; `expectedSeq` only helps to say which one was refused. */
export function parseWireLine(line: Uint8Array, expectedSeq: number): LogEntry {
  if (line.length > MAX_LINE_BYTES) throw IngestError.malformed(expectedSeq, `its line has ${line.length} bytes, ${MAX_LINE_BYTES} are allowed`)
  if (line.includes(NEWLINE)) throw IngestError.malformed(expectedSeq, 'its line contains a newline')
  try {
    return parseLine(line)
  } catch (cause) {
    throw IngestError.malformed(expectedSeq, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

/** Throws IngestError when the entry cannot stand after the head. */
export async function checkEntry(head: CallHead, entry: LogEntry, { payload }: WireEntry, device: AgentDevice, serverKey: string): Promise<void> {
  if (entry.seq !== head.seq + 1) throw IngestError.outOfOrder(entry.seq, head.seq + 1)
  if (entry.prev !== head.hash) throw IngestError.fork(entry.seq, `it follows ${entry.prev}, the server holds ${head.hash} as entry ${head.seq}`)
  if (entry.atMs > MAX_POSITION_MS) throw IngestError.malformed(entry.seq, `its position ${entry.atMs} ms is beyond ${MAX_POSITION_MS} ms`)
  if (head.isClosed && entry.kind !== 'seal' && entry.kind !== 'receipt') throw IngestError.closed(entry.seq, entry.kind)
  if ((entry.kind === 'open') !== (entry.seq === 0)) throw IngestError.malformed(entry.seq, `entry 0, and no other, is of kind open; this one is ${entry.kind}`)
  if (isMediaEntry(entry)) return checkMedia(head, entry, payload)
  if (payload) throw IngestError.malformed(entry.seq, `only audio and screen entries carry a payload, this one is ${entry.kind}`)
  if (entry.kind === 'gap' && entry.atMs + entry.durationMs > MAX_POSITION_MS) throw IngestError.malformed(entry.seq, `its gap of ${entry.durationMs} ms ends beyond ${MAX_POSITION_MS} ms`)
  if (entry.kind === 'open') checkOpen(head, entry, device)
  if (entry.kind === 'seal') await checkSeal(head, entry, device)
  if (entry.kind === 'receipt') await checkReceipt(head, entry, serverKey)
}

function checkOpen(head: CallHead, { seq, data }: EntryOf<'open'>, device: AgentDevice): void {
  if (data.callId !== head.callId) throw IngestError.malformed(seq, `it opens call ${data.callId}, but was sent for ${head.callId}`)
  const isDevices = data.deviceId === device.id && data.deviceKey === device.publicKey && data.technician.id === device.technician.id
  if (!isDevices) throw IngestError.notYours()
  if (!isTimeZone(data.timeZone)) throw IngestError.malformed(seq, `"${data.timeZone}" is no time zone; expected an IANA name such as Asia/Jakarta`)
  for (const { track, file } of data.tracks) {
    if (file !== trackFile(track)) throw IngestError.malformed(seq, `the file of track ${track} is "${file}", expected "${trackFile(track)}"`)
  }
  const year = new Date(data.startedAt).getUTCFullYear()
  if (year < YEARS.from || year > YEARS.to) throw IngestError.malformed(seq, `it began in the year ${year}, expected ${YEARS.from} to ${YEARS.to}: set the computer's clock`)
  const names = new Set(data.tracks.map(({ track }) => track))
  if (names.size !== data.tracks.length) throw IngestError.malformed(seq, 'a track is announced twice')
}

function checkMedia(head: CallHead, entry: MediaEntry, payload: Uint8Array | undefined): void {
  const { seq, track, bytes, offsetBytes, sha256 } = entry
  if (!payload) throw IngestError.malformed(seq, `its payload of ${bytes} bytes is missing`)
  if (payload.length !== bytes) throw IngestError.malformed(seq, `its payload has ${payload.length} bytes, the entry says ${bytes}`)
  if (hash('sha256', payload, 'hex') !== sha256) throw IngestError.malformed(seq, 'its payload does not have the hash that the entry says')
  const end = head.trackBytes.get(track) ?? 0
  if (offsetBytes !== end) throw IngestError.malformed(seq, `its payload begins at byte ${offsetBytes} of track ${track}, which ends at ${end}`)
  if (entry.atMs + entry.durationMs > MAX_POSITION_MS) throw IngestError.malformed(seq, `its chunk of ${entry.durationMs} ms ends beyond ${MAX_POSITION_MS} ms`)
}

async function checkSeal(head: CallHead, { seq, data }: EntryOf<'seal'>, device: AgentDevice): Promise<void> {
  if (data.sealedSeq !== head.seq || data.hash !== head.hash) throw IngestError.badSeal(seq, `it seals entry ${data.sealedSeq}, expected ${head.seq} with hash ${head.hash}`)
  const holds = await verifySignature(device.publicKey, data.signature, sealMessage(head.callId, data.sealedSeq, data.hash))
  if (!holds) throw IngestError.badSeal(seq, 'the signature is not by the key that the device has registered')
}

async function checkReceipt(head: CallHead, { seq, data }: EntryOf<'receipt'>, serverKey: string): Promise<void> {
  if (head.seals.get(data.receiptedSeq) !== data.hash) throw IngestError.malformed(seq, `it is a receipt for entry ${data.receiptedSeq}, which is no seal of this log or has another hash`)
  if (data.serverKey !== serverKey) throw IngestError.malformed(seq, `its receipt is by server key ${data.serverKey}, this server's is ${serverKey}; a restored server needs its old key file`)
  const holds = await verifySignature(serverKey, data.signature, receiptMessage(head.callId, data.receiptedSeq, data.hash, data.receivedAt))
  if (!holds) throw IngestError.malformed(seq, "its receipt does not carry this server's signature")
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    // Intl has no other way to ask; it throws for a name that it does not know.
    return false
  }
}
