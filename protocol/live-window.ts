/**
 * The latest packets and frames of a running call, for whoever joins in the middle or comes back after a cut: 35 s of sound,
 * and the screen from the last key frame before that, without which no later frame can be decoded.
 */
import type { LiveItem, LivePositions } from './live-items'
import type { Track } from './tracks'

/** "Back 30 seconds" and the time it takes to ask for it. */
export const LIVE_WINDOW_MS = 35_000

export class LiveWindow {
  private readonly tracks = new Map<Track, LiveItem[]>()

  /** False for what it holds already, or what comes before what it holds. */
  push(item: LiveItem): boolean {
    const items = this.tracks.get(item.track) ?? []
    const last = items.at(-1)
    if (last && item.atMs <= last.atMs) return false
    if (items.length === 0 && !item.isKey) return false
    this.tracks.set(item.track, items)
    items.push(item)
    this.trim(items)
    return true
  }

  get positions(): LivePositions {
    return Object.fromEntries([...this.tracks].flatMap(([track, items]) => (items.length > 0 ? [[track, items.at(-1)!.atMs]] : [])))
  }

  /** What follows on `positions` in order of time; a track that is not named, or whose position has left the window, from its beginning. */
  after(positions: LivePositions): LiveItem[] {
    const items = [...this.tracks].flatMap(([track, held]) => {
      const atMs = positions[track]
      return atMs === undefined ? held : held.slice(held.findLastIndex((item) => item.atMs <= atMs) + 1)
    })
    return items.sort((a, b) => a.atMs - b.atMs)
  }

  /** Of one track, in order of time: what stands in `(afterMs, toMs]`. */
  between(track: Track, afterMs: number, toMs: number): LiveItem[] {
    const held = this.tracks.get(track) ?? []
    return held.filter(({ atMs }) => atMs > afterMs && atMs <= toMs)
  }

  clear(): void {
    this.tracks.clear()
  }

  private trim(items: LiveItem[]): void {
    const fromMs = items.at(-1)!.atMs - LIVE_WINDOW_MS
    let firstNeeded = 0
    for (let index = 0; index < items.length && items[index]!.atMs <= fromMs; index++) if (items[index]!.isKey) firstNeeded = index
    if (firstNeeded > 0) items.splice(0, firstNeeded)
  }
}
