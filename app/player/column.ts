/**
 * Words and deeds in one column: utterances with everything else that happened set between their sentences, at its instant.
 *
 * What happens inside an utterance cuts it after the sentence in which it happened, so that a change stands below the
 * words during which it was made. Pure.
 */
import type { ActionView, CallView, ConsentView, HoldView, MomentView, NoteView, PresenceView, UnknownView, UtteranceView, WordView } from '@/server/timeline/view'
import { type CoverageRange, isMissing, type MissingRange } from './coverage'

/** `id` is unique within the column; items are in order of `atMs`. */
export type ColumnItem = Readonly<{ id: string; atMs: number }> &
  (
    | { kind: 'speech'; speech: Speech }
    | { kind: 'action'; action: ActionView }
    | { kind: 'note'; note: NoteView }
    | { kind: 'moment'; moment: MomentView }
    | { kind: 'consent'; consent: ConsentView }
    | { kind: 'hold'; hold: HoldView }
    | { kind: 'presence'; presence: PresenceView }
    | { kind: 'coach'; stretch: CoachStretch }
    | { kind: 'missing'; range: MissingRange }
    | { kind: 'hang-up' }
    | { kind: 'unknown'; entry: UnknownView }
  )

/** Somebody spoke to the technician alone; `lostMs` of it did not reach him. */
export type CoachStretch = Readonly<{ fromMs: number; toMs: number; lostMs: number }>

/** One utterance, or the part of it between two deeds. */
export type Speech = Readonly<{
  utterance: UtteranceView
  /** Empty when the engine gave none: then the utterance's own text is shown. */
  words: readonly WordView[]
  startMs: number
  endMs: number
  /** The same party spoke last, so its name need not be said again. */
  goesOn: boolean
}>

type Deed = Exclude<ColumnItem, { kind: 'speech' }>

/** Too short to be worth a line between the sentences; the certificate counts it all the same. */
const MIN_MISSING_MS = 500

/** A coach who goes on this soon has not been silent. */
const COACH_GOES_ON_MS = 1_500

export type ColumnParts = Pick<CallView, 'utterances' | 'actions' | 'notes' | 'moments' | 'consents' | 'holds' | 'presences' | 'coach' | 'unknown' | 'hangUpAtMs'>

export function makeColumn(call: ColumnParts, coverage: readonly CoverageRange[]): ColumnItem[] {
  const deeds = makeDeeds(call, coverage)
  const speeches = call.utterances.flatMap((utterance) => cutUtterance(utterance, deeds))
  const items: ColumnItem[] = [...deeds, ...speeches].sort((a, b) => a.atMs - b.atMs || Number(a.kind !== 'speech') - Number(b.kind !== 'speech'))
  return items.map((item, index) => (item.kind === 'speech' ? markGoingOn(item, items[index - 1]) : item))
}

/** The last item that has begun at a position, -1 before the first. Items are in order of `atMs`. */
export function findItemAt(items: readonly { atMs: number }[], atMs: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (items[middle]!.atMs <= atMs) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The word that is being spoken at a position, -1 between words. */
export const findWordAt = (words: readonly WordView[], atMs: number): number => words.findIndex((word) => word.startMs <= atMs && atMs < word.endMs)

function makeDeeds(call: ColumnParts, coverage: readonly CoverageRange[]): Deed[] {
  const missing = coverage.filter(isMissing).filter((range) => range.toMs - range.fromMs >= MIN_MISSING_MS)
  const deeds: Deed[] = [
    ...call.actions.map((action): Deed => ({ kind: 'action', id: `action-${action.seq}`, atMs: action.atMs, action })),
    ...call.notes.map((note): Deed => ({ kind: 'note', id: `note-${note.seq}`, atMs: note.atMs, note })),
    ...call.moments.map((moment): Deed => ({ kind: 'moment', id: `moment-${moment.id}`, atMs: moment.startMs, moment })),
    ...call.consents.map((consent): Deed => ({ kind: 'consent', id: `consent-${consent.seq}`, atMs: consent.atMs, consent })),
    ...call.holds.map((hold): Deed => ({ kind: 'hold', id: `hold-${hold.seq}`, atMs: hold.fromMs, hold })),
    ...call.presences.map((presence): Deed => ({ kind: 'presence', id: `presence-${presence.seq}`, atMs: presence.atMs, presence })),
    ...coachStretches(call).map((stretch): Deed => ({ kind: 'coach', id: `coach-${stretch.fromMs}`, atMs: stretch.fromMs, stretch })),
    ...missing.map((range): Deed => ({ kind: 'missing', id: `missing-${range.fromMs}`, atMs: range.fromMs, range })),
    ...call.unknown.map((entry): Deed => ({ kind: 'unknown', id: `unknown-${entry.seq}`, atMs: entry.atMs, entry })),
  ]
  if (call.hangUpAtMs !== null) deeds.push({ kind: 'hang-up', id: 'hang-up', atMs: call.hangUpAtMs })
  return deeds
}

function coachStretches({ coach }: ColumnParts): CoachStretch[] {
  const stretches: CoachStretch[] = []
  for (const { fromMs, toMs, state } of coach?.ranges ?? []) {
    const last = stretches.at(-1)
    const lostMs = state === 'lost' ? toMs - fromMs : 0
    if (last && fromMs - last.toMs < COACH_GOES_ON_MS) stretches[stretches.length - 1] = { fromMs: last.fromMs, toMs, lostMs: last.lostMs + lostMs }
    else stretches.push({ fromMs, toMs, lostMs })
  }
  return stretches
}

function cutUtterance(utterance: UtteranceView, deeds: readonly Deed[]): ColumnItem[] {
  const { words, startMs, endMs } = utterance
  const cuts = deeds.filter((deed) => deed.kind !== 'moment' && startMs < deed.atMs && deed.atMs < endMs).map((deed) => endOfSentence(words, deed.atMs))
  const inner = [...new Set(cuts)].filter((cut) => cut < words.length).sort((a, b) => a - b)
  if (inner.length === 0) return [makeSpeech(utterance, { words, startMs, endMs })]
  return [0, ...inner].map((begin, index) => {
    const part = words.slice(begin, inner[index])
    return makeSpeech(utterance, {
      words: part,
      startMs: begin === 0 ? startMs : part[0]!.startMs,
      endMs: index === inner.length ? endMs : part.at(-1)!.endMs,
    })
  })
}

/** How many words have been said when the sentence in which a position lies is over, and the next one has not begun. */
function endOfSentence(words: readonly WordView[], atMs: number): number {
  const last = words.findIndex((word, index) => {
    const next = words[index + 1]
    return /[.?!…]["”’)]*$/.test(word.text) && !next?.joinsPrevious && (next?.startMs ?? Infinity) > atMs
  })
  return last === -1 ? words.length : last + 1
}

const makeSpeech = (utterance: UtteranceView, part: Pick<Speech, 'words' | 'startMs' | 'endMs'>): ColumnItem => ({
  kind: 'speech',
  id: `speech-${utterance.id}-${part.startMs}`,
  atMs: part.startMs,
  speech: { utterance, ...part, goesOn: false },
})

function markGoingOn(item: Extract<ColumnItem, { kind: 'speech' }>, previous: ColumnItem | undefined): ColumnItem {
  const { utterance } = item.speech
  const before = previous?.kind === 'speech' ? previous.speech.utterance : null
  const goesOn = before?.track === utterance.track && before.leakedFrom === null && utterance.leakedFrom === null
  return { ...item, speech: { ...item.speech, goesOn } }
}
