/** The receipts that a call's seals were given, one a line in `receipts.jsonl`, so that no seal ever gets two. */
import { type ReceiptData, receiptDataSchema } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { RECEIPTS_FILE } from '../media/call-files'
import { wholeLines } from '../media/log-lines'
import type { MediaStore } from '../media/media-store'
import type { FileWrite } from './journal-record'

export class ReceiptBook {
  private constructor(private readonly bySeal: Map<number, ReceiptData>, private sizeBytes: number) {}

  static async load(store: MediaStore, callId: CallId): Promise<ReceiptBook> {
    const size = await store.findSize(callId, RECEIPTS_FILE)
    const lines = size ? [...wholeLines(await store.read(callId, RECEIPTS_FILE))] : []
    const receipts = lines.map(({ line }) => receiptDataSchema.parse(JSON.parse(Buffer.from(line).toString())))
    const sizeBytes = lines.at(-1)?.endByte ?? 0
    await store.truncate(callId, RECEIPTS_FILE, sizeBytes)
    return new ReceiptBook(new Map(receipts.map((receipt) => [receipt.receiptedSeq, receipt])), sizeBytes)
  }

  find(sealSeq: number): ReceiptData | null {
    return this.bySeal.get(sealSeq) ?? null
  }

  /** What must be written for those that are new; `null` if none is. */
  prepare(receipts: ReceiptData[]): FileWrite | null {
    const lines = receipts.filter(({ receiptedSeq }) => !this.bySeal.has(receiptedSeq)).map((receipt) => `${JSON.stringify(receipt)}\n`)
    return lines.length > 0 ? { file: RECEIPTS_FILE, offsetBytes: this.sizeBytes, bytes: Buffer.from(lines.join('')) } : null
  }

  /** Once the write is durable. */
  confirm(receipts: ReceiptData[], write: FileWrite): void {
    this.sizeBytes = write.offsetBytes + write.bytes.length
    for (const receipt of receipts) this.bySeal.set(receipt.receiptedSeq, receipt)
  }
}
