/**
 * Completeness: every millisecond of every expected track is recorded, paused or lost, and the three add up to the
 * length of the call. Time that no entry accounts for is lost with the cause `unexplained`.
 *
 * The coach's track is expected at no time: it is accounted for where he spoke, and between that there is nothing to lose.
 */
import type { GapCause, LogEntry, Person } from './entries'
import type { Track } from './tracks'

/** Two neighbouring chunks may disagree by this much (rounding, a sound card's clock) before a verifier objects. */
export const TILING_TOLERANCE_MS = 20
/** What a track may miss before its own first data. */
export const STARTING_LIMIT_MS = 500

export type TrackRange = { fromMs: number; toMs: number } & (
  | { state: 'recorded' }
  | { state: 'paused'; by: Person; reason: string }
  | { state: 'lost'; cause: GapCause | 'unexplained'; detail?: string }
)

export type TrackCompleteness = { track: Track; recordedMs: number; pausedMs: number; lostMs: number; ranges: TrackRange[] }

export type Completeness = {
  /** From the first sound to hang-up (or to the close, or to the last chunk of a call that still runs). */
  lengthMs: number
  tracks: TrackCompleteness[]
  /** Where somebody spoke to the technician alone, and what of it did not arrive; `null` when nobody did. Its ranges leave room between them. */
  coach: TrackCompleteness | null
}

/** `lostMs` leaves out what a track missed while it was still starting. */
export type StatedLosses = Pick<TrackCompleteness, 'track' | 'ranges' | 'lostMs'>

/** A track began a little after the call: stated like every loss, but nothing that anybody need look at. */
export const isStarting = (range: { state: string; cause?: string; toMs: number }): boolean =>
  range.state === 'lost' && range.cause === 'starting' && range.toMs <= STARTING_LIMIT_MS

type Pause = { fromMs: number; toMs: number; by: Person; reason: string }
type Claim = { fromMs: number; toMs: number; range: TrackRange }

/** Adds up the entries of a log, given in its order. */
export function makeCompleteness(entries: Iterable<LogEntry>): Completeness {
  const { expected, coach, paused, lengthMs } = gatherClaims(entries)
  return { lengthMs, tracks: expected.map(([track, claims]) => completeTrack(track, claims, paused, lengthMs)), coach: accountForCoach(coach, lengthMs) }
}

/** What a log without its chunks says is paused or lost, of the expected tracks; what lies between the ranges is recorded. */
export function makeStatedLosses(entries: Iterable<LogEntry>): StatedLosses[] {
  const { expected, paused } = gatherClaims(entries)
  return expected.map(([track, claims]) => {
    const ranges = layer(paused, recordedOverLost(claims)).map(({ fromMs, toMs, range }) => ({ ...range, fromMs, toMs }))
    return { track, ranges, lostMs: total(ranges.filter((range) => !isStarting(range)), 'lost') }
  })
}

type Claims = { expected: [Track, Claim[]][]; coach: Claim[]; paused: Claim[]; lengthMs: number }

function gatherClaims(entries: Iterable<LogEntry>): Claims {
  const tracks = new Map<Track, Claim[]>()
  const claimsOf = (track: Track): Claim[] => tracks.get(track) ?? tracks.set(track, []).get(track)!
  const pauses: Pause[] = []
  let openPause: Omit<Pause, 'toMs'> | null = null
  let endMs: number | null = null
  let lastMs = 0

  for (const entry of entries) {
    switch (entry.kind) {
      case 'open':
        for (const { track } of entry.data.tracks) claimsOf(track)
        break
      case 'audio':
      case 'screen': {
        const toMs = entry.atMs + entry.durationMs
        lastMs = Math.max(lastMs, toMs)
        if (entry.durationMs > 0) claimsOf(entry.track).push({ fromMs: entry.atMs, toMs, range: { fromMs: entry.atMs, toMs, state: 'recorded' } })
        break
      }
      case 'gap': {
        const toMs = entry.atMs + entry.durationMs
        lastMs = Math.max(lastMs, toMs)
        claimsOf(entry.track).push({ fromMs: entry.atMs, toMs, range: { fromMs: entry.atMs, toMs, state: 'lost', ...entry.data } })
        break
      }
      case 'pause':
        openPause ??= { fromMs: entry.atMs, by: entry.data.by, reason: entry.data.reason }
        break
      case 'resume':
        if (openPause) pauses.push({ ...openPause, toMs: entry.atMs })
        openPause = null
        break
      case 'hangup':
        endMs = entry.atMs
        break
      case 'close':
        endMs ??= entry.atMs
        break
      default:
        break
    }
  }

  if (openPause) pauses.push({ ...openPause, toMs: endMs ?? lastMs })
  const lengthMs = endMs ?? lastMs
  return {
    expected: [...tracks].filter(([track]) => track !== 'coach'),
    coach: tracks.get('coach') ?? [],
    paused: pauses.map(({ fromMs, toMs, by, reason }) => ({ fromMs, toMs, range: { fromMs, toMs, state: 'paused', by, reason } })),
    lengthMs,
  }
}

