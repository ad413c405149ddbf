import { describe, expect, it } from 'vitest'
import { GENESIS_HASH } from '@/protocol/chain'
import { makeCompleteness, TILING_TOLERANCE_MS, type Completeness, type TrackCompleteness } from '@/protocol/completeness'
import { makeLine, parseLine, type EntryBody, type LogEntry } from '@/protocol/entries'
import { trackFile, type AudioTrack } from '@/protocol/tracks'
import { LINDA, OPEN_DATA } from '../fixtures/log-builder'

const open: EntryBody = { atMs: 0, kind: 'open', data: { ...OPEN_DATA, tracks: [{ track: 'technician', codec: 'opus', file: trackFile('technician'), sampleRateHz: 48_000, channels: 1 }] } }
const sound = (fromMs: number, toMs: number, track: AudioTrack = 'technician'): EntryBody => ({ atMs: fromMs, kind: 'audio', track, durationMs: toMs - fromMs, offsetBytes: 0, bytes: 1, sha256: GENESIS_HASH })
const gap = (fromMs: number, toMs: number): EntryBody => ({ atMs: fromMs, kind: 'gap', track: 'technician', durationMs: toMs - fromMs, data: { cause: 'device-unplugged' } })
const pause = (atMs: number): EntryBody => ({ atMs, kind: 'pause', data: { by: LINDA, reason: 'card' } })
const resume = (atMs: number): EntryBody => ({ atMs, kind: 'resume', data: { by: LINDA } })
const hangUp = (atMs: number): EntryBody => ({ atMs, kind: 'hangup', data: { by: 'softphone' } })
const close = (atMs: number): EntryBody => ({ atMs, kind: 'close', data: { reason: 'done' } })

const completenessOf = (...bodies: EntryBody[]): Completeness =>
  makeCompleteness([open, ...bodies].map((body, seq): LogEntry => parseLine(makeLine(body, seq, GENESIS_HASH))))
const technicianOf = (...bodies: EntryBody[]): TrackCompleteness => completenessOf(...bodies).tracks[0]!
const statesOf = (track: TrackCompleteness) => track.ranges.map(({ fromMs, toMs, state }) => [fromMs, toMs, state])

describe('a track', () => {
  it('recorded from end to end has nothing lost', () => {
    const track = technicianOf(sound(0, 1_000), sound(1_000, 2_000), hangUp(2_000), close(9_000))
    expect(track).toMatchObject({ recordedMs: 2_000, pausedMs: 0, lostMs: 0 })
    expect(track.ranges).toHaveLength(1)
  })

  it('has paused time where somebody paused, told by whom', () => {
    const track = technicianOf(sound(0, 1_000), pause(1_000), resume(3_000), sound(3_000, 4_000), hangUp(4_000))
    expect(track).toMatchObject({ recordedMs: 2_000, pausedMs: 2_000, lostMs: 0 })
    expect(track.ranges[1]).toMatchObject({ state: 'paused', by: LINDA, reason: 'card' })
  })

  it('is paused to the end when nobody resumed', () => {
    expect(technicianOf(sound(0, 1_000), pause(1_000), hangUp(5_000))).toMatchObject({ recordedMs: 1_000, pausedMs: 4_000, lostMs: 0 })
  })

  it('has lost time where a gap says so, with its cause', () => {
    const track = technicianOf(gap(0, 300), sound(300, 1_000), hangUp(1_000))
    expect(track).toMatchObject({ recordedMs: 700, lostMs: 300 })
    expect(track.ranges[0]).toMatchObject({ state: 'lost', cause: 'device-unplugged' })
  })

  it('has unexplained loss where no entry says anything', () => {
    const track = technicianOf(sound(0, 1_000), sound(1_500, 2_000), hangUp(3_000))
    expect(track).toMatchObject({ recordedMs: 1_500, lostMs: 1_500 })
    expect(track.ranges.filter((range) => range.state === 'lost' && range.cause === 'unexplained')).toHaveLength(2)
  })

  it('that delivered nothing at all is lost from end to end', () => {
    expect(technicianOf(hangUp(5_000))).toMatchObject({ recordedMs: 0, pausedMs: 0, lostMs: 5_000 })
  })

  it('is not broken by the rounding between neighbouring chunks', () => {
    expect(technicianOf(sound(0, 990), sound(1_000, 2_005), hangUp(2_000 + TILING_TOLERANCE_MS))).toMatchObject({ recordedMs: 2_000 + TILING_TOLERANCE_MS, lostMs: 0 })
  })

  it('counts what was recorded although a gap was declared around it', () => {
    expect(statesOf(technicianOf(sound(400, 600), gap(0, 1_000), hangUp(1_000)))).toEqual([
      [0, 400, 'lost'],
      [400, 600, 'recorded'],
      [600, 1_000, 'lost'],
    ])
  })

  it('counts a pause as a pause although a chunk reaches into it', () => {
    expect(statesOf(technicianOf(pause(500), sound(0, 1_000), resume(1_000), hangUp(1_000)))).toEqual([
      [0, 500, 'recorded'],
      [500, 1_000, 'paused'],
    ])
  })

  it('counts no millisecond twice when chunks overlap', () => {
    expect(technicianOf(sound(0, 1_000), sound(500, 1_500), hangUp(1_500))).toMatchObject({ recordedMs: 1_500, lostMs: 0 })
  })

  it('ends with the conversation, not with the wrap-up', () => {
    expect(technicianOf(sound(0, 1_200), hangUp(1_000), close(60_000))).toMatchObject({ recordedMs: 1_000, lostMs: 0 })
  })
})

