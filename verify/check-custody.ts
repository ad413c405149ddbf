/** The custody log, where there is one: its own chain, the final hash that it pins, and what it says was removed. */
import { GENESIS_HASH } from '@/protocol/chain'
import { CustodyError, parseCustodyLine, type CustodyEntry } from '@/protocol/custody'
import type { Log } from './check-chain'
import type { Lines } from './read-lines'
import { makeVerdict, type Verdict } from './report'

export type Removal = { by: string; reason: string }
export type Custody = { removals: ReadonlyMap<number, Removal>; verdict: Verdict | null }

export function checkCustody(custody: Lines | null, log: Log): Custody {
  const removals = new Map<number, Removal>()
  if (!custody) return { removals, verdict: null }
  const findings: string[] = []
  let expectedPrev = GENESIS_HASH

  custody.lines.forEach((line, index) => {
    const parsed = tryParse(line.bytes)
    if (typeof parsed === 'string') findings.push(`custody line ${index + 1}: ${parsed}`)
    else {
      if (parsed.seq !== index || parsed.prev !== expectedPrev) findings.push(`custody entry ${parsed.seq} does not follow the line before it`)
      if (index === 0) findings.push(...faultsOfFinalHash(parsed, log))
      if (parsed.kind === 'redacted') {
        for (const seq of parsed.data.seqs) removals.set(seq, { by: parsed.data.by.name, reason: parsed.data.reason })
      }
    }
    expectedPrev = line.hash
  })

  const summary = `${custody.lines.length} entries; the call's final hash is as the server received it`
  const torn = custody.tornBytes > 0 ? { state: 'note' as const, summary: `${summary}; its last line is torn` } : { summary }
  return { removals, verdict: makeVerdict('custody', findings, torn) }
}

function faultsOfFinalHash(entry: CustodyEntry, log: Log): string[] {
  if (entry.kind !== 'received') return ['custody entry 0 does not pin the final hash of the call']
  const { seq, hash, callId } = entry.data
  const open = log.entries[0]
  if (open?.kind === 'open' && open.data.callId !== callId) return [`the custody log is of call ${callId}`]
  const held = log.lineHashes[seq]
  if (held === hash) return []
  return [held ? `the server received entry ${seq} with another hash` : `the server received the log up to entry ${seq}; here it ends at ${log.lineHashes.length - 1}`]
}

function tryParse(line: Uint8Array): CustodyEntry | string {
  try {
    return parseCustodyLine(line)
  } catch (error) {
    if (error instanceof CustodyError) return error.message.replaceAll(/\s*\n\s*/g, ' ')
    throw error
  }
}
