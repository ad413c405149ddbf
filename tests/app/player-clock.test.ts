import { describe, expect, it, vi } from 'vitest'
import { PlayerClock, type Playable } from '@/app/player/player-clock'

describe('the player clock', () => {
  it('can be moved without a playback file, but not played', async () => {
    const { clock } = makeClock()
    clock.seek(2_500)
    await clock.play()
    expect(clock.atMs).toBe(2_500)
    expect(clock.getSnapshot().state).toBe('detached')
  })

  it('keeps its place when the playback file arrives', () => {
    const { clock, media } = makeClock()
    clock.seek(2_500)
    clock.attach(media)
    expect(media.currentTime).toBe(2.5)
    expect(clock.getSnapshot().state).toBe('paused')
  })

  it('follows the media from frame to frame while it plays, and asks for none when paused', async () => {
    const { clock, media, frames } = makeClock()
    clock.attach(media)
    const moves: number[] = []
    clock.onMove((atMs) => moves.push(atMs))
    await clock.play()
    media.currentTime = 0.04
    frames.run()
    media.currentTime = 0.08
    frames.run()
    clock.pause()
    frames.run()
    expect(moves).toEqual([40, 80])
    expect(frames.waiting()).toBe(0)
  })

  it('stays within the call', () => {
    const { clock } = makeClock()
    clock.seek(-300)
    expect(clock.atMs).toBe(0)
    clock.seekBy(99_000)
    expect(clock.atMs).toBe(12_000)
  })

  it('stops at a place after the sound has ended, and plays from the beginning then', async () => {
    const { clock, media } = makeClock()
    clock.attach(media)
    await clock.play()
    clock.seek(11_000)
    expect(clock.getSnapshot().state).toBe('paused')
    expect(clock.atMs).toBe(11_000)
    await clock.play()
    expect(media.currentTime).toBe(0)
  })

  it('goes along with the end of a call that still runs, until somebody looks elsewhere', () => {
    const { clock } = makeClock()
    clock.seek(12_000)
    clock.setEnd(14_000)
    expect(clock.atMs).toBe(14_000)
    clock.seek(3_000)
    clock.setEnd(16_000)
    expect(clock.atMs).toBe(3_000)
  })

  it('shows a later picture where one belongs to the position, and plays from the position itself', async () => {
    const { clock, media } = makeClock()
    clock.attach(media)
    clock.seek(2_000)
    clock.setPictures((atMs) => (atMs < 3_000 ? atMs + 250 : atMs))
    expect([clock.atMs, media.currentTime]).toEqual([2_000, 2.25])
    await clock.play()
    expect([clock.atMs, media.currentTime]).toEqual([2_000, 2])
    clock.seek(2_500)
    expect(media.currentTime).toBe(2.5)
    clock.pause()
    clock.seek(3_500)
    expect(media.currentTime).toBe(3.5)
  })

  it('does not run past the end, though the sound of the file may', async () => {
    const { clock, media, frames } = makeClock()
    clock.setEnd(9_990)
    clock.attach(media)
    await clock.play()
    media.currentTime = 9.997
    frames.run()
    expect(clock.atMs).toBe(9_990)
  })

  it('says that it waits when the data does not come', async () => {
    const { clock, media } = makeClock()
    clock.attach(media)
    await clock.play()
    media.readyState = 2
    media.dispatchEvent(new Event('waiting'))
    expect(clock.getSnapshot().state).toBe('waiting')
  })

  it('keeps the rate for the next file', () => {
    const { clock, media } = makeClock()
    clock.setRate(1.5)
    clock.attach(media)
    expect(media.playbackRate).toBe(1.5)
  })

  it('tells nobody when nothing changed', () => {
    const { clock, media } = makeClock()
    clock.attach(media)
    const listener = vi.fn()
    clock.onState(listener)
    media.dispatchEvent(new Event('canplay'))
    expect(listener).not.toHaveBeenCalled()
  })

  it('lets go of a file that went away', () => {
    const { clock, media } = makeClock()
    const detach = clock.attach(media)
    clock.seek(3_000)
    detach()
    expect(clock.getSnapshot().state).toBe('detached')
    expect(clock.atMs).toBe(3_000)
  })
})

function makeClock() {
  const frames = new FakeFrames()
  return { clock: new PlayerClock(frames, 12_000), media: new FakeMedia(), frames }
}

class FakeFrames {
  private readonly callbacks = new Map<number, () => void>()
  private next = 1
  request(callback: () => void): number {
    this.callbacks.set(this.next, callback)
    return this.next++
  }
  cancel(handle: number): void {
    this.callbacks.delete(handle)
  }
  run(): void {
    const due = [...this.callbacks.values()]
    this.callbacks.clear()
    for (const callback of due) callback()
  }
  waiting(): number {
    return this.callbacks.size
  }
}

/** Ten seconds of media that plays without a machine to play it. */
class FakeMedia extends EventTarget implements Playable {
  currentTime = 0
  duration = 10
  paused = true
  ended = false
  playbackRate = 1
  readyState = 4
  play(): Promise<void> {
    this.paused = false
    this.dispatchEvent(new Event('play'))
    return Promise.resolve()
  }
  pause(): void {
    this.paused = true
    this.dispatchEvent(new Event('pause'))
  }
}
