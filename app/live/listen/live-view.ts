/** What the column of the call page needs, made of a call that still runs. Pure. */
import { CallClock } from '@/protocol/clock'
import { isStarting } from '@/protocol/completeness'
import type { EntryKind, EntryOf, LogEntry, Person } from '@/protocol/entries'
import type { LiveCall, LiveWords } from '@/protocol/live-messages'
import type { HoldView } from '@/server/timeline/view'
import type { ColumnCall } from '../../call/side/column-call'
import { type ColumnItem, makeColumn } from '../../player/column'
import type { MissingRange } from '../../player/coverage'

export type OpenPause = EntryOf<'pause'>['data'] & { fromMs: number }
export type Presence = Readonly<{ person: Person; as: 'supervisor' | 'witness' | 'coach' }>
export type LiveView = Readonly<{
  column: readonly ColumnItem[]
  call: ColumnCall
  missing: readonly MissingRange[]
  /** `null` unless nothing is kept now. */
  pause: OpenPause | null
  present: readonly Presence[]
  hasConsent: boolean
}>

export function makeLiveView(call: LiveCall, entries: readonly LogEntry[], words: readonly LiveWords[]): LiveView {
  const byKind = <K extends EntryKind>(kind: K): EntryOf<K>[] => entries.filter((entry): entry is EntryOf<K> => entry.kind === kind)
  const { pauses, open } = pairPauses(entries)
  // Where nobody spoke to the technician alone, there is nothing to lose.
  const gaps = byKind('gap').filter(({ track }) => track !== 'coach')
  const missing = [...gapRanges(gaps), ...pauses].sort((a, b) => a.fromMs - b.fromMs)
  const parts = {
    utterances: words.map(({ track, startMs, endMs, text }) => ({ id: `${track}-${startMs}`, track, startMs, endMs, text, words: [], leakedFrom: null })),
    actions: byKind('action').map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    notes: byKind('note').map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    consents: byKind('consent').map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    holds: pairHolds(byKind('hold')),
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
    pause: open,
    present: presentPeople(byKind('presence')),
    hasConsent: parts.consents.some(({ state }) => state !== 'refused'),
  }
}

const gapRanges = (gaps: readonly EntryOf<'gap'>[]): MissingRange[] =>
  gaps
    .filter(({ track }) => track !== 'coach')
    .map(({ track, atMs, durationMs, data }): MissingRange => ({ fromMs: atMs, toMs: atMs + durationMs, tracks: [track], state: 'lost', cause: data.cause, detail: data.detail ?? null }))
    .filter((range) => !isStarting({ ...range, cause: range.state === 'lost' ? range.cause : undefined }))

function pairPauses(entries: readonly LogEntry[]): { pauses: MissingRange[]; open: OpenPause | null } {
  const pauses: MissingRange[] = []
  let open: OpenPause | null = null
  for (const entry of entries) {
    if (entry.kind === 'pause') open ??= { fromMs: entry.atMs, ...entry.data }
    if (entry.kind !== 'resume' || !open) continue
    pauses.push({ fromMs: open.fromMs, toMs: entry.atMs, tracks: [], state: 'paused', by: open.by.name, reason: open.reason })
    open = null
  }
  return { pauses, open }
}

function pairHolds(entries: readonly EntryOf<'hold'>[]): HoldView[] {
  const holds: HoldView[] = []
  for (const { seq, atMs, data } of entries) {
    const open = holds.at(-1)?.toMs === null ? holds.at(-1) : undefined
    if (data.state === 'began' && !open) holds.push({ seq, fromMs: atMs, toMs: null })
    if (data.state === 'ended' && open) open.toMs = atMs
  }
  return holds
}

/** Whoever came and has not left; a witness is also said to be one. */
function presentPeople(entries: readonly EntryOf<'presence'>[]): Presence[] {
  const present = new Map<string, Presence>()
  for (const { data } of entries) {
    const key = `${data.person.id} ${data.as}`
    if (data.state === 'joined') present.set(key, { person: data.person, as: data.as })
    else present.delete(key)
  }
  return [...present.values()]
}
