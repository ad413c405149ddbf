/** Where a call has time that was not recorded, in whichever track. */
import { z } from 'zod'
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
      lostMs: z.number(),
      ranges: z.array(z.object({ fromMs: z.number(), toMs: z.number(), state: z.enum(['recorded', 'paused', 'lost']) })),
    }),
  ),
})
type Ranges = { ranges: { fromMs: number; toMs: number; state: 'recorded' | 'paused' | 'lost' }[] }

/** Disjoint and in order; where one track is lost and another paused, it is lost. */
export function mergeNotRecorded(tracks: Ranges[]): NotRecorded[] {
  const ranges = tracks.flatMap((track) => track.ranges.filter(({ state }) => state !== 'recorded'))
  const edges = [...new Set(ranges.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))].sort((a, b) => a - b)
  const merged: NotRecorded[] = []
  edges.forEach((fromMs, index) => {
    const toMs = edges[index + 1]
    const states = ranges.filter((range) => range.fromMs <= fromMs && fromMs < range.toMs).map(({ state }) => state)
    if (toMs === undefined || states.length === 0) return
    const state = states.includes('lost') ? 'lost' : 'paused'
    const last = merged.at(-1)
    if (last?.toMs === fromMs && last.state === state) last.toMs = toMs
    else merged.push({ fromMs, toMs, state })
  })
  return merged
}