function completeTrack(track: Track, claims: Claim[], paused: Claim[], lengthMs: number): TrackCompleteness {
  // A pause is on purpose and outranks everything; what was recorded outranks a gap that was declared around it.
  return addUp(track, fillHoles(layer(paused, recordedOverLost(claims)), lengthMs))
}

function accountForCoach(claims: Claim[], lengthMs: number): TrackCompleteness | null {
  const ranges: TrackRange[] = []
  for (const claim of recordedOverLost(claims)) {
    const range = { ...claim.range, fromMs: claim.fromMs, toMs: Math.min(claim.toMs, lengthMs) }
    if (range.fromMs < range.toMs) append(ranges, range)
  }
  return ranges.length > 0 ? addUp('coach', ranges) : null
}

function addUp(track: Track, ranges: TrackRange[]): TrackCompleteness {
  return { track, recordedMs: total(ranges, 'recorded'), pausedMs: total(ranges, 'paused'), lostMs: total(ranges, 'lost'), ranges }
}

const total = (ranges: readonly TrackRange[], state: TrackRange['state']): number =>
  ranges.reduce((sum, range) => (range.state === state ? sum + range.toMs - range.fromMs : sum), 0)

const recordedOverLost = (claims: Claim[]): Claim[] => layer(claims.filter(isRecorded), claims.filter((claim) => !isRecorded(claim)))

const isRecorded = (claim: Claim): boolean => claim.range.state === 'recorded'

/** Both layers in order of time, the lower one cut where the upper one has something to say. Ranges come out disjoint. */
function layer(upper: Claim[], lower: Claim[]): Claim[] {
  const top = disjoint(upper)
  const result = [...top]
  let first = 0
  for (const claim of disjoint(lower)) {
    while (first < top.length && top[first]!.toMs <= claim.fromMs) first++
    let cursor = claim.fromMs
    for (let index = first; index < top.length && top[index]!.fromMs < claim.toMs; index++) {
      if (top[index]!.fromMs > cursor) result.push({ ...claim, fromMs: cursor, toMs: top[index]!.fromMs })
      cursor = Math.max(cursor, top[index]!.toMs)
    }
    if (cursor < claim.toMs) result.push({ ...claim, fromMs: cursor })
  }
  return result.sort((a, b) => a.fromMs - b.fromMs)
}

function disjoint(claims: Claim[]): Claim[] {
  const result: Claim[] = []
  for (const claim of [...claims].sort((a, b) => a.fromMs - b.fromMs)) {
    const fromMs = Math.max(claim.fromMs, result.at(-1)?.toMs ?? 0)
    if (fromMs < claim.toMs) result.push({ ...claim, fromMs })
  }
  return result
}

function fillHoles(claims: Claim[], lengthMs: number): TrackRange[] {
  const ranges: TrackRange[] = []
  let cursor = 0
  for (const claim of claims) {
    const toMs = Math.min(claim.toMs, lengthMs)
    if (claim.fromMs >= lengthMs || toMs <= cursor) continue
    const hole = claim.fromMs - cursor
    if (hole > TILING_TOLERANCE_MS) append(ranges, { fromMs: cursor, toMs: claim.fromMs, state: 'lost', cause: 'unexplained' })
    append(ranges, { ...claim.range, fromMs: hole > TILING_TOLERANCE_MS ? claim.fromMs : cursor, toMs })
    cursor = toMs
  }
  const tail = lengthMs - cursor
  const last = ranges.at(-1)
  if (tail > 0 && tail <= TILING_TOLERANCE_MS && last) last.toMs = lengthMs
  else if (tail > 0) append(ranges, { fromMs: cursor, toMs: lengthMs, state: 'lost', cause: 'unexplained' })
  return ranges
}

/** As one range with the one before where both touch and mean the same. */
function append(ranges: TrackRange[], range: TrackRange): void {
  const last = ranges.at(-1)
  if (last && last.toMs === range.fromMs && sameMeaning(last, range)) last.toMs = range.toMs
  else ranges.push(range)
}

function sameMeaning(a: TrackRange, b: TrackRange): boolean {
  if (a.state === 'recorded') return b.state === 'recorded'
  if (a.state === 'lost') return b.state === 'lost' && a.cause === b.cause && a.detail === b.detail
  return b.state === 'paused' && a.by.id === b.by.id && a.reason === b.reason
}
