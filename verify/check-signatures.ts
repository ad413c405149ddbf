/** Seals by the device and receipts by the server: who vouches for the chain, up to which entry, and since when. */
import { receiptMessage, sealMessage, verifySignature } from '@/protocol/chain'
import { CallClock } from '@/protocol/clock'
import type { EntryOf, LogEntry, OpenData } from '@/protocol/entries'
import type { Log } from './check-chain'
import { makeVerdict, type Verdict } from './report'

/** Keys that the reader knows from elsewhere. Without them a signature only proves that one key made them all. */
export type TrustedKeys = { deviceKey?: string; serverKey?: string }

export async function checkSeals(log: Log, open: OpenData | null, trusted: TrustedKeys): Promise<{ sealedSeq: number; unsignedCount: number; verdict: Verdict }> {
  const findings: string[] = []
  const chained = new Set(chainedEntries(log))
  let sealedSeq = -1
  let sealSeq = -1
  const seals = log.entries.filter((entry) => entry.kind === 'seal')
  for (const seal of seals) {
    const fault = await faultOfSeal(seal, log, open)
    if (fault) findings.push(`seal ${seal.seq}: ${fault}`)
    else if (chained.has(seal)) [sealedSeq, sealSeq] = [seal.data.sealedSeq, seal.seq]
  }
  if (open && trusted.deviceKey && open.deviceKey !== trusted.deviceKey) findings.push(`sealed by device key ${open.deviceKey}, expected ${trusted.deviceKey}`)

  const unsignedCount = log.lineHashes.length - sealSeq - 1 - receiptsAfter(log, sealSeq)
  if (seals.length === 0) return { sealedSeq, unsignedCount, verdict: makeVerdict('seals', findings, { state: 'note', summary: 'no seal: the whole log is unsigned' }) }
  const summary = `${seals.length} by device key ${open?.deviceKey}; the last covers entries 0 to ${sealedSeq}`
  const behind = behindBreak(log, seals)
  if (behind !== null) {
    const covered = sealedSeq < 0 ? 'no seal before it' : `the last before it covers entries 0 to ${sealedSeq}`
    return { sealedSeq, unsignedCount, verdict: makeVerdict('seals', findings, { state: 'note', summary: `${behind}; ${covered}` }) }
  }
  const unsigned = `; ${unsignedCount} after it are unsigned, which is not to say forged`
  return { sealedSeq, unsignedCount, verdict: makeVerdict('seals', findings, unsignedCount > 0 ? { state: 'note', summary: summary + unsigned } : { summary }) }
}

export async function checkReceipts(log: Log, open: OpenData | null, trusted: TrustedKeys): Promise<{ serverKeys: string[]; verdict: Verdict }> {
  const findings: string[] = []
  const receipts = log.entries.filter((entry) => entry.kind === 'receipt')
  for (const receipt of receipts) {
    const fault = await faultOfReceipt(receipt, log, open)
    if (fault) findings.push(`receipt ${receipt.seq}: ${fault}`)
  }
  const serverKeys = [...new Set(receipts.map((receipt) => receipt.data.serverKey))]
  if (trusted.serverKey) findings.push(...serverKeys.filter((key) => key !== trusted.serverKey).map((key) => `signed by server key ${key}, expected ${trusted.serverKey}`))
  if (receipts.length === 0) return { serverKeys, verdict: makeVerdict('receipts', findings, { state: 'note', summary: 'none: no server has confirmed when this was written' }) }
  const by = `${receipts.length} by server key ${serverKeys.join(', ')}`
  const behind = behindBreak(log, receipts)
  if (behind !== null) return { serverKeys, verdict: makeVerdict('receipts', findings, { state: 'note', summary: `${by}; ${behind}` }) }
  const errorMs = CallClock.fromEntries(log.entries).largestErrorMs(log.entries.at(-1)?.atMs ?? 0)
  return { serverKeys, verdict: makeVerdict('receipts', findings, { summary: `${by}; wall time is right to ± ${errorMs} ms` }) }
}

async function faultOfSeal(seal: EntryOf<'seal'>, log: Log, open: OpenData | null): Promise<string | null> {
  const { sealedSeq, hash, signature } = seal.data
  if (sealedSeq !== seal.seq - 1) return `it seals entry ${sealedSeq}, the line before it is ${seal.seq - 1}`
  if (log.bySeq.get(sealedSeq)?.hash !== hash) return `the hash that it signs is not that of entry ${sealedSeq}`
  if (!open) return 'no readable entry 0 names the key of the device'
  return (await verifySignature(open.deviceKey, signature, sealMessage(open.callId, sealedSeq, hash))) ? null : 'the signature is not by the key of the device'
}

async function faultOfReceipt(receipt: EntryOf<'receipt'>, log: Log, open: OpenData | null): Promise<string | null> {
  const { receiptedSeq, hash, receivedAt, serverKey, signature } = receipt.data
  const seal = log.bySeq.get(receiptedSeq)
  if (receiptedSeq >= receipt.seq || seal?.entry.kind !== 'seal') return `entry ${receiptedSeq}, for which it is given, is not a seal before it`
  if (seal.hash !== hash) return `the hash that it signs is not that of entry ${receiptedSeq}`
  if (!open) return 'no readable entry 0 names the call'
  return (await verifySignature(serverKey, signature, receiptMessage(open.callId, receiptedSeq, hash, receivedAt))) ? null : 'the signature is not by the key of the server'
}

const chainedEntries = (log: Log): LogEntry[] => log.entries.slice(0, log.chainedCount)

/** A signature is over one line; that it covers those before it is the chain's doing. Null when none stands behind a break. */
function behindBreak(log: Log, signatures: readonly LogEntry[]): string | null {
  const chained = new Set(chainedEntries(log))
  const count = signatures.filter((entry) => !chained.has(entry)).length
  return count === 0 ? null : `${count} of ${signatures.length} stand behind the break in the chain at line ${log.chainedCount + 1} and prove nothing of what is before it`
}

const receiptsAfter = (log: Log, seq: number): number => log.entries.filter((entry) => entry.kind === 'receipt' && entry.seq > seq).length
