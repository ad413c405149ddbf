/**
 * Which deeds cannot be put before or after what stands next to them, because they are closer than their times are sure.
 *
 * All positions are on the agent's one clock, but what is stamped differs: a word by the recogniser, a deed by whatever saw
 * it. Two things of one source are in the order in which it told them. Pure.
 */
import type { ColumnItem } from './column'

/** How far from the truth a position can be: ± ms. */
const ERROR_MS = {
  /** Deeds against sound and screen; measured by `npm run bench -- alignment` (99 of 100). */
  action: 40,
  /** Where the recogniser lets a stretch of speech begin and end; measured by `npm run bench -- speech` (95 of 100). */
  speech: 200,
} as const

export type Unordered = Readonly<{ other: ColumnItem; withinMs: number }>

/** By the id of each action: the nearest thing of another source whose order with it is not certain. */
export function findUnordered(items: readonly ColumnItem[]): ReadonlyMap<string, Unordered> {
  const unordered = new Map<string, Unordered>()
  items.forEach((item, index) => {
    if (item.kind !== 'action') return
    const near = [items[index - 1], items[index + 1]].flatMap((other) => {
      const distanceMs = other ? distance(item, other) : null
      return other && distanceMs !== null ? [{ other, distanceMs, withinMs: errorOf(item) + errorOf(other) }] : []
    })
    const [nearest] = near.filter(({ distanceMs, withinMs }) => distanceMs <= withinMs).sort((a, b) => a.distanceMs - b.distanceMs)
    if (nearest) unordered.set(item.id, { other: nearest.other, withinMs: nearest.withinMs })
  })
  return unordered
}

const errorOf = ({ kind }: ColumnItem): number => (kind === 'speech' ? ERROR_MS.speech : ERROR_MS.action)

/** To the edge of speech that lies next to a deed; a deed in the midst of speech is during it, and not unordered. `null`: one source, or nothing that happened. */
function distance(item: Extract<ColumnItem, { kind: 'action' }>, other: ColumnItem): number | null {
  if (other.kind === 'action') return other.action.source === item.action.source ? null : Math.abs(item.atMs - other.atMs)
  if (other.kind !== 'speech') return null
  const { startMs, endMs } = other.speech.utterance
  return Math.min(Math.abs(item.atMs - startMs), Math.abs(item.atMs - endMs))
}
