import { expect, it } from 'vitest'
import { type EntryBody, type LogEntry, parseLine } from '@/protocol/entries'
import { entriesForGuests, isItemForGuests, share } from '@/server/live/for-guests'
import { packet } from '../../support/live-desk'
import { makeTestDevice, SampleCall } from '../ingest/sample-call'

const SARI = { id: 's', name: 'Sari Wibowo' }
const HASH = 'a'.repeat(64)
const entry = (body: EntryBody): LogEntry => ({ v: 1, seq: 1, prev: HASH, ...body })

it('a guest is told of what is done, of pauses and losses, and of witnesses, and no hash', () => {
  const told: EntryBody[] = [
    { kind: 'action', atMs: 1, data: { source: 'crm', verb: 'saved', object: { type: 'ticket' }, changes: [] } },
    { kind: 'consent', atMs: 1, data: { state: 'given', by: 'customer' } },
    { kind: 'pause', atMs: 2, data: { by: SARI, reason: 'card' } },
    { kind: 'resume', atMs: 2, data: { by: SARI } },
    { kind: 'hold', atMs: 2, data: { state: 'began' } },
    { kind: 'gap', track: 'screen', atMs: 3, durationMs: 5, data: { cause: 'display-lost' } },
    { kind: 'presence', atMs: 4, data: { person: SARI, as: 'witness', state: 'joined' } },
    { kind: 'hangup', atMs: 4, data: { by: 'hand' } },
    { kind: 'close', atMs: 4, data: { reason: 'done' } },
  ]
  expect(entriesForGuests(told.map(entry))).toEqual(told.map((body) => ({ ...entry(body), prev: '' })))
})

it('a guest is told nothing of notes, coaches and who listens, of clocks, seals and receipts, nor of a kind that nobody has thought of', () => {
  const hidden: EntryBody[] = [
    { kind: 'note', atMs: 1, data: { by: SARI, text: 'He is rude.' } },
    { kind: 'note', atMs: 1, data: { by: SARI, text: 'Offer more.', to: 'technician' } },
    { kind: 'gap', track: 'coach', atMs: 3, durationMs: 5, data: { cause: 'capture-stopped' } },
    { kind: 'presence', atMs: 4, data: { person: SARI, as: 'supervisor', state: 'joined' } },
    { kind: 'presence', atMs: 5, data: { person: SARI, as: 'coach', state: 'left' } },
    { kind: 'clock', atMs: 6, data: { wallMs: 1, monotonicMs: 1, bootId: 'boot', reason: 'periodic' } },
    { kind: 'seal', atMs: 7, data: { sealedSeq: 0, hash: HASH, signature: 'x' } },
    { kind: 'receipt', atMs: 8, data: { receiptedSeq: 0, hash: HASH, receivedAt: '2026-03-01T08:00:00.000Z', serverKey: 'x', signature: 'x' } },
    { kind: 'audio', track: 'customer', atMs: 9, durationMs: 20, offsetBytes: 0, bytes: 1, sha256: HASH },
  ]
  const unknown: LogEntry = { v: 1, seq: 1, atMs: 1, prev: HASH, kind: 'unknown', originalKind: 'mood', raw: { data: 'angry' } }
  expect(entriesForGuests([...hidden.map(entry), unknown])).toEqual([])
  expect(isItemForGuests({ ...packet(20), track: 'coach' })).toBe(false)
  expect(isItemForGuests(packet(20))).toBe(true)
})

it('a guest is told nothing of the computer that records, nor what its programs said of a loss', () => {
  const device = makeTestDevice()
  const call = new SampleCall(device, undefined, { bootId: 'boot-7', timeZone: 'Asia/Makassar', agentVersion: '9.9.9' })
  const gap = entry({ kind: 'gap', track: 'customer', atMs: 3, durationMs: 5, data: { cause: 'capture-stopped', detail: 'exit code 7' } })
  const close = entry({ kind: 'close', atMs: 9, data: { reason: 'recording-failed', detail: 'exit code 8' } })
  const told = entriesForGuests([parseLine(call.entries[0]!.line), gap, close])
  expect(told).toMatchObject([{ kind: 'open', data: { callId: call.callId, technician: device.technician, tracks: [{ track: 'technician' }, { track: 'customer' }] } }, { data: { cause: 'capture-stopped' } }, { data: { reason: 'recording-failed' } }])
  for (const hidden of [device.id, device.publicKey, 'boot-7', 'Asia/Makassar', '9.9.9', 'exit code']) expect(JSON.stringify(told)).not.toContain(hidden)
})

it('all are told at once what all may know, and each his part of the rest', () => {
  const sent: [string[], number[]][] = []
  const send = (...numbers: number[]): void => share(numbers, (number) => number < 10, { own: 'own', guests: 'guests' }, (rooms, part) => void sent.push([rooms, part]))
  send(1, 2)
  send(1, 10)
  send(10)
  send()
  expect(sent).toEqual([[['own', 'guests'], [1, 2]], [['own'], [1, 10]], [['guests'], [1]], [['own'], [10]]])
})
