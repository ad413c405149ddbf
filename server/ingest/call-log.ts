/**
 * One call's log on the server: checks what an agent sends, makes it durable, tells the feed.
 *
 * Work is done one batch after the other. Of a batch, the entries up to the first bad one are kept. Entries that the log
 * holds already change nothing, if they are the same. A seal is stored together with its receipt, so that it never gets
 * two; whoever asks again gets the same. After a failed write the log must be loaded anew (`isBroken`).
 */
import { type Append, MAX_BATCH_BYTES, type ReplicaHead, type WireEntry } from '@/protocol/agent-messages'
import { GENESIS_HASH } from '@/protocol/chain'
import { isMediaEntry, LOG_FILE, type LogEntry, parseLine, type ReceiptData } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { trackFile } from '@/protocol/tracks'
import type { Log } from '../log'
import type { MediaStore } from '../media/media-store'
import type { CallFeed } from './call-feed'
import { advanceHead, type CallHead, copyHead, emptyHead } from './call-head'
import { type AgentDevice, checkEntry, hashLine, parseWireLine } from './check-entry'
import { CustodyLog } from './custody-log'
import { IngestError } from './errors'
import type { Journal } from './journal'
import type { FileWrite } from './journal-record'
import { ReceiptBook } from './receipt-book'
import { recoverCall } from './recover-call'
import type { ServerKey } from './server-key'

export type CallLogDeps = { store: MediaStore; journal: Journal; feed: CallFeed; serverKey: ServerKey; log: Log; now: () => Date }
export type Appended = { head: ReplicaHead; receipts: ReceiptData[]; refusal: IngestError | null }
type Accepted = { entry: LogEntry; line: Uint8Array; payload: Uint8Array | undefined }

export class CallLog {
  isBroken = false
  private head: CallHead
  private lineStarts: number[] = []
  private recovering: Promise<void> | null = null
  private work: Promise<unknown> = Promise.resolve()

  private constructor(private readonly deps: CallLogDeps, callId: CallId, private readonly receipts: ReceiptBook, private readonly custody: CustodyLog) {
    this.head = emptyHead(callId)
  }

  static async load(deps: CallLogDeps, callId: CallId): Promise<CallLog> {
    return new CallLog(deps, callId, await ReceiptBook.load(deps.store, callId), await CustodyLog.load(deps.store, callId))
  }

  /** Reads the log; needed before anything but custody, which would have to wait for it at every look at a long call. */
  async recover(): Promise<void> {
    this.recovering ??= this.readLog()
    try {
      await this.recovering
    } catch (error) {
      this.isBroken = true
      throw error
    }
  }

  isOpenFor(device: AgentDevice): boolean {
    return this.belongsTo(device) && !this.head.isClosed
  }

  get isNew(): boolean {
    return this.head.device === null
  }

  /** A device learns nothing of a call that is not its own. */
  replicaHead(device: AgentDevice): ReplicaHead {
    const { callId, seq, hash } = this.head
    return this.belongsTo(device) ? { callId, seq, hash } : { callId, seq: -1, hash: GENESIS_HASH }
  }

  /** What the agent's log lacks of the newest seal, if it is this device's call. */
  outstandingReceipt(device: AgentDevice): ReceiptData | null {
    const lastSeal = [...this.head.seals.keys()].at(-1) ?? -1
    return this.belongsTo(device) && lastSeal > this.head.lastReceiptedSeq ? this.receipts.find(lastSeal) : null
  }

  append(device: AgentDevice, entries: Append['entries']): Promise<Appended> {
    return this.inTurn(async () => {
      if (this.head.device && !this.belongsTo(device)) throw IngestError.notYours()
      const draft = copyHead(this.head)
      const accepted: Accepted[] = []
      const receipts: ReceiptData[] = []
      const refusal = await this.check(device, entries, draft, accepted, receipts)
      if (accepted.length > 0) await this.store(draft, accepted, receipts)
      if (refusal?.isFault) this.deps.feed.publish('call.refused', { callId: this.head.callId, message: refusal.message })
      return { head: this.replicaHead(device), receipts, refusal }
    })
  }

  /** Stored entries from a `seq` on, as many as a batch may hold, at least one if there is one. */
  async fetch(device: AgentDevice, fromSeq: number): Promise<WireEntry[]> {
    if (!this.belongsTo(device)) throw IngestError.notYours()
    const entries: WireEntry[] = []
    let bytes = 0
    for (let seq = fromSeq; seq <= this.head.seq; seq++) {
      const line = await this.readLine(seq)
      const entry = parseLine(line)
      bytes += line.length + (isMediaEntry(entry) ? entry.bytes : 0)
      if (entries.length > 0 && bytes > MAX_BATCH_BYTES) break
      if (!isMediaEntry(entry)) entries.push({ line })
      else entries.push({ line, payload: await this.deps.store.read(this.head.callId, trackFile(entry.track), entry.offsetBytes, entry.offsetBytes + entry.bytes) })
    }
    return entries
  }

  /** Writes down what was done with a closed call. Of a call that still runs there is nothing to write yet: `false`. */
  appendCustody(kind: string, data: Record<string, unknown>): Promise<boolean> {
    return this.inTurn(async () => {
      if (!this.custody.hasBegun) await this.recover()
      if (!this.custody.hasBegun && !this.head.isClosed) return false
      const write = this.custody.prepareAct(this.head, this.deps.now(), { kind, data })
      await this.commit([write])
      this.custody.confirm(write)
      return true
    })
  }

