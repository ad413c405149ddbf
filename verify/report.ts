/** What a check of a log folder comes to. */
import type { Completeness } from '@/protocol/completeness'

export type CheckName = 'chain' | 'payload hashes' | 'tiling' | 'seals' | 'receipts' | 'completeness' | 'custody'

/** `note`: nothing contradicts the log, but a reader should know it (an unsigned tail, a removed payload). */
export type VerdictState = 'ok' | 'note' | 'failed'

export type Verdict = {
  check: CheckName
  state: VerdictState
  /** One line for people. */
  summary: string
  /** What is wrong, each with the entry or byte at which it was found. At most MAX_FINDINGS; the summary has the count. */
  findings: string[]
}

export const MAX_FINDINGS = 20

export type Report = {
  isVerified: boolean
  callId: string | null
  entryCount: number
  /** Highest entry that a valid seal covers; -1 when there is none. */
  sealedSeq: number
  /** Entries after the last valid seal, other than the receipts for it: neither signed nor forged. */
  unsignedCount: number
  /** Bytes of an unfinished last line, 0 when the log ends with a whole one. */
  tornBytes: number
  /** Entries whose payloads were removed, as the custody log says. */
  removedSeqs: number[]
  deviceKey: string | null
  serverKeys: string[]
  completeness: Completeness
  verdicts: Verdict[]
}

/** `failed` when there are findings, otherwise what is given. */
export function makeVerdict(check: CheckName, findings: string[], otherwise: { state?: 'ok' | 'note'; summary: string }): Verdict {
  if (findings.length === 0) return { check, state: otherwise.state ?? 'ok', summary: otherwise.summary, findings }
  const [first = ''] = findings
  const summary = findings.length === 1 ? first : `${findings.length} faults; the first: ${first}`
  return { check, state: 'failed', summary, findings: findings.slice(0, MAX_FINDINGS) }
}
