/**
 * The coach's voice as a track of a running call: one stretch for each press of his button, and nothing between them.
 *
 * `silent` until a packet's time has passed, then `speaking` until the press ends. The file is brought to where the voice
 * begins, or goes on after it was held up on its way, by silence that records nothing; packets that are missing within a
 * press are a gap. What has not been heard by the time a press ends was never said.
 */
import { TILING_TOLERANCE_MS } from '@/protocol/completeness'
import { OPUS_PACKET_MS } from '@/protocol/tracks'
import type { MediaItem } from '../spool/pending-items'
import type { TrackRecorder } from './track-recorder'

export class CoachTrack {
  private recorder: TrackRecorder | null = null
  private isSpeaking = false
  /** Given to the headset ahead of their time. */
  private ahead: { item: MediaItem; isBehindLoss: boolean }[] = []
  private isFinished = false

  /** `open`: makes the track when somebody speaks for the first time. */
  constructor(private readonly open: (startMs: number) => TrackRecorder) {}

  /** Nothing is taken any more. */
  get isOver(): boolean {
    return this.isFinished
  }

  /** `isBehindLoss`: the packet before it never came. */
  push(item: MediaItem, isBehindLoss: boolean, nowMs: number): void {
    if (this.isFinished) return
    this.ahead.push({ item, isBehindLoss })
    this.release(nowMs)
  }

  tick(nowMs: number): void {
    this.release(nowMs)
    if (this.isSpeaking) this.recorder?.tick(nowMs)
  }

  /** Nothing that would be heard later than this is kept. */
  endPress(atMs: number): void {
    this.release(atMs)
    this.ahead = []
    this.endStretch()
  }

  /** Nothing of the coach is recorded any more. */
  finish(): void {
    if (this.isFinished) return
    this.isFinished = true
    this.endPress(-Infinity)
    this.recorder?.release()
  }

  private endStretch(): void {
    if (!this.recorder || !this.isSpeaking) return
    this.isSpeaking = false
    this.recorder.cutAt(this.recorder.coveredMs)
    this.recorder.closeGate(this.recorder.endMs)
  }

  private release(nowMs: number): void {
    while (this.ahead[0] && this.ahead[0].item.atMs + OPUS_PACKET_MS <= nowMs) this.record(this.ahead.shift()!)
  }

  private record({ item, isBehindLoss }: CoachTrack['ahead'][number]): void {
    this.recorder ??= this.open(Math.round(item.atMs))
    if (!isBehindLoss && item.atMs - this.recorder.coveredMs > TILING_TOLERANCE_MS) this.endStretch()
    if (!this.isSpeaking) this.recorder.continueAt(Math.round(item.atMs))
    this.isSpeaking = true
    this.recorder.push(item)
  }
}
