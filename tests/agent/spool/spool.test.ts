import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { CallLog } from '@/agent/spool/call-log'
import { makeDiskFiles, type SpoolFiles } from '@/agent/spool/spool-files'
import { Spool } from '@/agent/spool/spool'
import { parseLine } from '@/protocol/entries'
import { makeCallId, type CallId } from '@/protocol/ids'
import { MemoryFiles } from '../../support/memory-files'
import { DEVICE_ID, TECHNICIAN } from '../../support/test-agent'

const LIMITS = { startBytes: 1_000, recordBytes: 1_000 }
const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

const implementations: [string, () => Promise<{ files: SpoolFiles; folder: string }>][] = [
  ['in memory', () => Promise.resolve({ files: new MemoryFiles(), folder: '/spool' })],
  [
    'on disk',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'callwitness-spool-'))
      folders.push(folder)
      return { files: makeDiskFiles(), folder: join(folder, 'spool') }
    },
  ],
]

const openBody = (callId: CallId) => ({
  kind: 'open' as const,
  atMs: 0,
  data: {
    callId,
    agentVersion: 'test',
    deviceId: DEVICE_ID,
    deviceKey: 'k'.repeat(43),
    technician: TECHNICIAN,
    timeZone: 'Asia/Jakarta',
    bootId: 'boot-1',
    startedAt: '2026-01-05T09:00:00.000Z',
    startedBy: 'hand' as const,
    consentRule: { jurisdiction: null, requires: 'not-configured' as const },
    tracks: [{ track: 'mixed' as const, codec: 'opus' as const, file: 'mixed.ogg', sampleRateHz: 48_000, channels: 1 }],
  },
})
const chunk = (size: number) => Uint8Array.from({ length: size }, (_, index) => index % 251)
const note = (atMs: number) => ({ kind: 'note' as const, atMs, data: { by: TECHNICIAN, text: 'a note' } })
const seal = (log: CallLog, atMs: number) => log.appendAfter(({ seq, hash }) => ({ kind: 'seal', atMs, data: { sealedSeq: seq, hash, signature: 'c2ln' } }))

