import { describe, expect, it } from 'vitest'
import { PcmTimeline } from '@/agent/capture/linux/pcm-timeline'

const PIECE_MS = 20
const PIECE = PIECE_MS * 48
const STARTED_MS = 1_000_000

/** Pieces of 20 ms; piece n was captured by `STARTED_MS + (n + 1) * 20` and arrives `lateMs(n)` later. */
function arrive(timeline: PcmTimeline, from: number, count: number, lateMs: (piece: number) => number, cardPpm = 0): void {
  for (let piece = from; piece < from + count; piece++) timeline.arrive(PIECE, STARTED_MS + (piece + 1) * PIECE_MS * (1 + cardPpm / 1e6) + lateMs(piece))
}

describe('the wall clock of a stream without time stamps', () => {
  it('is not disturbed by pieces that come late', () => {
    const timeline = new PcmTimeline(0)
    arrive(timeline, 0, 500, (piece) => (piece % 3) * 7)
    expect(timeline.wallMsOf(0)).toBeCloseTo(STARTED_MS, 3)
    expect(timeline.hasLostSound).toBe(false)
  })

  it('is not disturbed by a process that was busy for two seconds', () => {
    const timeline = new PcmTimeline(0)
    arrive(timeline, 0, 200, () => 0)
    arrive(timeline, 200, 100, (piece) => (300 - piece) * PIECE_MS)
    arrive(timeline, 300, 100, () => 0)
    expect(timeline.wallMsOf(0)).toBeCloseTo(STARTED_MS, 3)
    expect(timeline.hasLostSound).toBe(false)
  })

  it('follows a sound card that runs slow', () => {
    const timeline = new PcmTimeline(0)
    const pieces = 30_000
    arrive(timeline, 0, pieces, () => 0, 300)
    const trueEndMs = STARTED_MS + pieces * PIECE_MS * (1 + 300 / 1e6)
    expect(Math.abs(timeline.wallMsOf(pieces * PIECE) - trueEndMs)).toBeLessThan(5)
  })

  it('notices sound that was lost', () => {
    const timeline = new PcmTimeline(0)
    arrive(timeline, 0, 200, () => 0)
    arrive(timeline, 200, 40, () => 300)
    expect(timeline.hasLostSound).toBe(true)
  })
})

describe('a hold', () => {
  it('is filled with exactly the silence that it lasted', () => {
    const timeline = new PcmTimeline(STARTED_MS)
    arrive(timeline, 0, 100, () => 0)
    const soundEndsMs = STARTED_MS + 2_000
    let silence = 0
    for (let nowMs = soundEndsMs + 140; nowMs < soundEndsMs + 3_000; nowMs += 40) silence += timeline.fill(nowMs - 100)
    silence += timeline.arrive(PIECE, soundEndsMs + 3_000 + PIECE_MS)
    expect(silence).toBe(3_000 * 48)
    expect(timeline.wallMsOf(2_000 * 48 + silence)).toBeCloseTo(soundEndsMs + 3_000, 3)
  })

  it('can be there from the beginning', () => {
    const timeline = new PcmTimeline(STARTED_MS)
    expect(timeline.fill(STARTED_MS + 500)).toBe(500 * 48)
    expect(timeline.arrive(PIECE, STARTED_MS + 700 + PIECE_MS)).toBe(200 * 48)
    expect(timeline.wallMsOf(700 * 48)).toBeCloseTo(STARTED_MS + 700, 3)
  })
})
