/** The uplink against the server's own ingest, over real sockets. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeSystemClock } from '@/agent/call/clock'
import type { CallLog } from '@/agent/spool/call-log'
import { Spool } from '@/agent/spool/spool'
import { Uplink, type UplinkListener } from '@/agent/uplink/uplink'
import type { DeskReport } from '@/protocol/agent-messages'
import { sealMessage } from '@/protocol/chain'
import { parseLine } from '@/protocol/entries'
import { makeCallId } from '@/protocol/ids'
import { GOOD_TOKEN, IngestServer } from '../../support/ingest-server'
import { MemoryFiles } from '../../support/memory-files'
import { DEVICE_ID, makeTestSigner, TECHNICIAN } from '../../support/test-agent'
import { makeTestFolder } from '../../server/ingest/ingest-harness'

const clock = makeSystemClock()
const signer = makeTestSigner()
const WAIT = { timeout: 15_000, interval: 20 }

let folder: Awaited<ReturnType<typeof makeTestFolder>>
let server: IngestServer
let files: MemoryFiles
let spool: Spool
let uplink: Uplink
let desk: DeskReport = {}
const heard = { safe: [] as CallLog[], reconciled: [] as CallLog[], refused: [] as [kind: string, message: string][] }

beforeEach(async () => {
  folder = await makeTestFolder()
  server = new IngestServer(folder.dir, { id: DEVICE_ID, publicKey: signer.publicKey, technician: TECHNICIAN })
  await server.start()
  files = new MemoryFiles()
  ;({ spool } = await Spool.open('/spool', files, { startBytes: 0, recordBytes: 0 }))
  for (const list of Object.values(heard)) list.length = 0
  uplink = makeUplink()
})
afterEach(async () => {
  uplink.dispose()
  await server.stop()
  await folder[Symbol.asyncDispose]()
})

function makeUplink(token = GOOD_TOKEN): Uplink {
  const listener: UplinkListener = {
    onStateChanged: () => undefined,
    onLink: () => undefined,
    onListen: () => undefined,
    onCoachText: () => false,
    onCoachVoice: () => undefined,
    onPresence: () => undefined,
    onReconciled: (log) => heard.reconciled.push(log),
    onRefused: (_, kind, message) => heard.refused.push([kind, message]),
    onSafe: (log) => heard.safe.push(log),
  }
  return new Uplink({ server: { serverUrl: server.url, token }, agentVersion: 'test', clock, log: () => undefined, desk: () => desk }, listener)
}

async function beginCall(): Promise<CallLog> {
  const log = await spool.create(makeCallId(), null)
  const data = {
    callId: log.callId, agentVersion: 'test', deviceId: DEVICE_ID, deviceKey: signer.publicKey, technician: TECHNICIAN, timeZone: 'Asia/Jakarta', bootId: clock.bootId,
    startedAt: new Date().toISOString(), startedBy: 'hand' as const, consentRule: { jurisdiction: null, requires: 'not-configured' as const },
    tracks: [{ track: 'mixed' as const, codec: 'opus' as const, file: 'mixed.ogg', sampleRateHz: 48_000, channels: 1 }],
  }
  await log.append({ kind: 'open', atMs: 0, data })
  await log.append({ kind: 'clock', atMs: 0, data: { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs(), bootId: clock.bootId, reason: 'started' } })
  return log
}

async function record(log: CallLog, fromSecond: number, seconds: number): Promise<void> {
  for (let second = fromSecond; second < fromSecond + seconds; second++) {
    await log.appendMedia({ kind: 'audio', track: 'mixed', atMs: second * 1_000, durationMs: 1_000 }, crypto.getRandomValues(new Uint8Array(3_000)))
  }
}

const seal = (log: CallLog, atMs: number) =>
  log.appendAfter(({ seq, hash }) => ({ kind: 'seal', atMs, data: { sealedSeq: seq, hash, signature: signer.sign(sealMessage(log.callId, seq, hash)) } }))

async function endCall(log: CallLog, atMs: number): Promise<void> {
  await log.append({ kind: 'hangup', atMs, data: { by: 'hand' } })
  await log.append({ kind: 'close', atMs, data: { reason: 'done' } })
  await seal(log, atMs)
}

const serverBytes = (log: CallLog, file: string) => readFile(join(server.folderOf(log.callId), file)).catch(() => Buffer.alloc(0))
const isSame = async (log: CallLog) => {
  for (const file of ['log.jsonl', 'mixed.ogg']) expect((await serverBytes(log, file)).equals(Buffer.from(await files.read(`${log.folder}/${file}`)))).toBe(true)
}

describe('the uplink', () => {
  it('follows a call as it is recorded and lets go only when the server has signed for all of it', async () => {
    const log = await beginCall()
    uplink.add(log, true)
    uplink.start()
    await record(log, 0, 3)
    await vi.waitFor(async () => expect((await serverBytes(log, 'mixed.ogg')).length).toBe(9_000), WAIT)
    expect(heard.safe).toEqual([])
    await endCall(log, 3_000)
    await vi.waitFor(() => expect(heard.safe).toEqual([log]), WAIT)
    expect(log.summary.closingReceiptSeq).not.toBeNull()
    await isSame(log)
    const report = await server.verify(log.callId)
    expect(report.verdicts.filter(({ check }) => check === 'receipts')).toMatchObject([{ state: 'ok' }])
  })

  it('while somebody listens sends what is done at once, and sound and screen, which he has already, once a second as ever', async () => {
    const log = await beginCall()
    uplink.add(log, true)
    uplink.start()
    uplink.hurry()
    const arrived = async () => (await server.entries(log.callId)).length
    const msUntilNext = async (write: () => Promise<unknown>): Promise<number> => {
      const known = await arrived()
      const startedMs = performance.now()
      await write()
      await vi.waitFor(async () => expect(await arrived()).toBeGreaterThan(known), { timeout: 15_000, interval: 5 })
      return performance.now() - startedMs
    }
    await vi.waitFor(async () => expect(await arrived()).toBe(2), WAIT)
    const soundMs = await msUntilNext(() => record(log, 0, 1))
    const noteMs = await msUntilNext(() => log.append({ kind: 'note', atMs: 1_000, data: { by: TECHNICIAN, text: 'Roaming on.' } }))
    expect(soundMs).toBeGreaterThan(600)
    expect(noteMs).toBeLessThan(600)
  })

  it('tells how things stand at the desk: when it gets through, when that changes, and after every outage', async () => {
    desk = { ready: { v: 1, testedAt: '2026-11-24T08:00:00.000Z', isReady: true, verdicts: [] } }
    uplink.tellDesk()
    uplink.start()
    await vi.waitFor(() => expect(server.deskReports).toEqual([desk]), WAIT)
    desk = { ...desk, extensionHeardAt: '2026-11-24T08:01:00.000Z' }
    uplink.tellDesk()
    await vi.waitFor(() => expect(server.deskReports[1]).toEqual(desk), WAIT)
    await server.stop()
    await server.start()
    await vi.waitFor(() => expect(server.deskReports[2]).toEqual(desk), WAIT)
  })

  it('sends a call longer than a batch', async () => {
    const log = await beginCall()
    await record(log, 0, 400)
    await endCall(log, 400_000)
    uplink.add(log, false)
    uplink.start()
    await vi.waitFor(() => expect(heard.safe).toEqual([log]), WAIT)
    await isSame(log)
  })

  it('loses nothing while the server is away, and catches up by itself', async () => {
    const log = await beginCall()
    uplink.add(log, true)
    uplink.start()
    await record(log, 0, 2)
    await vi.waitFor(async () => expect((await serverBytes(log, 'mixed.ogg')).length).toBe(6_000), WAIT)
    await server.stop()
    await vi.waitFor(() => expect(uplink.state.state).toBe('away'), WAIT)
    await record(log, 2, 60)
    await endCall(log, 62_000)
    expect(heard.safe).toEqual([])
    await server.start()
    await vi.waitFor(() => expect(heard.safe).toEqual([log]), WAIT)
    await isSame(log)
    expect((await server.verify(log.callId)).isVerified).toBe(true)
  })

  it('starts with the server unreachable and sends when it comes', async () => {
    await server.stop()
    const log = await beginCall()
    uplink.add(log, true)
    uplink.start()
    await vi.waitFor(() => expect(uplink.trouble).toContain('does not answer'), WAIT)
    await record(log, 0, 2)
    await endCall(log, 2_000)
    await server.start()
    await vi.waitFor(() => expect(heard.safe).toEqual([log]), WAIT)
  })

  it('writes the receipt of a seal into the log, once', async () => {
    const log = await beginCall()
    uplink.add(log, true)
    uplink.start()
    await record(log, 0, 1)
    const { seq } = await seal(log, 1_000)
    await vi.waitFor(() => expect(log.summary.lastReceiptedSeq).toBe(seq), WAIT)
    await server.stop()
    await server.start()
    await record(log, 1, 1)
    await vi.waitFor(async () => expect((await serverBytes(log, 'mixed.ogg')).length).toBe(6_000), WAIT)
    const receipts = (await log.read(0, Infinity, Infinity)).map(({ line }) => parseLine(line)).filter(({ kind }) => kind === 'receipt')
    expect(receipts).toHaveLength(1)
  })

  it('fetches back what this disk has lost and the server holds, before anything is added', async () => {
    const log = await beginCall()
    await record(log, 0, 5)
    uplink.add(log, true)
    uplink.start()
    await vi.waitFor(async () => expect((await serverBytes(log, 'mixed.ogg')).length).toBe(15_000), WAIT)
    uplink.dispose()
    const whole = await files.read(`${log.folder}/log.jsonl`)
    files.damage(`${log.folder}/log.jsonl`, (bytes) => bytes.slice(0, bytes.length - 700))
    const { calls } = await Spool.open('/spool', files, { startBytes: 0, recordBytes: 0 })
    const lost = calls[0]?.log
    if (!lost) throw new Error('expected the call')
    expect(lost.head.seq).toBeLessThan(log.head.seq)

    uplink = makeUplink()
    uplink.add(lost, false)
    uplink.start()
    await vi.waitFor(() => expect(heard.reconciled).toContain(lost), WAIT)
    expect(lost.head).toEqual(log.head)
    expect(await files.read(`${log.folder}/log.jsonl`)).toEqual(whole)
    await endCall(lost, 5_000)
    await vi.waitFor(() => expect(heard.safe).toEqual([lost]), WAIT)
  })

  it('stops sending a log that forks from the server\'s, keeps its files and tells', async () => {
    const log = await beginCall()
    await record(log, 0, 2)
    uplink.add(log, true)
    uplink.start()
    await vi.waitFor(async () => expect((await serverBytes(log, 'mixed.ogg')).length).toBe(6_000), WAIT)
    uplink.dispose()
    const serverHas = await serverBytes(log, 'log.jsonl')
    files.damage(`${log.folder}/log.jsonl`, (bytes) => bytes.slice(0, bytes.length - 700))
    const { calls } = await Spool.open('/spool', files, { startBytes: 0, recordBytes: 0 })
    const forked = calls[0]?.log
    if (!forked) throw new Error('expected the call')
    await record(forked, 70, 5)

    uplink = makeUplink()
    uplink.add(forked, false)
    uplink.start()
    await vi.waitFor(() => expect(heard.refused).toMatchObject([['forked', expect.any(String)]]), WAIT)
    await record(forked, 80, 2)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect((await serverBytes(log, 'log.jsonl')).equals(serverHas)).toBe(true)
    expect(forked.head.seq).toBeGreaterThan(0)
    expect(heard.safe).toEqual([])
  })

  it('says that the device is revoked and keeps everything', async () => {
    const log = await beginCall()
    uplink.add(log, true)
    uplink.start()
    await vi.waitFor(() => expect(uplink.state.state).toBe('saved'), WAIT)
    server.revoke()
    await vi.waitFor(() => expect(uplink.state.state).toBe('revoked'), WAIT)
    expect(uplink.trouble).toContain('revoked')
    await record(log, 0, 2)
    expect(log.head.seq).toBe(3)
  })
})
