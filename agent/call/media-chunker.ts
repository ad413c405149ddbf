/** What turns the items of one track into chunks and holes. Pure: positions in, pieces out. */
import type { MediaItem } from '../spool/pending-items'

/** A stretch `[fromMs, toMs)` of a track: recorded in these items, or a hole. Pieces tile the track. */
export type Piece = { kind: 'chunk'; fromMs: number; toMs: number; items: readonly MediaItem[] } | { kind: 'hole'; fromMs: number; toMs: number }

export interface MediaChunker {
  /** Everything before it is in a piece already. */
  readonly endMs: number
  /** Up to where the items that came account for the track. */
  readonly coveredMs: number
  /** Items of the chunk that is not finished. */
  readonly openItems: readonly MediaItem[]
  /** Takes the next item; answers what it finished. */
  push(item: MediaItem): Piece[]
  /** Finishes the open chunk when it is old enough. */
  due(nowMs: number): Piece[]
  /** Ends everything at this position: the open chunk, and a hole if nothing covers the rest. */
  cutAt(atMs: number): Piece[]
  /** Goes on from here, as after a pause. */
  skipTo(atMs: number): void
}

/** A chunk is about this long. */
export const CHUNK_MS = 1_000

/** Nothing when it has no length. */
export function makeHole(fromMs: number, untilMs: number): Piece[] {
  const toMs = Math.round(untilMs)
  return toMs > fromMs ? [{ kind: 'hole', fromMs, toMs }] : []
}