describe('the coach', () => {
  const coachGap = (fromMs: number, toMs: number): EntryBody => ({ atMs: fromMs, kind: 'gap', track: 'coach', durationMs: toMs - fromMs, data: { cause: 'capture-stalled' } })

  it('is accounted for where he spoke and nowhere else', () => {
    const { tracks, coach } = completenessOf(sound(0, 5_000), sound(1_000, 1_000, 'coach'), sound(1_000, 1_800, 'coach'), coachGap(1_800, 1_900), sound(1_900, 2_000, 'coach'), sound(4_000, 4_400, 'coach'), hangUp(5_000))
    expect(tracks.map(({ track, lostMs }) => [track, lostMs])).toEqual([['technician', 0]])
    expect(coach).toMatchObject({ recordedMs: 1_300, pausedMs: 0, lostMs: 100 })
    expect(statesOf(coach!)).toEqual([
      [1_000, 1_800, 'recorded'],
      [1_800, 1_900, 'lost'],
      [1_900, 2_000, 'recorded'],
      [4_000, 4_400, 'recorded'],
    ])
  })

  it('has no account in a call in which nobody coached, nor for what is behind the hang-up', () => {
    expect(completenessOf(sound(0, 1_000), hangUp(1_000)).coach).toBeNull()
    expect(statesOf(completenessOf(sound(0, 1_000), sound(900, 1_300, 'coach'), sound(1_300, 1_500, 'coach'), hangUp(1_000)).coach!)).toEqual([[900, 1_000, 'recorded']])
  })
})

describe('a call', () => {
  it('that still runs is as long as what has arrived', () => {
    expect(completenessOf(sound(0, 1_000), sound(1_000, 2_000)).lengthMs).toBe(2_000)
  })

  it('that only ever opened has no length', () => {
    expect(completenessOf()).toMatchObject({ lengthMs: 0, tracks: [{ recordedMs: 0, pausedMs: 0, lostMs: 0 }] })
  })

  it('always adds up, whatever its log claims', () => {
    const random = makeRandom(7)
    for (let round = 0; round < 200; round++) {
      const bodies = Array.from({ length: 12 }, () => randomBody(random))
      const { lengthMs, tracks } = completenessOf(...bodies, hangUp(1 + random(3_000)))
      for (const track of tracks) {
        expect(track.recordedMs + track.pausedMs + track.lostMs).toBe(lengthMs)
        expect(track.ranges.every((range, index) => range.fromMs === (track.ranges[index - 1]?.toMs ?? 0) && range.toMs > range.fromMs)).toBe(true)
      }
    }
  })
})

function randomBody(random: (below: number) => number): EntryBody {
  const fromMs = random(3_000)
  const makers = [() => sound(fromMs, fromMs + random(900)), () => gap(fromMs, fromMs + random(900)), () => pause(fromMs), () => resume(fromMs), () => sound(fromMs, fromMs + random(900), 'customer')]
  return makers[random(makers.length)]!()
}

/** A small linear congruential generator, so that a failure can be repeated (constants of Numerical Recipes). */
function makeRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
