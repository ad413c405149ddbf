/**
 * Where the player stands. One clock a page; the video, the words, the lanes and the address all read this one.
 *
 * States: `detached` (no playback file: positions can be looked at, not played), `paused`, `playing`, `waiting` (wants to
 * play, lacks data). A playing or waiting clock asks for a frame until it is paused; a paused one asks for none. In the
 * playback file a position is its time, so the two never have to be mapped. Only the picture of a paused clock may be one a
 * little later (see picture.ts): the position stays what was asked for, and playing begins there.
 */

/** What the clock uses of a media element. */
export type Playable = Pick<
  HTMLMediaElement,
  'currentTime' | 'duration' | 'paused' | 'ended' | 'playbackRate' | 'readyState' | 'play' | 'pause' | 'addEventListener' | 'removeEventListener'
>
/** Frames of a display; given from outside so that tests need none. */
export type Frames = { request(callback: () => void): number; cancel(handle: number): void }
export type ClockState = 'detached' | 'paused' | 'playing' | 'waiting'
export type ClockSnapshot = Readonly<{ state: ClockState; rate: number }>

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

const STATE_EVENTS = ['play', 'pause', 'playing', 'waiting', 'seeked', 'ended', 'ratechange', 'loadedmetadata', 'canplay', 'emptied'] as const

export class PlayerClock {
  private media: Playable | null = null
  private positionMs = 0
  private pictureAt: (atMs: number) => number = (atMs) => atMs
  private frame: number | null = null
  private snapshot: ClockSnapshot = { state: 'detached', rate: 1 }
  private readonly moveListeners = new Set<(atMs: number) => void>()
  private readonly stateListeners = new Set<() => void>()

  /** `endMs`: the last position that can be looked at; wrap-up goes on after the sound has ended. */
  constructor(private readonly frames: Frames, private endMs: number) {}

  get atMs(): number {
    return this.positionMs
  }

  /** A call that still runs grows; who looked at its end and cannot play it yet goes along. */
  setEnd(endMs: number): void {
    const goesAlong = this.snapshot.state === 'detached' && this.positionMs === this.endMs && endMs > this.endMs
    this.endMs = endMs
    if (goesAlong) this.seek(endMs)
  }

  /** Gives the position whose picture is shown while the clock stands at `atMs`. */
  setPictures(pictureAt: (atMs: number) => number): void {
    this.pictureAt = pictureAt
    if (this.media?.paused) this.seekMedia(this.media)
  }

  /** Takes the playback file's element over; the returned function lets go of it. The clock keeps its place both times. */
  attach(media: Playable): () => void {
    const detach = (): void => {
      for (const event of STATE_EVENTS) media.removeEventListener(event, this.readMedia)
      if (this.media !== media) return
      this.media = null
      this.readMedia()
    }
    this.media = media
    media.playbackRate = this.snapshot.rate
    for (const event of STATE_EVENTS) media.addEventListener(event, this.readMedia)
    this.seek(this.positionMs)
    this.readMedia()
    return detach
  }

  seek(atMs: number): void {
    this.positionMs = Math.round(Math.min(Math.max(atMs, 0), this.endMs))
    if (this.media) this.seekMedia(this.media)
    this.tellMove()
  }

  seekBy(deltaMs: number): void {
    this.seek(this.positionMs + deltaMs)
  }

  /** Rejects as the element does when the browser refuses. Does nothing while detached. */
  async play(): Promise<void> {
    if (!this.media) return
    if (this.isBeyond(this.media)) this.seek(0)
    if (this.pictureAt(this.positionMs) !== this.positionMs) this.media.currentTime = this.positionMs / 1_000
    await this.media.play()
  }

  pause(): void {
    this.media?.pause()
  }

  async toggle(): Promise<void> {
    if (this.media?.paused === false) this.pause()
    else await this.play()
  }

  setRate(rate: number): void {
    if (this.media) this.media.playbackRate = rate
    this.setSnapshot({ ...this.snapshot, rate })
  }

  /** Called at every frame while playing and after every seek. */
  onMove(listener: (atMs: number) => void): () => void {
    this.moveListeners.add(listener)
    return () => this.moveListeners.delete(listener)
  }

  /** Called when the snapshot changes; shaped for useSyncExternalStore. */
  readonly onState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener)
    return () => this.stateListeners.delete(listener)
  }

  readonly getSnapshot = (): ClockSnapshot => this.snapshot

  dispose(): void {
    if (this.frame !== null) this.frames.cancel(this.frame)
    this.frame = null
    this.moveListeners.clear()
    this.stateListeners.clear()
  }

  private readonly readMedia = (): void => {
    this.setSnapshot({ state: stateOf(this.media), rate: this.snapshot.rate })
    this.readPosition()
    if (this.frame === null && this.isMoving()) this.frame = this.frames.request(this.onFrame)
  }

  private readonly onFrame = (): void => {
    this.frame = null
    this.readPosition()
    if (this.isMoving()) this.frame = this.frames.request(this.onFrame)
  }

  /** The element leads while it plays; a paused one may be still on its way to where it was sent. */
  private readPosition(): void {
    if (!this.media || this.media.paused) return
    // The last packet of the sound may go on for some milliseconds.
    const atMs = Math.min(Math.round(this.media.currentTime * 1_000), this.endMs)
    if (atMs === this.positionMs) return
    this.positionMs = atMs
    this.tellMove()
  }

  /** Wrap-up has no sound: there the element waits at its end. */
  private seekMedia(media: Playable): void {
    if (this.isBeyond(media) && !media.paused) media.pause()
    media.currentTime = (media.paused ? this.pictureAt(this.positionMs) : this.positionMs) / 1_000
  }

  private isBeyond(media: Playable): boolean {
    return media.ended || (Number.isFinite(media.duration) && this.positionMs >= media.duration * 1_000)
  }

  private isMoving(): boolean {
    return this.snapshot.state === 'playing' || this.snapshot.state === 'waiting'
  }

  private tellMove(): void {
    for (const listener of this.moveListeners) listener(this.positionMs)
  }

  private setSnapshot(next: ClockSnapshot): void {
    if (next.state === this.snapshot.state && next.rate === this.snapshot.rate) return
    this.snapshot = next
    for (const listener of this.stateListeners) listener()
  }
}

/** HTMLMediaElement.HAVE_FUTURE_DATA */
const HAVE_FUTURE_DATA = 3

function stateOf(media: Playable | null): ClockState {
  if (!media) return 'detached'
  if (media.paused) return 'paused'
  return media.readyState >= HAVE_FUTURE_DATA ? 'playing' : 'waiting'
}
