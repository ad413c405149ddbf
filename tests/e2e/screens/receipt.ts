/** A server's receipt for the seal that a call ends with, so that its page knows how sure its clock is. */
import type { SampleCall } from '../../server/ingest/sample-call'

/** Nobody checks it here: verify/ has tests of its own. */
const SIGNATURE = 'AAAA'
const ON_THE_WAY_MS = 80

export function addReceipt(call: SampleCall, startedAt: string): void {
  const { lastSeq: receiptedSeq, lastHash: hash } = call
  const receivedAt = new Date(Date.parse(startedAt) + call.atMs + ON_THE_WAY_MS / 2).toISOString()
  call.atMs += ON_THE_WAY_MS
  call.receipt({ receiptedSeq, hash, receivedAt, serverKey: SIGNATURE, signature: SIGNATURE })
}
