/**
 * One track of a running call, from items to entries.
 *
 * States: delivering, or lost with a cause (at first `starting`). What is lost is written as a gap when the track delivers
 * again, and while it lasts every few seconds, so that everybody sees it within 5 s. A gate lets items through between two
 * positions only: outside of it nothing reaches the disk, not even the file of pending items.
 */
import type { GapCause } from '@/protocol/entries'
import { OPUS_PACKET_MS, type Track } from '@/protocol/tracks'
import type { CallLog } from '../spool/call-log'
import type { MediaItem, PendingItems } from '../spool/pending-items'
import type { MediaChunker, Piece } from './media-chunker'
import type { TrackMuxer } from './track-muxer'

export type Loss = { cause: GapCause; detail?: string }
export type TrackState = { state: 'recording' } | { state: 'lost'; cause: GapCause; detail?: string; fromMs: number }

/** A track may take this long to deliver for the first time before that is called a fault. */
const STARTING_LIMIT_MS = 500
/** How long a gap grows before it is written, and how far behind the present it stays for what may still arrive. */
const GAP_GROWS_MS = 3_500
const GAP_MARGIN_MS = 1_000

type Parts = {
  track: Track
  log: CallLog
  pending: PendingItems
  chunker: MediaChunker
  muxer: TrackMuxer
  /** Without an item for this long the track counts as lost, whatever its capture says. */
  stallMs: number
  /** What the log will hold, as soon as it has come. */
  onKept: (item: MediaItem) => void
  onStateChange: () => void
  onWriteFailed: (error: unknown) => void
}

export class TrackRecorder {
  private loss: Loss | null = { cause: 'starting' }
  private gate = { fromMs: -Infinity, toMs: Infinity }
  private isDrained = false
  private lastChunk: Promise<void> = Promise.resolve()
  /** Of chunks that the disk does not hold for good yet, oldest first: until then their packets stay pending. */
  private readonly unwritten: (readonly MediaItem[])[] = []

  constructor(private readonly parts: Parts) {}

  get track(): Track {
    return this.parts.track
  }

  get endMs(): number {
    return this.parts.chunker.endMs
  }

  get coveredMs(): number {
    return this.parts.chunker.coveredMs
  }

  /** A track that has just been opened is not lost yet. */
  get state(): TrackState {
    if (!this.loss || this.loss.cause === 'starting') return { state: 'recording' }
    return { state: 'lost', ...this.loss, fromMs: this.coveredMs }
  }

  /** Whether everything up to the gate's end has come, or nothing more can be expected. */
  get isComplete(): boolean {
    return this.isDrained || this.loss !== null
  }

  push(item: MediaItem): void {
    const { chunker, pending } = this.parts
    if (item.atMs < this.gate.fromMs) return
    if (item.atMs + lengthMs(this.track) > this.gate.toMs) {
      this.isDrained = true
      return
    }
    this.write(chunker.push(item))
    const kept = chunker.openItems.at(-1)
    if (kept?.bytes !== item.bytes) return
    pending.add(kept)
    this.parts.onKept(kept)
    this.setLoss(null)
  }

  /** Nothing is delivered from now on. */
  lose(loss: Loss): void {
    if (this.loss) {
      this.setLoss(this.loss.cause === 'starting' ? loss : this.loss)
      return
    }
    this.write(this.parts.chunker.cutAt(this.coveredMs))
    this.setLoss(loss)
  }

  /** To be called a few times a second while the call is recorded. */
  tick(nowMs: number): void {
    if (nowMs > this.gate.toMs) return
    this.flushPending()
    this.write(this.parts.chunker.due(nowMs))
    const quietMs = nowMs - this.coveredMs
    if (quietMs > this.parts.stallMs) this.lose({ cause: 'capture-stalled', detail: `nothing came for ${(quietMs / 1000).toFixed(1)} s` })
    if (this.loss && quietMs > GAP_GROWS_MS) this.write(this.parts.chunker.cutAt(nowMs - GAP_MARGIN_MS))
  }

