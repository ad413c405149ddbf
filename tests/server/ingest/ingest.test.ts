/** What ingest takes, refuses and gives back, on real files. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GENESIS_HASH, receiptMessage, verifySignature } from '@/protocol/chain'
import { parseCustodyLine } from '@/protocol/custody'
import { type EntryOf, makeLine, parseLine } from '@/protocol/entries'
import type { CallFeedEvents } from '@/server/ingest/call-feed'
import { makeTestFolder, openTestIngest } from './ingest-harness'
import { makeTestDevice, SampleCall, type TestDevice } from './sample-call'

let folder: Awaited<ReturnType<typeof makeTestFolder>>
let server: Awaited<ReturnType<typeof openTestIngest>>
let device: TestDevice
let call: SampleCall

beforeEach(async () => {
  folder = await makeTestFolder()
  server = await openTestIngest(folder.dir)
  device = makeTestDevice()
  call = new SampleCall(device)
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

const send = (from = 0, to = call.entries.length) => server.ingest.append(device, call.batch(from, to))
const file = (name: string) => readFile(join(folder.dir, 'media', call.callId, name))
const names = () => server.events.map(({ name }) => name)

describe('taking entries', () => {
  it('stores lines and payloads byte for byte and answers with the head', async () => {
    call.seconds(3).action()
    const { head, refusal } = await send()
    expect(refusal).toBeNull()
    expect(head).toEqual({ callId: call.callId, seq: call.lastSeq, hash: call.lastHash })
    const log = await file('log.jsonl')
    expect(log.equals(Buffer.concat(call.entries.flatMap(({ line }) => [line, Buffer.from('\n')])))).toBe(true)
    const customer = call.entries.filter((_, seq) => seq % 2 === 0 && seq > 0 && seq < 7).map(({ payload }) => payload!)
    expect((await file('customer.ogg')).equals(Buffer.concat(customer))).toBe(true)
  })

  it('keeps a line whose bytes another writer would have written otherwise', async () => {
    const line = new TextEncoder().encode(`{ "v":1.0, "seq":1, "atMs":1e3, "kind":"future", "what":"\\ud800", "big":12345678901234567890, "prev":"${call.lastHash}" }`)
    call.entries.push({ line })
    expect((await send()).refusal).toBeNull()
    expect((await file('log.jsonl')).includes(Buffer.from(line))).toBe(true)
  })

  it('tells the feed of opening, entries with payloads and closing, once they are durable', async () => {
    call.second().close()
    await send()
    expect(names()).toEqual(['call.opened', 'call.appended', 'call.closed'])
    const appended = server.events[1]!.event as CallFeedEvents['call.appended']
    expect(appended.entries.length).toBe(4)
    expect(appended.payloads.get(2)).toEqual(call.entries[2]!.payload)
  })

  it('changes nothing when the same entries come again', async () => {
    call.seconds(2)
    await send(0, 3)
    const { head, refusal } = await send(1)
    expect(refusal).toBeNull()
    expect(head.seq).toBe(call.lastSeq)
    const before = await file('log.jsonl')
    expect((await send()).refusal).toBeNull()
    expect((await file('log.jsonl')).equals(before)).toBe(true)
    expect(names().filter((name) => name === 'call.appended').length).toBe(2)
  })

  it('takes batches of one call in order although they come at once', async () => {
    call.seconds(20)
    const answers = await Promise.all(Array.from({ length: 41 }, (_, seq) => send(seq, seq + 1)))
    expect(answers.map(({ head }) => head.seq)).toEqual(Array.from({ length: 41 }, (_, seq) => seq))
  })

  it('lets a track that entry 0 did not announce begin with its header', async () => {
    call.second().audio('coach', new Uint8Array([1, 2, 3]), 0)
    expect((await send()).refusal).toBeNull()
    expect((await file('coach.ogg')).length).toBe(3)
  })

  it('gives stored entries back, lines and payloads', async () => {
    call.seconds(4)
    await send()
    const entries = await server.ingest.fetch(device, call.callId, 3)
    expect(entries.map(({ line, payload }) => [Buffer.from(line).toString(), payload?.length])).toEqual(call.entries.slice(3).map(({ line, payload }) => [Buffer.from(line).toString(), payload?.length]))
    expect(await server.ingest.fetch(device, call.callId, call.lastSeq + 1)).toEqual([])
  })

  it('gives back a megabyte at a time', async () => {
    for (let index = 0; index < 5; index++) call.audio('customer', new Uint8Array(400_000).fill(index))
    await send()
    expect((await server.ingest.fetch(device, call.callId, 1)).length).toBe(2)
  })
})

describe('refusing entries', () => {
  const refused = async () => {
    const { refusal, head } = await send()
    return { reason: refusal?.reason, isFault: refusal?.isFault, message: refusal?.message, seq: head.seq }
  }

  it('keeps what came before the bad entry of a batch', async () => {
    call.second()
    call.entries[2]!.payload![7]! ^= 1
    expect(await refused()).toMatchObject({ reason: 'malformed', seq: 1, message: expect.stringContaining('hash') as string })
  })

  it('reports a fork when another entry claims a number that is taken', async () => {
    call.seconds(2)
    await send()
    const twin = new SampleCall(device, call.callId).second().action()
    const { refusal, head } = await server.ingest.append(device, twin.batch())
    expect(refusal).toMatchObject({ reason: 'fork', isFault: true })
    expect(head).toMatchObject({ seq: call.lastSeq, hash: call.lastHash })
    expect(server.events.at(-1)).toMatchObject({ name: 'call.refused', event: { callId: call.callId } })
    call.second()
    expect((await send(5)).refusal).toBeNull()
  })

  it('reports a fork when an entry follows another line', async () => {
    call.entries.push({ line: new Uint8Array(makeLine({ kind: 'note', atMs: 0, data: { by: device.technician, text: 'x' } }, 1, GENESIS_HASH)) })
    expect(await refused()).toMatchObject({ reason: 'fork', isFault: true, seq: 0 })
  })

  it('asks for what is missing', async () => {
    call.seconds(3)
    await send(0, 2)
    const { refusal, head } = await send(4)
    expect(refusal?.reason).toBe('out-of-order')
    expect(head.seq).toBe(1)
  })

  it('does not take an entry 0 of another key, device, technician or call', async () => {
    const other = makeTestDevice()
    const claims = [{ deviceKey: other.publicKey }, { deviceId: other.id }, { technician: other.technician }]
    for (const claim of claims) {
      call = new SampleCall(device, undefined, claim)
      expect(await refused()).toMatchObject({ reason: 'not-yours', seq: -1 })
    }
    call = new SampleCall(device, undefined, { callId: new SampleCall(device).callId })
    expect(await refused()).toMatchObject({ reason: 'malformed', seq: -1 })
    expect(await server.store.listCalls()).toEqual([])
  })

  it('keeps another device away from a call', async () => {
    await send()
    const other = makeTestDevice()
    await expect(server.ingest.append(other, call.batch())).rejects.toMatchObject({ reason: 'not-yours' })
    await expect(server.ingest.fetch(other, call.callId, 0)).rejects.toMatchObject({ reason: 'not-yours' })
    expect((await server.ingest.head(other, call.callId)).head.seq).toBe(-1)
  })

  it.each([
    ['a track file that leaves the folder', { tracks: [{ track: 'customer', codec: 'opus', file: '../../evil', sampleRateHz: 48_000, channels: 1 }] }],
    ['a time zone that does not exist', { timeZone: 'Mars/Olympus' }],
    ['a clock that no other system can hold', { startedAt: '9999-12-31T23:59:59.000Z' }],
  ] as const)('does not take %s', async (_name, open) => {
    call = new SampleCall(device, undefined, open as never)
    expect(await refused()).toMatchObject({ reason: 'malformed', seq: -1 })
  })

  it.each([
    ['a hole in a track', (sample: SampleCall) => sample.add({ kind: 'audio', track: 'customer', atMs: 0, durationMs: 0, offsetBytes: 5, bytes: 1, sha256: hash('sha256', Buffer.of(1), 'hex') }, Uint8Array.of(1))],
    ['a chunk without its bytes', (sample: SampleCall) => sample.add({ kind: 'audio', track: 'customer', atMs: 0, durationMs: 0, offsetBytes: 0, bytes: 1, sha256: hash('sha256', Buffer.of(1), 'hex') })],
    ['bytes without a chunk', (sample: SampleCall) => sample.add({ kind: 'hold', atMs: 0, data: { state: 'began' } }, Uint8Array.of(1))],
    ['a second opening', (sample: SampleCall) => sample.add({ kind: 'open', atMs: 0, data: (parseLine(sample.entries[0]!.line) as EntryOf<'open'>).data })],
    ['a position that no call reaches', (sample: SampleCall) => sample.add({ kind: 'hold', atMs: 2 ** 40, data: { state: 'began' } })],
    ['a line of two lines', (sample: SampleCall) => sample.entries.push({ line: Buffer.from(`{"v":1,\n"seq":1,"atMs":0,"kind":"x","prev":"${sample.lastHash}"}`) })],
    ['noise', (sample: SampleCall) => sample.entries.push({ line: Buffer.from([0xff, 0x00, 0x7b]) })],
    ['a line that is too long', (sample: SampleCall) => sample.add({ kind: 'future' as never, atMs: 0, text: 'x'.repeat(300_000) } as never)],
  ])('does not take %s', async (_name, spoil) => {
    spoil(call)
    expect(await refused()).toMatchObject({ reason: 'malformed', seq: 0 })
  })

  it('takes only seals and receipts after the close', async () => {
    call.second().close().seal().action()
    expect(await refused()).toMatchObject({ reason: 'closed', seq: 4 })
  })

  it('limits the calls that a device leaves open, not those of others', async () => {
    for (let index = 0; index < 200; index++) await server.ingest.append(device, new SampleCall(device).batch())
    await expect(send()).rejects.toMatchObject({ reason: 'storage', message: expect.stringContaining('200 calls') as string })
    const other = makeTestDevice()
    expect((await server.ingest.append(other, new SampleCall(other).batch())).refusal).toBeNull()
  })
})

describe('seals and receipts', () => {
  it('gives a seal a receipt that protocol/chain verifies, and the same one again', async () => {
    call.second().seal()
    const [receipt] = (await send()).receipts
    expect(receipt).toMatchObject({ receiptedSeq: 3, hash: call.lastHash, serverKey: server.serverKey.publicKey })
    expect(await verifySignature(receipt!.serverKey, receipt!.signature, receiptMessage(call.callId, 3, call.lastHash, receipt!.receivedAt))).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await send(3)).receipts).toEqual([receipt])
    expect((await server.ingest.head(device, call.callId)).receipt).toEqual(receipt)
    expect((await file('receipts.jsonl')).toString().trim().split('\n').length).toBe(1)
  })

  it('gives none for other entries and none at hello once the agent has written it', async () => {
    call.second().seal()
    const [receipt] = (await send()).receipts
    call.receipt(receipt!)
    expect((await send(4)).receipts).toEqual([])
    expect((await server.ingest.head(device, call.callId)).receipt).toBeNull()
  })

  it('gives a repeated seal of one batch one receipt', async () => {
    call.second().seal()
    const { receipts } = await server.ingest.append(device, { callId: call.callId, entries: [...call.entries, call.entries[3]!] })
    expect(receipts.length).toBe(1)
  })

  it('reports a seal by another key as a fault', async () => {
    call.second().seal(makeTestDevice().privateKey)
    const { refusal, head, receipts } = await send()
    expect(refusal).toMatchObject({ reason: 'malformed', isFault: true })
    expect(head.seq).toBe(2)
    expect(receipts).toEqual([])
    expect(names()).toContain('call.refused')
  })

  it('does not take a receipt that it did not give', async () => {
    call.second().seal()
    const [receipt] = (await send()).receipts
    const { refusal } = await server.ingest.append(device, call.receipt({ ...receipt!, receivedAt: '2020-01-01T00:00:00.000Z' }).batch(4))
    expect(refusal?.reason).toBe('malformed')
  })
})

describe('custody', () => {
  const custody = async () => (await file('custody.jsonl')).toString().trim().split('\n')

  it('begins with the hash of the closing seal and chains what happens after', async () => {
    call.second().close().seal()
    await send()
    expect(await server.ingest.appendCustody(call.callId, { verb: 'call.played', by: { id: '1', name: 'Rina' } })).toBe(true)
    await server.ingest.appendCustody(call.callId, { verb: 'call.viewed', by: { id: '1', name: 'Rina' } })
    const lines = await custody()
    expect(parseCustodyLine(Buffer.from(lines[0]!))).toMatchObject({ kind: 'received', data: { callId: call.callId, seq: call.lastSeq, hash: call.lastHash } })
    const entries = lines.map((line) => JSON.parse(line) as { seq: number; prev: string; kind: string; data: unknown })
    expect(entries.map(({ seq, kind }) => [seq, kind])).toEqual([[0, 'received'], [1, 'call.played'], [2, 'call.viewed']])
    expect(entries.map(({ prev }) => prev)).toEqual([GENESIS_HASH, ...lines.slice(0, 2).map((line) => hash('sha256', line, 'hex'))])
    expect(entries[1]!.data).toEqual({ by: { id: '1', name: 'Rina' } })
  })

  it('writes nothing while the call runs', async () => {
    await send()
    expect(await server.ingest.appendCustody(call.callId, { verb: 'call.viewed' })).toBe(false)
    await expect(custody()).rejects.toThrow('ENOENT')
  })
})
