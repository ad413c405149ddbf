/**
 * `custody.jsonl`: what happened to a call after its close. Same form and chain as the log, written by the server.
 *
 * Entry 0, `received`, pins the closing seal's hash (or, if something happens to the call before that seal comes, the last
 * entry's). Then one entry for each act, of the kind of its audit verb.
 */
import { GENESIS_HASH } from '@/protocol/chain'
import { CUSTODY_LOG_FILE, makeCustodyLine } from '@/protocol/custody'
import type { CallId } from '@/protocol/ids'
import { wholeLines } from '../media/log-lines'
import type { MediaStore } from '../media/media-store'
import type { CallHead } from './call-head'
import { hashLine } from './check-entry'
import type { FileWrite } from './journal-record'

export type CustodyAct = { kind: string; data: Record<string, unknown> }

export class CustodyLog {
  private constructor(private next: { seq: number; prev: string; offsetBytes: number }) {}

  static async load(store: MediaStore, callId: CallId): Promise<CustodyLog> {
    const size = await store.findSize(callId, CUSTODY_LOG_FILE)
    const log = new CustodyLog({ seq: 0, prev: GENESIS_HASH, offsetBytes: 0 })
    if (size) log.confirm({ file: CUSTODY_LOG_FILE, offsetBytes: 0, bytes: await store.read(callId, CUSTODY_LOG_FILE) })
    await store.truncate(callId, CUSTODY_LOG_FILE, log.next.offsetBytes)
    return log
  }

  get hasBegun(): boolean {
    return this.next.seq > 0
  }

  /** Entry 0; `null` if it is there already. */
  prepareBeginning(head: CallHead, at: Date): FileWrite | null {
    return this.hasBegun ? null : this.write([this.beginning(head, at)])
  }

  /** An act, behind entry 0 if that is not there yet. */
  prepareAct(head: CallHead, at: Date, { kind, data }: CustodyAct): FileWrite {
    const before = this.hasBegun ? [] : [this.beginning(head, at)]
    const [first] = before
    const { seq, prev } = first ? { seq: 1, prev: hashLine(first) } : this.next
    return this.write([...before, Buffer.from(JSON.stringify({ v: 1, seq, at: at.toISOString(), kind, data, prev }))])
  }

  /** Once the write is durable. */
  confirm({ offsetBytes, bytes }: FileWrite): void {
    for (const { line, endByte } of wholeLines(bytes, offsetBytes)) {
      this.next = { seq: this.next.seq + 1, prev: hashLine(line), offsetBytes: endByte }
    }
  }

  private beginning({ callId, seq, hash }: CallHead, at: Date): Uint8Array {
    return makeCustodyLine({ at: at.toISOString(), kind: 'received', data: { callId, seq, hash } }, 0, GENESIS_HASH)
  }

  private write(lines: Uint8Array[]): FileWrite {
    const newline = Buffer.of(0x0a)
    return { file: CUSTODY_LOG_FILE, offsetBytes: this.next.offsetBytes, bytes: Buffer.concat(lines.flatMap((line) => [line, newline])) }
  }
}
