/** What was recorded, paused and lost, of all tracks in one bar: where one track lacks something, the bar says so. Pure. */
import { isStarting, type TrackCompleteness, type TrackRange } from '@/protocol/completeness'
import type { GapCause } from '@/protocol/entries'
import type { Track } from '@/protocol/tracks'

export type CoverageRange = Readonly<{ fromMs: number; toMs: number; tracks: readonly Track[] }> &
  ({ state: 'recorded' } | { state: 'starting' } | { state: 'paused'; by: string; reason: string } | { state: 'lost'; cause: GapCause | 'unexplained'; detail: string | null })
export type MissingRange = Extract<CoverageRange, { state: 'paused' | 'lost' }>

export type Totals = Readonly<{ recordedMs: number; pausedMs: number; lostMs: number; lostTracks: readonly Track[] }>

/** Ranges tile the call where those of the tracks do. A loss outranks a pause, a pause a late start, that what was recorded; neighbours of one meaning are one range. */
export function mergeCoverage(completeness: readonly Pick<TrackCompleteness, 'track' | 'ranges'>[]): CoverageRange[] {
  const bounds = [...new Set(completeness.flatMap(({ ranges }) => ranges.flatMap((range) => [range.fromMs, range.toMs])))].sort((a, b) => a - b)
  const cursors = completeness.map(() => 0)
  const merged: CoverageRange[] = []
  for (let index = 0; index + 1 < bounds.length; index++) {
    const [fromMs, toMs] = [bounds[index]!, bounds[index + 1]!]
    const here = completeness.flatMap(({ track, ranges }, at) => {
      while (ranges[cursors[at]!] && ranges[cursors[at]!]!.toMs <= fromMs) cursors[at]!++
      const range = ranges[cursors[at]!]
      return range && range.fromMs <= fromMs ? [{ track, range }] : []
    })
    push(merged, makeRange(fromMs, toMs, here))
  }
  return merged
}

/** What people must be told of: a track that was still starting has lost nothing that anybody would miss. */
export const isMissing = (range: CoverageRange): range is MissingRange => range.state === 'paused' || range.state === 'lost'

/** How much of the call's length is whole, paused, or lacks at least one track that had started. */
export function totalCoverage(coverage: readonly CoverageRange[]): Totals {
  const sum = (state: CoverageRange['state']): number =>
    coverage.reduce((total, range) => (range.state === state ? total + range.toMs - range.fromMs : total), 0)
  const lost = coverage.filter((range) => range.state === 'lost')
  return { recordedMs: sum('recorded'), pausedMs: sum('paused'), lostMs: sum('lost'), lostTracks: [...new Set(lost.flatMap((range) => range.tracks))] }
}

function makeRange(fromMs: number, toMs: number, here: readonly { track: Track; range: TrackRange }[]): CoverageRange | null {
  const starting = here.filter(({ range }) => isStarting(range))
  const of = (state: TrackRange['state']) => here.filter((one) => one.range.state === state && !starting.includes(one))
  const worst = [of('lost'), of('paused'), starting, here].find((candidates) => candidates.length > 0) ?? []
  const range = worst[0]?.range
  if (!range) return null
  const tracks = worst.map(({ track }) => track)
  if (worst === starting) return { fromMs, toMs, tracks, state: 'starting' }
  switch (range.state) {
    case 'recorded':
      return { fromMs, toMs, tracks, state: 'recorded' }
    case 'paused':
      return { fromMs, toMs, tracks, state: 'paused', by: range.by.name, reason: range.reason }
    case 'lost':
      return { fromMs, toMs, tracks, state: 'lost', cause: range.cause, detail: range.detail ?? null }
  }
}

function push(ranges: CoverageRange[], next: CoverageRange | null): void {
  if (!next) return
  const last = ranges.at(-1)
  if (last && last.toMs === next.fromMs && meaning(last) === meaning(next)) ranges[ranges.length - 1] = { ...last, toMs: next.toMs }
  else ranges.push(next)
}

const meaning = ({ fromMs: _from, toMs: _to, ...rest }: CoverageRange): string => JSON.stringify(rest)
