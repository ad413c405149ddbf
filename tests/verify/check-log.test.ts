import { describe, expect, it } from 'vitest'
import { LOG_FILE, parseLine } from '@/protocol/entries'
import { checkLog } from '@/verify/check-log'
import type { CheckName, Report } from '@/verify/report'
import { DEVICE_PUBLIC_KEY, joinLines, keyOfSeed, LINDA, LogBuilder, OPEN_DATA, SERVER_PUBLIC_KEY, splitLines, type Files } from '../fixtures/log-builder'
import { makeNumberedPayloads, makeSampleCall, makeSampleFiles } from '../fixtures/sample-call'
import { makeMemoryFolder } from './memory-folder'

const check = (files: Files): Promise<Report> => checkLog(makeMemoryFolder(files))
/** Of the sample call; its receipt follows at once. */
const FIRST_SEAL_SEQ = 10
const failedChecks = (report: Report): CheckName[] => report.verdicts.filter(({ state }) => state === 'failed').map(({ check }) => check)
const verdictOf = (report: Report, name: CheckName) => report.verdicts.find(({ check }) => check === name)

describe('a log that nobody touched', () => {
  it('is verified, with who signed it', async () => {
    const report = await check(makeSampleFiles())
    expect(failedChecks(report)).toEqual([])
    expect(report).toMatchObject({ isVerified: true, unsignedCount: 0, tornBytes: 0, deviceKey: DEVICE_PUBLIC_KEY, serverKeys: [SERVER_PUBLIC_KEY] })
  })

  it('keeps entries of kinds that it does not know', async () => {
    const log = new LogBuilder()
    log.add({ atMs: 0, kind: 'holography', data: {} } as never)
    log.chunk('technician', 0, 100, Uint8Array.of(1)).chunk('customer', 0, 100, Uint8Array.of(2))
    log.add({ atMs: 100, kind: 'close', data: { reason: 'done' } }).seal(100)
    expect(await check(log.files())).toMatchObject({ isVerified: true, entryCount: 6 })
  })

  it('is not verified by keys other than the expected ones', async () => {
    const report = await checkLog(makeMemoryFolder(makeSampleFiles()), { deviceKey: SERVER_PUBLIC_KEY, serverKey: DEVICE_PUBLIC_KEY })
    expect(failedChecks(report)).toEqual(['seals', 'receipts'])
  })
})

describe('the end of a log', () => {
  it('is reported as unsigned, not as forged, after the last seal', async () => {
    const files = makeSampleFiles()
    const lines = splitLines(files.get(LOG_FILE)!)
    const report = await check(files.set(LOG_FILE, joinLines(lines.slice(0, -2))))
    expect(report).toMatchObject({ isVerified: true, sealedSeq: FIRST_SEAL_SEQ - 1, unsignedCount: report.entryCount - FIRST_SEAL_SEQ - 2 })
    expect(verdictOf(report, 'seals')).toMatchObject({ state: 'note' })
  })

  it('is reported as torn where the last line was never finished', async () => {
    const files = makeSampleFiles()
    const report = await check(files.set(LOG_FILE, files.get(LOG_FILE)!.subarray(0, -10)))
    expect(report.isVerified).toBe(true)
    expect(report.tornBytes).toBeGreaterThan(0)
    expect(verdictOf(report, 'chain')).toMatchObject({ state: 'note' })
  })

  it('is missed: a log without a close is not complete', async () => {
    const files = makeSampleFiles()
    const report = await check(files.set(LOG_FILE, joinLines(splitLines(files.get(LOG_FILE)!).slice(0, FIRST_SEAL_SEQ + 2))))
    expect(failedChecks(report)).toContain('completeness')
  })

  it('is compared with the hash that the server received', async () => {
    const log = makeSampleCall(makeNumberedPayloads())
    log.custody({ at: '2026-11-24T09:00:07.100Z', kind: 'received', data: { callId: OPEN_DATA.callId, seq: log.nextSeq - 1, hash: log.hashOf(log.nextSeq - 1) } })
    const whole = log.files()
    expect(await check(whole)).toMatchObject({ isVerified: true })

    const cut = new Map(whole).set(LOG_FILE, joinLines(log.lines.slice(0, -1)))
    expect(failedChecks(await check(cut))).toEqual(['custody'])
  })
})