describe.each(implementations)('the spool %s', (_, make) => {
  let files: SpoolFiles
  let folder: string
  let log: CallLog

  beforeEach(async () => {
    ;({ files, folder } = await make())
    const { spool } = await Spool.open(folder, files, LIMITS)
    log = await spool.create(makeCallId(), null)
    await log.append(openBody(log.callId))
    await log.appendMedia({ kind: 'audio', track: 'mixed', atMs: 0, durationMs: 1_000 }, chunk(3_000))
  })

  const reopen = () => Spool.open(folder, files, LIMITS)
  const pathOf = (name: string) => join(log.folder, name)
  const sizeOf = async (name: string) => (await files.read(pathOf(name))).length

  it('gives back what was appended, byte for byte, after it is opened again', async () => {
    await log.append(note(1_000))
    const before = await log.read(0, Infinity, Infinity)
    await log.close()
    const { calls, setAside } = await reopen()
    expect(setAside).toEqual([])
    expect((await calls[0]?.log.read(0, Infinity, Infinity))?.map(({ line }) => Buffer.from(line).toString())).toEqual(before.map(({ line }) => Buffer.from(line).toString()))
    expect(calls[0]?.log.head).toEqual(log.head)
  })

  it('chains what is appended at once, in order', async () => {
    const heads = await Promise.all(Array.from({ length: 20 }, (_, index) => log.append(note(index))))
    expect(heads.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2))
    const entries = (await log.read(0, Infinity, Infinity)).map(({ line }) => parseLine(line))
    for (const { seq, prev } of entries) expect(prev).toBe(log.hashAt(seq - 1))
  })

  it('cuts a torn line and the chunk that belongs to it, in both files', async () => {
    await log.appendMedia({ kind: 'audio', track: 'mixed', atMs: 1_000, durationMs: 1_000 }, chunk(2_000))
    await log.close()
    await files.truncate(pathOf('log.jsonl'), (await sizeOf('log.jsonl')) - 10)
    const { calls } = await reopen()
    expect(calls[0]?.log.head.seq).toBe(1)
    expect(await sizeOf('mixed.ogg')).toBe(3_000)
    await calls[0]?.log.append(note(2_000))
    expect((await reopen()).setAside).toEqual([])
  })

  it('cuts a line whose chunk did not reach the disk', async () => {
    await log.appendMedia({ kind: 'audio', track: 'mixed', atMs: 1_000, durationMs: 1_000 }, chunk(2_000))
    await log.close()
    await files.truncate(pathOf('mixed.ogg'), 4_000)
    const { calls } = await reopen()
    expect(calls[0]?.log.head.seq).toBe(1)
    expect(await sizeOf('mixed.ogg')).toBe(3_000)
  })

  it('sets a call aside whose sealed part has changed, and tells what is wrong', async () => {
    await seal(log, 1_000)
    await log.close()
    await files.truncate(pathOf('mixed.ogg'), 2_999)
    const { calls, setAside } = await reopen()
    expect(calls).toEqual([])
    expect(setAside[0]?.error.message).toContain('the chunk in the mixed file is not the one that was written')
    expect((await files.list(join(folder, 'set-aside'))).length).toBe(1)
  })

  it('takes nothing but seals and receipts after the close', async () => {
    await log.append({ kind: 'close', atMs: 1_000, data: { reason: 'done' } })
    await expect(log.append(note(1_000))).rejects.toThrow('is closed')
    await seal(log, 1_000)
    expect(log.head.seq).toBe(3)
  })

  it('refuses one bad entry without harm to those beside it', async () => {
    const tooLong = log.append({ ...note(1_000), data: { by: TECHNICIAN, text: 'x'.repeat(300_000) } })
    const good = log.append(note(1_000))
    await expect(tooLong).rejects.toThrow('262144 are allowed')
    await expect(good).resolves.toMatchObject({ seq: 2 })
  })

  it('reads no more than fits into a batch, and at least one entry', async () => {
    for (let index = 0; index < 5; index++) await log.appendMedia({ kind: 'audio', track: 'mixed', atMs: index, durationMs: 1 }, chunk(1_000))
    expect(await log.read(2, 2_900, 100)).toHaveLength(2)
    expect(await log.read(2, 1, 100)).toHaveLength(1)
    expect(await log.read(2, Infinity, 3)).toHaveLength(3)
  })

  it('makes room when the server has a call', async () => {
    const { spool, calls } = await reopen()
    const [call] = calls
    if (!call) throw new Error('expected the call')
    await spool.remove(call.log)
    expect((await reopen()).calls).toEqual([])
  })

  it('forgets a call whose first entry never reached the disk', async () => {
    await log.close()
    await files.truncate(pathOf('log.jsonl'), 20)
    const { calls, setAside } = await reopen()
    expect([calls, setAside]).toEqual([[], []])
  })
})

describe('a loss of power', () => {
  it('loses nothing of which an append had resolved, and leaves whole entries', async () => {
    for (let round = 0; round < 30; round++) {
      const files = new MemoryFiles()
      const { spool } = await Spool.open('/spool', files, LIMITS)
      const log = await spool.create(makeCallId(), null)
      await log.append(openBody(log.callId))
      let durableSeq = 0
      for (let index = 0; index < 20; index++) {
        void log.appendMedia({ kind: 'audio', track: 'mixed', atMs: index * 1_000, durationMs: 1_000 }, chunk(500)).then(({ seq }) => (durableSeq = seq))
        for (let turn = 0; turn < (round * 7) % 13; turn++) await Promise.resolve()
      }
      const promisedSeq = durableSeq
      files.losePower()
      const { calls, setAside } = await Spool.open('/spool', files, LIMITS)
      expect(setAside).toEqual([])
      expect(calls[0]?.log.head.seq).toBeGreaterThanOrEqual(promisedSeq)
      await log.settled()
    }
  })
})
