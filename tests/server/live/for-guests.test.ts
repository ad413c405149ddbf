import { expect, it } from 'vitest'
import type { EntryBody, LogEntry } from '@/protocol/entries'
import { isEntryForGuests, isItemForGuests, share } from '@/server/live/for-guests'
import { packet } from '../../support/live-desk'

const SARI = { id: 's', name: 'Sari Wibowo' }
const entry = (body: EntryBody): LogEntry => ({ v: 1, seq: 1, prev: '', ...body })

it('a guest is told of what is done, of pauses and losses, and of witnesses', () => {
  const told: EntryBody[] = [
    { kind: 'action', atMs: 1, data: { source: 'crm', verb: 'saved', object: { type: 'ticket' }, changes: [] } },
    { kind: 'pause', atMs: 2, data: { by: SARI, reason: 'card' } },
    { kind: 'gap', track: 'screen', atMs: 3, durationMs: 5, data: { cause: 'display-lost' } },
    { kind: 'presence', atMs: 4, data: { person: SARI, as: 'witness', state: 'joined' } },
  ]
  for (const body of told) expect(isEntryForGuests(entry(body)), body.kind).toBe(true)
})

it('a guest is told nothing of notes, coaches and who listens', () => {
  const hidden: EntryBody[] = [
    { kind: 'note', atMs: 1, data: { by: SARI, text: 'He is rude.' } },
    { kind: 'note', atMs: 1, data: { by: SARI, text: 'Offer more.', to: 'technician' } },
    { kind: 'gap', track: 'coach', atMs: 3, durationMs: 5, data: { cause: 'capture-stopped' } },
    { kind: 'presence', atMs: 4, data: { person: SARI, as: 'supervisor', state: 'joined' } },
    { kind: 'presence', atMs: 5, data: { person: SARI, as: 'coach', state: 'left' } },
  ]
  for (const body of hidden) expect(isEntryForGuests(entry(body)), body.kind).toBe(false)
  expect(isItemForGuests({ ...packet(20), track: 'coach' })).toBe(false)
  expect(isItemForGuests(packet(20))).toBe(true)
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