  /** Everything of the call, for good; nothing can be done with this log afterwards. */
  remove(): Promise<void> {
    return this.inTurn(async () => {
      this.isBroken = true
      await this.deps.journal.settle()
      await this.deps.store.deleteCall(this.head.callId)
    })
  }

  private async readLog(): Promise<void> {
    const { head, lineStarts } = await recoverCall(this.deps.store, this.head.callId, this.deps.log)
    this.head = head
    this.lineStarts = lineStarts
  }

  /** Sorts a batch into what the log lacks and what it holds; returns why it stopped early. */
  private async check(device: AgentDevice, entries: Append['entries'], draft: CallHead, accepted: Accepted[], receipts: ReceiptData[]): Promise<IngestError | null> {
    try {
      for (const wire of entries) {
        const entry = parseWireLine(wire.line, draft.seq + 1)
        if (entry.seq > draft.seq) {
          await checkEntry(draft, entry, wire, device, this.deps.serverKey.publicKey)
          advanceHead(draft, entry, wire.line.length, hashLine(wire.line))
          accepted.push({ entry, line: wire.line, payload: wire.payload })
        } else await this.checkRepeated(entry.seq, wire.line, accepted)
        const isNewlySealed = entry.kind === 'seal' && !receipts.some(({ receiptedSeq }) => receiptedSeq === entry.seq)
        if (isNewlySealed) receipts.push(this.receiptFor(draft, entry.seq))
      }
      return null
    } catch (error) {
      if (error instanceof IngestError) return error
      throw error
    }
  }

  private async checkRepeated(seq: number, line: Uint8Array, accepted: Accepted[]): Promise<void> {
    const held = seq > this.head.seq ? accepted[seq - this.head.seq - 1]!.line : await this.readLine(seq)
    if (Buffer.compare(held, line) !== 0) throw IngestError.fork(seq, `the server holds an entry ${seq} with hash ${hashLine(held)}, now one with ${hashLine(line)} came`)
  }

  private receiptFor(draft: CallHead, sealSeq: number): ReceiptData {
    return this.receipts.find(sealSeq) ?? this.deps.serverKey.signReceipt(draft.callId, sealSeq, draft.seals.get(sealSeq)!, this.deps.now().toISOString())
  }

  private async store(draft: CallHead, accepted: Accepted[], receipts: ReceiptData[]): Promise<void> {
    const wasClosed = this.head.isClosed
    const receiptWrite = this.receipts.prepare(receipts)
    const isFinal = draft.isClosed && accepted.findLast(({ entry }) => entry.kind === 'seal' || entry.kind === 'close')?.entry.kind === 'seal'
    const custodyWrite = isFinal ? this.custody.prepareBeginning(draft, this.deps.now()) : null
    await this.commit([...mediaWrites(accepted), receiptWrite, custodyWrite, this.logWrite(accepted)].filter((write) => write !== null))

    for (const { line } of accepted) {
      this.lineStarts.push(this.head.logBytes)
      this.head.logBytes += line.length + 1
    }
    this.head = draft
    if (receiptWrite) this.receipts.confirm(receipts, receiptWrite)
    if (custodyWrite) this.custody.confirm(custodyWrite)
    this.publish(accepted, !wasClosed && draft.isClosed)
  }

  private logWrite(accepted: Accepted[]): FileWrite {
    const newline = Buffer.of(0x0a)
    return { file: LOG_FILE, offsetBytes: this.head.logBytes, bytes: Buffer.concat(accepted.flatMap(({ line }) => [line, newline])) }
  }

  private publish(accepted: Accepted[], isClosedNow: boolean): void {
    const { callId } = this.head
    const { feed } = this.deps
    const open = accepted[0]?.entry
    if (open?.kind === 'open') feed.publish('call.opened', { callId, open: open.data })
    const payloads = new Map(accepted.flatMap(({ entry, payload }) => (payload ? [[entry.seq, payload] as const] : [])))
    feed.publish('call.appended', { callId, entries: accepted.map(({ entry }) => entry), payloads })
    if (isClosedNow) feed.publish('call.closed', { callId })
  }

  private async commit(writes: FileWrite[]): Promise<void> {
    try {
      await this.deps.journal.commit({ callId: this.head.callId, writes })
    } catch (error) {
      this.isBroken = true
      throw error
    }
  }

  private readLine(seq: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = this.lineStarts[seq + 1] ?? this.head.logBytes
    return this.deps.store.read(this.head.callId, LOG_FILE, this.lineStarts[seq], end - 1)
  }

  private belongsTo(device: AgentDevice): boolean {
    return this.head.device?.id === device.id
  }

  private inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.work.then(() => {
      if (this.isBroken) throw IngestError.storage(new Error('an earlier write of this call failed'))
      return step()
    })
    // A step that failed has told its own caller; the next one starts all the same.
    this.work = turn.catch(() => undefined)
    return turn
  }
}

/** Chunks of one track lie one after the other: one write for each track. */
function mediaWrites(accepted: Accepted[]): FileWrite[] {
  const chunks = new Map<string, { offsetBytes: number; parts: Uint8Array[] }>()
  for (const { entry, payload } of accepted) {
    if (!isMediaEntry(entry) || !payload) continue
    const file = trackFile(entry.track)
    const track = chunks.get(file) ?? { offsetBytes: entry.offsetBytes, parts: [] }
    track.parts.push(payload)
    chunks.set(file, track)
  }
  return [...chunks].map(([file, { offsetBytes, parts }]) => ({ file, offsetBytes, bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts) }))
}
