import { expect, it } from 'vitest'
import { type LogEntry, type KnownEntry, parseLine } from '@/protocol/entries'
import { makeCallId } from '@/protocol/ids'
import type { LiveCallView, LiveWords } from '@/protocol/live-messages'
import { makeLiveView } from '@/app/live/listen/live-view'
import { entriesForGuests } from '@/server/live/for-guests'
import { makeTestDevice, SampleCall } from '../../server/ingest/sample-call'

const LINDA = { id: 'l', name: 'Linda Marsh' }
const CALL: LiveCallView = { callId: makeCallId(), technician: LINDA, customerName: 'Rina Hartono', startedAt: '2026-11-24T07:00:00.000Z', tracks: ['technician', 'customer', 'screen'], screenSize: null, entries: [], words: [], captions: 'running', listenersShown: 'always' }

type Body = KnownEntry extends infer E ? (E extends KnownEntry ? Omit<E, 'v' | 'seq' | 'prev'> : never) : never
const log = (...bodies: Body[]): LogEntry[] => bodies.map((body, seq) => ({ v: 1, seq, prev: '', ...body }))
const words = (track: 'technician' | 'customer', startMs: number, endMs: number, text: string): LiveWords => ({ track, startMs, endMs, text, isFinal: true })
const presence = (atMs: number, name: string, as: 'supervisor' | 'witness', state: 'joined' | 'left'): Body => ({ kind: 'presence', atMs, data: { person: { id: name, name }, as, state } })

it('sets deeds between the words', () => {
  const entries = log({ kind: 'action', atMs: 5_000, data: { source: 'sandbox', verb: 'changed', object: { type: 'line' }, changes: [{ field: 'roaming', from: 'off', to: 'on' }] } })
  const { column } = makeLiveView(CALL, entries, [words('customer', 6_000, 8_000, 'Thank you.'), words('technician', 1_000, 4_000, 'One moment.')])
  expect(column.map(({ kind, atMs }) => [kind, atMs])).toEqual([['speech', 1_000], ['action', 5_000], ['speech', 6_000]])
})

it('tells losses with their cause, pauses that are over, and the one that lasts', () => {
  const entries = log(
    { kind: 'gap', track: 'screen', atMs: 0, durationMs: 300, data: { cause: 'starting' } },
    { kind: 'pause', atMs: 10_000, data: { by: LINDA, reason: 'card' } },
    { kind: 'resume', atMs: 19_000, data: { by: LINDA } },
    { kind: 'gap', track: 'screen', atMs: 20_000, durationMs: 2_000, data: { cause: 'display-lost' } },
    { kind: 'pause', atMs: 30_000, data: { by: LINDA, reason: 'private' } },
  )
  const view = makeLiveView(CALL, entries, [])
  expect(view.missing).toMatchObject([{ state: 'paused', fromMs: 10_000, toMs: 19_000 }, { state: 'lost', cause: 'display-lost' }])
  expect(view.pause).toMatchObject({ fromMs: 30_000, reason: 'private' })
})

it('counts what several tracks lack at the same time once, and tells each of them', () => {
  const lost = (track: 'technician' | 'customer' | 'screen', durationMs: number): Body => ({ kind: 'gap', track, atMs: 4_000, durationMs, data: { cause: 'agent-stopped' } })
  const view = makeLiveView(CALL, log(lost('technician', 3_000), lost('customer', 3_000), lost('screen', 2_000)), [])
  expect(view.missing.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)).toBe(3_000)
  expect(view.losses.map(({ track, lostMs }) => [track, lostMs])).toEqual([['technician', 3_000], ['customer', 3_000], ['screen', 2_000]])
})

it('takes no loss for one that stands in a pause, and none of the coach', () => {
  const entries = log(
    { kind: 'pause', atMs: 10_000, data: { by: LINDA, reason: 'card' } },
    { kind: 'gap', track: 'screen', atMs: 12_000, durationMs: 1_000, data: { cause: 'display-lost' } },
    { kind: 'gap', track: 'coach', atMs: 21_000, durationMs: 1_000, data: { cause: 'display-lost' } },
    { kind: 'resume', atMs: 19_000, data: { by: LINDA } },
  )
  expect(makeLiveView(CALL, entries, []).missing).toMatchObject([{ state: 'paused', fromMs: 10_000, toMs: 19_000 }])
})

it('knows who is there by invitation, and by whose', () => {
  const invited = { as: 'trainee', by: { id: 's', name: 'Sari' } } as const
  const entries = log({ kind: 'presence', atMs: 1, data: { person: { id: 'i', name: 'Rudi' }, as: 'witness', state: 'joined', invited } })
  expect(makeLiveView(CALL, entries, []).present).toEqual([{ person: { id: 'i', name: 'Rudi' }, as: 'witness', invited }])
})

it('knows who is there now', () => {
  const entries = log(presence(1, 'Sam', 'supervisor', 'joined'), presence(2, 'Eka', 'supervisor', 'joined'), presence(3, 'Sam', 'witness', 'joined'), presence(4, 'Eka', 'supervisor', 'left'))
  expect(makeLiveView(CALL, entries, []).present.map(({ person, as }) => `${person.name} ${as}`)).toEqual(['Sam supervisor', 'Sam witness'])
})

it('is the same for a guest, who is told less of the log', () => {
  const call = new SampleCall(makeTestDevice(), CALL.callId)
  call
    .add({ kind: 'clock', atMs: 0, data: { wallMs: Date.parse('2026-03-01T08:00:00.000Z'), monotonicMs: 0, bootId: 'boot', reason: 'started' } })
    .action()
    .add({ kind: 'gap', track: 'customer', atMs: 4_000, durationMs: 2_000, data: { cause: 'device-unplugged' } })
    .add({ kind: 'pause', atMs: 10_000, data: { by: LINDA, reason: 'card' } })
    .add({ kind: 'resume', atMs: 12_000, data: { by: LINDA } })
    .seal()
  const entries = call.entries.map(({ line }) => parseLine(line))
  const [own, guest] = [makeLiveView(CALL, entries, []), makeLiveView(CALL, entriesForGuests(entries), [])]
  expect(guest.column.map(({ kind }) => kind)).toEqual(['action', 'missing', 'missing'])
  expect({ ...guest, call: null }).toEqual({ ...own, call: null })
  expect(guest.call.clock?.agent[0]).toEqual(own.call.clock?.agent[0])
})
