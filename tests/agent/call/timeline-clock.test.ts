import { describe, expect, it } from 'vitest'
import { TimelineClock } from '@/agent/call/timeline-clock'
import { FakeClock } from '../../support/fake-clock'

describe('TimelineClock', () => {
  it('begins at the wall time of the first delivery', async () => {
    const clock = new FakeClock()
    const timeline = TimelineClock.beginningAt(clock, clock.wallMs() - 120)
    expect(timeline.nowMs()).toBe(120)
    await clock.advance(1_000)
    expect(timeline.nowMs()).toBe(1_120)
    expect(timeline.toAtMs(clock.wallMs() - 40)).toBe(1_080)
  })

  it('goes on evenly when the wall clock is set back, and tells', async () => {
    const clock = new FakeClock()
    const timeline = TimelineClock.beginningAt(clock, clock.wallMs())
    await clock.advance(10_000)
    clock.setWallClock(-3_600_000)
    expect(timeline.check()).toEqual({ reason: 'step', byMs: -3_600_000 })
    expect(timeline.nowMs()).toBe(10_000)
    expect(timeline.toAtMs(clock.wallMs())).toBe(10_000)
  })

  it('still places a stamp that was taken before the wall clock was set', async () => {
    const clock = new FakeClock()
    const timeline = TimelineClock.beginningAt(clock, clock.wallMs())
    await clock.advance(10_000)
    const stampBefore = clock.wallMs() - 30
    clock.setWallClock(7_200_000)
    timeline.check()
    expect(timeline.toAtMs(stampBefore)).toBe(9_970)
  })

  it('places a stamp right even before it has noticed that the wall clock was set', async () => {
    const clock = new FakeClock()
    const timeline = TimelineClock.beginningAt(clock, clock.wallMs())
    await clock.advance(10_000)
    clock.setWallClock(-3_600_000)
    expect(timeline.toAtMs(clock.wallMs() - 30)).toBe(9_970)
  })

  it('follows slow correction of the wall clock without calling it a step', async () => {
    const clock = new FakeClock()
    const timeline = TimelineClock.beginningAt(clock, clock.wallMs())
    for (let second = 0; second < 600; second++) {
      await clock.advance(1_000)
      clock.setWallClock(0.5)
      expect(timeline.check()).toBeNull()
    }
    expect(timeline.toAtMs(clock.wallMs())).toBeCloseTo(600_000)
  })

  it('jumps over sleep, so that sleep has a length', async () => {
    const clock = new FakeClock()
    const timeline = TimelineClock.beginningAt(clock, clock.wallMs())
    await clock.advance(5_000)
    clock.sleep(60_000)
    expect(timeline.check()).toEqual({ reason: 'sleep', fromMs: 5_000, toMs: 65_000 })
    expect(timeline.toAtMs(clock.wallMs())).toBe(65_000)
    expect(timeline.check()).toBeNull()
  })

  it('goes on where it was when another process of the same boot takes over', async () => {
    const clock = new FakeClock()
    const timeline = TimelineClock.beginningAt(clock, clock.wallMs())
    await clock.advance(5_000)
    const tie = timeline.read('periodic')
    await clock.advance(7_000)
    expect(TimelineClock.continuing(clock, tie).nowMs()).toBe(12_000)
  })

  it('goes by the wall clock after a new boot', async () => {
    const clock = new FakeClock()
    const tie = TimelineClock.beginningAt(clock, clock.wallMs()).read('started')
    await clock.advance(30_000)
    clock.reboot()
    await clock.advance(10_000)
    expect(TimelineClock.continuing(clock, tie).nowMs()).toBe(40_000 + (1_000_000 + 30_000) - 1_000_000 - 30_000)
  })
})