describe('behind a break in the chain', () => {
  const withoutLine = (index: number): Files => {
    const files = makeSampleFiles()
    return files.set(LOG_FILE, joinLines(splitLines(files.get(LOG_FILE)!).toSpliced(index, 1)))
  }

  it('no seal and no receipt is said to be all right, nor to cover what is before it', async () => {
    const report = await check(withoutLine(2))
    expect(failedChecks(report)).toContain('chain')
    expect(report.sealedSeq).toBe(-1)
    expect(verdictOf(report, 'seals')).toMatchObject({ state: 'note', summary: '2 of 2 stand behind the break in the chain at line 3 and prove nothing of what is before it; no seal before it' })
    expect(verdictOf(report, 'receipts')).toMatchObject({ state: 'note', summary: expect.stringContaining('2 of 2 stand behind the break in the chain at line 3') as string })
  })

  it('what was sealed before it still is', async () => {
    const report = await check(withoutLine(FIRST_SEAL_SEQ + 3))
    expect(report.sealedSeq).toBe(FIRST_SEAL_SEQ - 1)
    expect(verdictOf(report, 'seals')?.summary).toContain(`1 of 2 stand behind the break in the chain at line ${FIRST_SEAL_SEQ + 4}`)
    expect(verdictOf(report, 'seals')?.summary).toContain(`the last before it covers entries 0 to ${FIRST_SEAL_SEQ - 1}`)
  })
})

describe('payloads', () => {
  it('that were removed are told from payloads that were changed', async () => {
    const log = makeSampleCall(makeNumberedPayloads())
    log.custody({ at: '2026-11-24T09:00:07.100Z', kind: 'received', data: { callId: OPEN_DATA.callId, seq: 0, hash: log.hashOf(0) } })
    const seq = log.lines.map((line) => parseLine(line)).findLast((entry) => entry.kind === 'audio' && entry.track === 'technician')!.seq
    const withoutLastChunk = (files: Files): Files => files.set('technician.ogg', files.get('technician.ogg')!.map((byte, at, all) => (at >= all.length - 5 ? 0 : byte)))
    expect(failedChecks(await check(withoutLastChunk(log.files())))).toEqual(['payload hashes'])

    log.custody({ at: '2026-11-25T08:00:00.000Z', kind: 'redacted', data: { by: LINDA, reason: 'card number', seqs: [seq] } })
    expect(await check(withoutLastChunk(log.files()))).toMatchObject({ isVerified: true, removedSeqs: [seq] })
  })

  it('that no entry names are found', async () => {
    const files = makeSampleFiles()
    files.set('customer.ogg', Buffer.concat([files.get('customer.ogg')!, Buffer.from('more')]))
    expect(failedChecks(await check(files))).toEqual(['tiling'])
  })

  it('whose file is gone are found', async () => {
    const files = makeSampleFiles()
    files.delete('customer.ogg')
    expect(failedChecks(await check(files))).toEqual(['payload hashes'])
  })
})

