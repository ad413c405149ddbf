/** What the column of the call page needs, made of a call that still runs. Pure. */
import { CallClock } from '@/protocol/clock'
import { makeStatedLosses, type StatedLosses } from '@/protocol/completeness'
import type { EntryKind, EntryOf, LogEntry } from '@/protocol/entries'
import type { LiveCallView, LiveWords } from '@/protocol/live-messages'
import type { PresenceData } from '@/protocol/presence'
import { holdStretches, lasting, pauseStretches, type PauseStretch } from '@/protocol/stretches'
import type { ColumnCall } from '../../call/side/column-call'
import { type ColumnItem, makeColumn } from '../../player/column'
import { isMissing, mergeCoverage, type MissingRange } from '../../player/coverage'

export type Presence = Readonly<Omit<PresenceData, 'state'>>
export type LiveView = Readonly<{
  column: readonly ColumnItem[]
  call: ColumnCall
  /** Of all tracks in one. */
  missing: readonly MissingRange[]
  losses: readonly StatedLosses[]
  /** `null` unless nothing is kept now. */
  pause: PauseStretch | null
  present: readonly Presence[]
  hasConsent: boolean
}>

export function makeLiveView(call: LiveCallView, entries: readonly LogEntry[], words: readonly LiveWords[]): LiveView {
  const byKind = <K extends EntryKind>(kind: K): EntryOf<K>[] => entries.filter((entry): entry is EntryOf<K> => entry.kind === kind)
  const losses = makeStatedLosses(entries)
  const missing = mergeCoverage(losses).filter(isMissing)
  const parts = {
    utterances: words.map(({ track, startMs, endMs, text }) => ({ id: `${track}-${startMs}`, track, startMs, endMs, text, words: [], leakedFrom: null })),
    actions: byKind('action').map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    notes: byKind('note').map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    consents: byKind('consent').map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    holds: holdStretches(byKind('hold')),
    presences: byKind('presence').map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    // His chunks do not come with the entries; he is seen and heard as he speaks.
    coach: null,
    moments: [],
    unknown: [],
    hangUpAtMs: byKind('hangup')[0]?.atMs ?? null,
  }
  return {
    column: makeColumn(parts, missing),
    call: { technician: call.technician, customer: { name: call.customerName, phone: null }, clock: CallClock.fromEntries(entries).readings },
    missing,
    losses,
    pause: lasting(pauseStretches(entries)) ?? null,
    present: presentPeople(byKind('presence')),
    hasConsent: parts.consents.some(({ state }) => state !== 'refused'),
  }
}

/** Whoever came and has not left; a witness is also said to be one. */
function presentPeople(entries: readonly EntryOf<'presence'>[]): Presence[] {
  const present = new Map<string, Presence>()
  for (const { data } of entries) {
    const key = `${data.person.id} ${data.as}`
    const { state, ...presence } = data
    if (state === 'joined') present.set(key, presence)
    else present.delete(key)
  }
  return [...present.values()]
}