  /** Lets nothing through that ends after this position. */
  closeGate(atMs: number): void {
    this.gate = { ...this.gate, toMs: Math.min(this.gate.toMs, atMs) }
    this.isDrained = false
  }

  /** Accounts for everything up to here. */
  cutAt(atMs: number): void {
    this.write(this.parts.chunker.cutAt(atMs))
  }

  /** Goes on after a pause or a hole that is told elsewhere; the file's own time is brought along. */
  continueAt(atMs: number): void {
    this.cutAt(Math.min(this.gate.toMs, atMs))
    this.parts.chunker.skipTo(atMs)
    this.fill(this.endMs, atMs)
    this.gate = { fromMs: atMs, toMs: Infinity }
    this.loss = { cause: 'starting' }
  }

  /** Declares `[end, atMs)` as lost for this cause. */
  declareGap(atMs: number, loss: Loss): void {
    this.lose(loss)
    this.loss = loss
    this.cutAt(atMs)
  }

  /** Brings the file's own time to the call's end. */
  finish(atMs: number): void {
    this.fill(this.endMs, atMs)
    this.release()
  }

  /** Nothing is pushed any more. */
  release(): void {
    void this.lastChunk.finally(() => this.parts.pending.close())
  }

  private flushPending(): void {
    try {
      this.parts.pending.flush()
    } catch (error) {
      this.parts.onWriteFailed(error)
    }
  }

  private write(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      if (piece.kind === 'hole') this.writeHole(piece.fromMs, piece.toMs)
      else this.writeChunk(piece)
    }
  }

  private writeChunk({ fromMs, toMs, items }: Extract<Piece, { kind: 'chunk' }>): void {
    const { log, muxer, onWriteFailed } = this.parts
    this.writeHeader(fromMs)
    const written = log.appendMedia({ ...mediaKind(this.track), atMs: fromMs, durationMs: toMs - fromMs }, muxer.chunk(items))
    this.unwritten.push(items)
    this.lastChunk = written.then(() => this.forgetOldest()).catch(onWriteFailed)
  }

  private forgetOldest(): void {
    const { pending, chunker } = this.parts
    this.unwritten.shift()
    pending.replace([...this.unwritten.flat(), ...chunker.openItems])
  }

  private writeHole(fromMs: number, toMs: number): void {
    const { log, onWriteFailed } = this.parts
    this.fill(fromMs, toMs)
    log.append({ kind: 'gap', track: this.track, atMs: fromMs, durationMs: toMs - fromMs, data: this.explain(toMs - fromMs) }).catch(onWriteFailed)
  }

  private explain(durationMs: number): Loss {
    if (!this.loss) return { cause: 'capture-stalled', detail: 'packets are missing' }
    if (this.loss.cause !== 'starting' || durationMs <= STARTING_LIMIT_MS) return this.loss
    return { cause: 'capture-stalled', detail: `took ${durationMs} ms to begin` }
  }

  private fill(fromMs: number, toMs: number): void {
    const { log, muxer, onWriteFailed } = this.parts
    this.writeHeader(fromMs)
    const bytes = muxer.filler(toMs)
    if (bytes) log.appendMedia({ ...mediaKind(this.track), atMs: fromMs, durationMs: 0 }, bytes).catch(onWriteFailed)
  }

  private writeHeader(atMs: number): void {
    const header = this.parts.muxer.header()
    if (header) this.parts.log.appendMedia({ ...mediaKind(this.track), atMs, durationMs: 0 }, header).catch(this.parts.onWriteFailed)
  }

  private setLoss(loss: Loss | null): void {
    const before = this.loss
    this.loss = loss
    if (before?.cause !== loss?.cause) this.parts.onStateChange()
  }
}

/** A frame is an instant; a packet must have ended. */
const lengthMs = (track: Track): number => (track === 'screen' ? 0 : OPUS_PACKET_MS)

const mediaKind = (track: Track) => (track === 'screen' ? ({ kind: 'screen', track } as const) : ({ kind: 'audio', track } as const))
