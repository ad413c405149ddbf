/**
 * Frames to chunks. Only changes and heartbeats are encoded, so a frame stands until the next one, and a chunk covers the
 * time from the end of the chunk before to its last frame and one frame more. Without a frame for longer than the
 * heartbeat's limit nobody knows what the screen showed: that is a hole.
 */
import { TILING_TOLERANCE_MS } from '@/protocol/completeness'
import { SCREEN_HEARTBEAT_LIMIT_MS } from '@/protocol/tracks'
import type { MediaItem } from '../spool/pending-items'
import { CHUNK_MS, makeHole, type MediaChunker, type Piece } from './media-chunker'

/** The screen is looked at five times a second. */
export const SCREEN_FRAME_MS = 200

export class ScreenChunker implements MediaChunker {
  private items: MediaItem[] = []
  /** Where the last frame stands; `null` when what the screen showed before is not known. */
  private lastFrameMs: number | null = null

  constructor(private startMs = 0) {}

  get endMs(): number {
    return this.startMs
  }

  get coveredMs(): number {
    return this.items.length > 0 && this.lastFrameMs !== null ? this.lastFrameMs + SCREEN_FRAME_MS : this.startMs
  }

  get openItems(): readonly MediaItem[] {
    return this.items
  }

  push(item: MediaItem): Piece[] {
    const lastMs = this.lastFrameMs
    // Leaving a frame out would spoil those that build on it, so a stamp that steps back is moved up instead.
    const atMs = Math.max(Math.round(item.atMs), this.startMs, lastMs === null ? 0 : lastMs + 1)
    const isLost = lastMs === null ? atMs - this.startMs > TILING_TOLERANCE_MS : atMs - lastMs > SCREEN_HEARTBEAT_LIMIT_MS
    const pieces = isLost ? [...this.finish(), ...this.hole(atMs)] : this.isFull(atMs) ? this.finish(atMs) : []
    this.items.push({ ...item, atMs: Math.max(atMs, this.startMs) })
    this.lastFrameMs = Math.max(atMs, this.startMs)
    return pieces
  }

  due(nowMs: number): Piece[] {
    return this.isFull(nowMs - SCREEN_FRAME_MS) ? this.finish() : []
  }

  cutAt(atMs: number): Piece[] {
    this.items = this.items.filter((item) => item.atMs < atMs)
    const isKnown = this.lastFrameMs !== null && atMs - this.lastFrameMs <= SCREEN_HEARTBEAT_LIMIT_MS
    const pieces = isKnown ? this.stand(atMs) : [...this.finish(), ...this.hole(atMs)]
    this.lastFrameMs = null
    return pieces
  }

  skipTo(atMs: number): void {
    this.items = []
    this.lastFrameMs = null
    this.startMs = Math.max(this.startMs, Math.round(atMs))
  }

  private isFull(nowMs: number): boolean {
    const first = this.items[0]
    return first !== undefined && nowMs - first.atMs >= CHUNK_MS
  }

  private finish(limitMs = Infinity): Piece[] {
    if (this.items.length === 0) return []
    return this.stand(Math.min(this.coveredMs, limitMs))
  }

  /** A chunk up to here, even without a new frame: the screen has stayed as it was. */
  private stand(toMs: number): Piece[] {
    const piece: Piece = { kind: 'chunk', fromMs: this.startMs, toMs: Math.round(toMs), items: this.items }
    if (piece.toMs <= piece.fromMs) return []
    this.items = []
    this.startMs = piece.toMs
    return [piece]
  }

  private hole(toMs: number): Piece[] {
    const pieces = makeHole(this.startMs, toMs)
    this.startMs = pieces[0]?.toMs ?? this.startMs
    return pieces
  }
}
