/**
 * Sound to chunks of about a second, each of which begins exactly where the one before ended.
 *
 * Stamps are trusted, counts are not: as long as a packet's stamp is within 20 ms of where the packet before ended it
 * follows on, and the chunk's length absorbs what a sound card's clock drifts. Beyond that there is a hole, or the packet
 * tells of time that is accounted for already and is left out.
 */
import { TILING_TOLERANCE_MS } from '@/protocol/completeness'
import { OPUS_PACKET_MS } from '@/protocol/tracks'
import type { MediaItem } from '../spool/pending-items'
import { CHUNK_MS, makeHole, type MediaChunker, type Piece } from './media-chunker'

/** A chunk that gets no more packets is finished after this long. */
const STALE_MS = 500

export class AudioChunker implements MediaChunker {
  private items: MediaItem[] = []

  constructor(private startMs = 0) {}

  get endMs(): number {
    return this.startMs
  }

  get coveredMs(): number {
    const last = this.items.at(-1)
    return last ? last.atMs + OPUS_PACKET_MS : this.startMs
  }

  get openItems(): readonly MediaItem[] {
    return this.items
  }

  push(item: MediaItem): Piece[] {
    const awayMs = item.atMs - this.coveredMs
    if (awayMs <= -TILING_TOLERANCE_MS) return []
    const pieces = awayMs > TILING_TOLERANCE_MS ? [...this.finish(), ...this.hole(item.atMs)] : this.isFull() ? this.finish() : []
    this.items.push(item)
    return pieces
  }

  due(nowMs: number): Piece[] {
    return this.isFull() || nowMs - this.coveredMs > STALE_MS ? this.finish() : []
  }

  cutAt(atMs: number): Piece[] {
    this.items = this.items.filter((item) => item.atMs < atMs)
    const isWhole = this.items.length > 0 && atMs - this.coveredMs <= TILING_TOLERANCE_MS
    return isWhole ? this.finish(atMs) : [...this.finish(), ...this.hole(atMs)]
  }

  skipTo(atMs: number): void {
    this.items = []
    this.startMs = Math.max(this.startMs, Math.round(atMs))
  }

  private isFull(): boolean {
    return this.coveredMs - this.startMs >= CHUNK_MS
  }

  private finish(toMs = this.coveredMs): Piece[] {
    if (this.items.length === 0) return []
    const piece: Piece = { kind: 'chunk', fromMs: this.startMs, toMs: Math.max(this.startMs + 1, Math.round(toMs)), items: this.items }
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
