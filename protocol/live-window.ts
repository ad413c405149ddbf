/**
 * The latest packets and frames of a running call, for whoever joins in the middle or comes back after a cut: 35 s of sound,
 * and the screen from the last key frame before that, without which no later frame can be decoded.
 */
import type { LiveItem, LivePositions } from './live-items'
import type { Track } from './tracks'

/** "Back 30 seconds" and the time it takes to ask for it. */
export const LIVE_WINDOW_MS = 35_000
/** Bounds for whatever a sender calls a packet: of each track the oldest are let go beyond these. */
const MAX_TRACK_BYTES = 24 * 1024 * 1024
const MAX_TRACK_ITEMS = 8_192

type Held = { items: LiveItem[]; bytes: number }

export class LiveWindow {
  private readonly tracks = new Map<Track, Held>()

  /** False for what it holds already, or what comes before what it holds. */
  push(item: LiveItem): boolean {
    const held = this.tracks.get(item.track) ?? { items: [], bytes: 0 }
    const last = held.items.at(-1)
    if (last && item.atMs <= last.atMs) return false
    if (!last && !item.isKey) return false
    this.tracks.set(item.track, held)
    held.items.push(item)
    held.bytes += item.bytes.length
    trim(held)
    return true
  }

  get positions(): LivePositions {
    return Object.fromEntries([...this.tracks].flatMap(([track, { items }]) => (items.length > 0 ? [[track, items.at(-1)!.atMs]] : [])))
  }

  /** What follows on `positions` in order of time; a track that is not named, or whose position has left the window, from its beginning. */
  after(positions: LivePositions): LiveItem[] {
    const items = [...this.tracks].flatMap(([track, { items: held }]) => {
      const atMs = positions[track]
      return atMs === undefined ? held : held.slice(held.findLastIndex((item) => item.atMs <= atMs) + 1)
    })
    return items.sort((a, b) => a.atMs - b.atMs)
  }

  /** What is needed to go on at the present: this much of the sound, and the screen from its last key frame. */
  present(soundMs: number): LiveItem[] {
    const items = [...this.tracks].flatMap(([track, { items: held }]) => {
      const fromMs = (held.at(-1)?.atMs ?? 0) - soundMs
      return held.slice(track === 'screen' ? held.findLastIndex(({ isKey }) => isKey) : held.findIndex(({ atMs }) => atMs > fromMs))
    })
    return items.sort((a, b) => a.atMs - b.atMs)
  }

  /** Of one track, in order of time: what stands in `(afterMs, toMs]`. */
  between(track: Track, afterMs: number, toMs: number): LiveItem[] {
    const held = this.tracks.get(track)?.items ?? []
    return held.filter(({ atMs }) => atMs > afterMs && atMs <= toMs)
  }

  clear(): void {
    this.tracks.clear()
  }
}

/** What is cut off ends where the rest can be decoded. */
function trim(held: Held): void {
  const { items } = held
  const fromMs = items.at(-1)!.atMs - LIVE_WINDOW_MS
  let first = 0
  for (let index = 0; index < items.length && items[index]!.atMs <= fromMs; index++) if (items[index]!.isKey) first = index
  if (items.length - first > MAX_TRACK_ITEMS || held.bytes > MAX_TRACK_BYTES) {
    const nextKey = items.findIndex(({ isKey }, index) => isKey && index >= Math.ceil(items.length / 2))
    first = nextKey === -1 ? items.length : nextKey
  }
  for (const { bytes } of items.splice(0, first)) held.bytes -= bytes.length
}
