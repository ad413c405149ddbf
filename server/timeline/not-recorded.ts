/** Where a call has time that was not recorded, in whichever track. */
import { z } from 'zod'
import { isStarting } from '@/protocol/completeness'
import { trackSchema } from '@/protocol/tracks'
import type { CallListItem } from './view'

type NotRecorded = CallListItem['notRecorded'][number]

/** Of the Completeness in `Call.completeness`, what lists show. */
export const storedCompletenessSchema = z.object({
  tracks: z.array(
    z.object({
      track: trackSchema,
      recordedMs: z.number(),
      pausedMs: z.number(),
      ranges: z.array(z.object({ fromMs: z.number(), toMs: z.number(), state: z.enum(['recorded', 'paused', 'lost']), cause: z.string().optional() })),
    }),
  ),
})
type Ranges = Pick<z.infer<typeof storedCompletenessSchema>['tracks'][number], 'ranges'>

/** What a track lost once it had started. */
export const lostOnceStarted = ({ ranges }: Ranges): number =>
  ranges.reduce((sum, range) => (range.state === 'lost' && !isStarting(range) ? sum + range.toMs - range.fromMs : sum), 0)

/** Disjoint and in order; where one track is lost and another paused, it is lost. A late start is left out. */
export function mergeNotRecorded(tracks: Ranges[]): NotRecorded[] {
  const ranges = tracks.flatMap((track) => track.ranges).filter((range) => !isStarting(range))
  const edges = ranges
    .flatMap(({ fromMs, toMs, state }) => [{ atMs: fromMs, state, step: 1 }, { atMs: toMs, state, step: -1 }])
    .sort((a, b) => a.atMs - b.atMs)
  const open = { recorded: 0, paused: 0, lost: 0 }
  const merged: NotRecorded[] = []
  edges.forEach(({ atMs, state, step }, index) => {
    open[state] += step
    const toMs = edges[index + 1]?.atMs ?? atMs
    if (toMs === atMs || (open.lost === 0 && open.paused === 0)) return
    const here = open.lost > 0 ? 'lost' : 'paused'
    const last = merged.at(-1)
    if (last?.toMs === atMs && last.state === here) last.toMs = toMs
    else merged.push({ fromMs: atMs, toMs, state: here })
  })
  return merged
}
