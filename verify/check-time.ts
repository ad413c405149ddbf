/** Time: the chunks of a track do not overlap, nothing was recorded in a pause, and every millisecond is accounted for. */
import { TILING_TOLERANCE_MS, type Completeness, type TrackCompleteness } from '@/protocol/completeness'
import { isMediaEntry, type LogEntry } from '@/protocol/entries'
import { makeVerdict, type Verdict } from './report'

type Span = { fromMs: number; toMs: number; seq: number }

export function checkTiling(entries: LogEntry[], fileFindings: string[], completeness: Completeness): Verdict {
  const pauses = pausesOf(entries)
  const findings = [...fileFindings]
  for (const { track } of accountsOf(completeness)) {
    const chunks = entries
      .filter((entry) => isMediaEntry(entry))
      .filter((entry) => entry.track === track && entry.durationMs > 0)
      .map(({ atMs, durationMs, seq }) => ({ fromMs: atMs, toMs: atMs + durationMs, seq }))
      .sort((a, b) => a.fromMs - b.fromMs)
    findings.push(...overlapsWithin(chunks).map(({ seq, overMs }) => `${track}: entry ${seq} begins ${overMs} ms before the chunk before it ends`))
    findings.push(...overlapsBetween(chunks, pauses).map(({ seq, overMs }) => `${track}: entry ${seq} holds ${overMs} ms of a pause`))
  }
  for (const track of completeness.tracks) findings.push(...unexplainedIn(track))
  const files = accountsOf(completeness).map(({ track }) => track).join(', ')
  return makeVerdict('tiling', findings, { summary: `${files}: payloads fill their files, and recorded, paused and lost time fill the call` })
}

export function checkCompleteness(entries: LogEntry[], completeness: Completeness): Verdict {
  const findings = completeness.tracks.filter(isShort(completeness.lengthMs)).map(({ track }) => `${track}: recorded, paused and lost do not add up to ${completeness.lengthMs} ms`)
  if (!entries.some(({ kind }) => kind === 'close')) findings.push('the log has no close: the call still runs, or its end is missing')
  if (completeness.tracks.length === 0) findings.push('the log expects no track')
  const parts = completeness.tracks.map(({ track, recordedMs, pausedMs, lostMs }) => `${track} ${seconds(recordedMs)} recorded + ${seconds(pausedMs)} paused + ${seconds(lostMs)} lost`)
  const { coach } = completeness
  if (coach) parts.push(`coach ${seconds(coach.recordedMs)} recorded + ${seconds(coach.lostMs)} lost while he spoke`)
  return makeVerdict('completeness', findings, { summary: `${seconds(completeness.lengthMs)} s long; ${parts.join(', ')}` })
}

/** The coach's track is no part of what was expected, but its chunks must not overlap or reach into a pause either. */
const accountsOf = ({ tracks, coach }: Completeness): TrackCompleteness[] => (coach ? [...tracks, coach] : tracks)

const isShort = (lengthMs: number) => (track: TrackCompleteness): boolean => track.recordedMs + track.pausedMs + track.lostMs !== lengthMs

const unexplainedIn = ({ track, ranges }: TrackCompleteness): string[] =>
  ranges.flatMap((range) => (range.state === 'lost' && range.cause === 'unexplained' ? [`${track}: no entry accounts for ${range.fromMs} to ${range.toMs} ms`] : []))

function pausesOf(entries: LogEntry[]): Span[] {
  const pauses: Span[] = []
  let open: { fromMs: number; seq: number } | null = null
  for (const entry of entries) {
    if (entry.kind === 'pause') open ??= { fromMs: entry.atMs, seq: entry.seq }
    if (entry.kind !== 'resume' || !open) continue
    pauses.push({ ...open, toMs: entry.atMs })
    open = null
  }
  return open ? [...pauses, { ...open, toMs: Number.MAX_SAFE_INTEGER }] : pauses
}

/** Spans in order of time. */
function overlapsWithin(spans: Span[]): { seq: number; overMs: number }[] {
  let reachedMs = 0
  return spans.flatMap(({ fromMs, toMs, seq }) => {
    const overMs = reachedMs - fromMs
    reachedMs = Math.max(reachedMs, toMs)
    return overMs > TILING_TOLERANCE_MS ? [{ seq, overMs }] : []
  })
}

const overlapsBetween = (chunks: Span[], pauses: Span[]): { seq: number; overMs: number }[] =>
  pauses.flatMap((pause) =>
    chunks
      .map(({ seq, fromMs, toMs }) => ({ seq, overMs: Math.min(toMs, pause.toMs) - Math.max(fromMs, pause.fromMs) }))
      .filter(({ overMs }) => overMs > TILING_TOLERANCE_MS),
  )

const seconds = (ms: number): string => (ms / 1000).toFixed(1)
