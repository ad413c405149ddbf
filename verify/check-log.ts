/** Checks a call's folder with nothing but the folder: no server, no database, and no code of ours but protocol/. */
import { makeCompleteness } from '@/protocol/completeness'
import { CUSTODY_LOG_FILE } from '@/protocol/custody'
import { LOG_FILE } from '@/protocol/entries'
import { checkChain } from './check-chain'
import { checkCustody } from './check-custody'
import { checkPayloads } from './check-payloads'
import { checkReceipts, checkSeals, type TrustedKeys } from './check-signatures'
import { checkCompleteness, checkTiling } from './check-time'
import { withFile, type LogFolder } from './log-folder'
import { readLines, type Lines } from './read-lines'
import type { Report } from './report'

export async function checkLog(folder: LogFolder, trusted: TrustedKeys = {}): Promise<Report> {
  const lines = await linesOf(folder, LOG_FILE)
  const chain = checkChain(lines?.lines ?? [], lines?.tornBytes ?? 0)
  const { log } = chain
  const first = log.entries[0]
  const open = first?.kind === 'open' ? first.data : null
  const completeness = makeCompleteness(log.entries)

  const custody = checkCustody(await linesOf(folder, CUSTODY_LOG_FILE), log)
  const isFinished = log.tornBytes === 0 && log.entries.some(({ kind }) => kind === 'close')
  const payloads = await checkPayloads(folder, log.entries, custody.removals, isFinished)
  const seals = await checkSeals(log, open, trusted)
  const receipts = await checkReceipts(log, open, trusted)
  const verdicts = [
    chain.verdict,
    payloads.verdict,
    checkTiling(log.entries, payloads.tilingFindings, completeness),
    seals.verdict,
    receipts.verdict,
    checkCompleteness(log.entries, completeness),
    ...(custody.verdict ? [custody.verdict] : []),
  ]

  return {
    isVerified: verdicts.every(({ state }) => state !== 'failed'),
    callId: open?.callId ?? null,
    entryCount: log.lineHashes.length,
    sealedSeq: seals.sealedSeq,
    unsignedCount: seals.unsignedCount,
    tornBytes: log.tornBytes,
    removedSeqs: payloads.removedSeqs,
    deviceKey: open?.deviceKey ?? null,
    serverKeys: receipts.serverKeys,
    completeness,
    verdicts,
  }
}

const linesOf = (folder: LogFolder, name: string): Promise<Lines | null> =>
  withFile(folder, name, async (file) => (file ? await readLines(file) : null))