describe('time', () => {
  const makeLog = (): LogBuilder => new LogBuilder({ tracks: [OPEN_DATA.tracks[0]!] })
  const closed = (log: LogBuilder, atMs: number): Files => log.add({ atMs, kind: 'close', data: { reason: 'done' } }).seal(atMs).files()

  it('that no entry accounts for is found', async () => {
    const log = makeLog().chunk('technician', 0, 1_000, Uint8Array.of(1)).chunk('technician', 1_500, 500, Uint8Array.of(2))
    expect(failedChecks(await check(closed(log, 2_000)))).toEqual(['tiling'])
  })

  it('that two chunks claim is found', async () => {
    const log = makeLog().chunk('technician', 0, 1_000, Uint8Array.of(1)).chunk('technician', 900, 1_100, Uint8Array.of(2))
    expect(failedChecks(await check(closed(log, 2_000)))).toEqual(['tiling'])
  })

  it('recorded in a pause is found', async () => {
    const log = makeLog().add({ atMs: 500, kind: 'pause', data: { by: LINDA, reason: 'card' } }).chunk('technician', 0, 1_000, Uint8Array.of(1))
    log.add({ atMs: 1_000, kind: 'resume', data: { by: LINDA } })
    expect(failedChecks(await check(closed(log, 1_000)))).toEqual(['tiling'])
  })
})

describe('a coach', () => {
  /** Spoke from 1 to 2 s and from 4 to 4.5 s; `more` is what else stands in the log. */
  const makeCoached = (more: (log: LogBuilder) => void = () => undefined): Files => {
    const log = new LogBuilder({ tracks: [OPEN_DATA.tracks[0]!] }).chunk('technician', 0, 5_000, Uint8Array.of(1))
    log.chunk('coach', 1_000, 0, Uint8Array.of(2)).chunk('coach', 1_000, 1_000, Uint8Array.of(3)).chunk('coach', 4_000, 0, Uint8Array.of(4)).chunk('coach', 4_000, 500, Uint8Array.of(5))
    more(log)
    return log.add({ atMs: 5_000, kind: 'close', data: { reason: 'done' } }).seal(5_000).files()
  }

  it('is silent between his words without anything being lost', async () => {
    const report = await check(makeCoached())
    expect(report).toMatchObject({ isVerified: true, completeness: { coach: { recordedMs: 1_500, lostMs: 0 } } })
    expect(verdictOf(report, 'completeness')?.summary).toContain('coach 1.5 recorded')
  })

  it('who was recorded in a pause, or twice at once, is found', async () => {
    const paused = makeCoached((log) => log.add({ atMs: 4_200, kind: 'pause', data: { by: LINDA, reason: 'card' } }))
    expect(failedChecks(await check(paused))).toEqual(['tiling'])
    expect(failedChecks(await check(makeCoached((log) => log.chunk('coach', 4_300, 500, Uint8Array.of(6)))))).toEqual(['tiling'])
  })

  it('whose file was changed is found', async () => {
    const files = makeCoached()
    expect(failedChecks(await check(files.set('coach.ogg', Uint8Array.of(2, 3, 4, 6))))).toEqual(['payload hashes'])
  })
})

describe('a forger', () => {
  it('who writes the chain anew cannot seal it with another key', async () => {
    const log = new LogBuilder({ tracks: [OPEN_DATA.tracks[0]!] }).chunk('technician', 0, 1_000, Uint8Array.of(1))
    log.add({ atMs: 1_000, kind: 'close', data: { reason: 'done' } }).seal(1_000, keyOfSeed(3))
    expect(failedChecks(await check(log.files()))).toEqual(['seals'])
  })

  it('who gives a receipt for another seal is found', async () => {
    const log = new LogBuilder({ tracks: [OPEN_DATA.tracks[0]!] }).chunk('technician', 0, 1_000, Uint8Array.of(1))
    log.add({ atMs: 1_000, kind: 'close', data: { reason: 'done' } }).seal(1_000).receipt(1_001, '2026-11-24T09:00:01.000Z', 1)
    expect(failedChecks(await check(log.files()))).toEqual(['receipts'])
  })
})

describe('a folder', () => {
  it('without a log is not verified and says so', async () => {
    const report = await check(new Map())
    expect(report.isVerified).toBe(false)
    expect(verdictOf(report, 'chain')?.summary).toContain('no log.jsonl')
  })
})
