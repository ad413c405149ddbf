import { describe, expect, it } from 'vitest'
import { makeMarks, makeTimeAxis, toMs, toPx, zoomForSpan } from '@/app/player/time-axis'

const FOUR_MINUTES_MS = 240_000

describe('the time axis', () => {
  it('shows the whole call at zoom 0', () => {
    const axis = makeTimeAxis(FOUR_MINUTES_MS, 1_200, 0)
    expect(toPx(axis, FOUR_MINUTES_MS)).toBe(1_200)
    expect(toMs(axis, 600)).toBe(120_000)
  })

  it('gives a second 60 px at its closest', () => {
    expect(toPx(makeTimeAxis(FOUR_MINUTES_MS, 1_200, 1), 1_000)).toBeCloseTo(60)
  })

  it('does not stretch a call that is shorter than the window', () => {
    expect(makeTimeAxis(5_000, 1_200, 1).widthPx).toBe(1_200)
  })

  it('never leads out of the call', () => {
    const axis = makeTimeAxis(FOUR_MINUTES_MS, 1_200, 0)
    expect([toMs(axis, -20), toMs(axis, 5_000)]).toEqual([0, FOUR_MINUTES_MS])
  })

  it('survives a call that has no length yet', () => {
    const axis = makeTimeAxis(0, 1_200, 0.5)
    expect([toPx(axis, 0), makeMarks(axis, { fromMs: 0, toMs: 0 })]).toEqual([0, []])
  })

  it('finds the zoom for a minute', () => {
    const zoom = zoomForSpan(FOUR_MINUTES_MS, 300, 60_000)
    expect(toPx(makeTimeAxis(FOUR_MINUTES_MS, 300, zoom), 60_000)).toBeCloseTo(300)
  })
})

describe('the ruler', () => {
  it('marks every half minute of a four-minute call, as much as fits', () => {
    const marks = makeMarks(makeTimeAxis(FOUR_MINUTES_MS, 1_200, 0), { fromMs: 0, toMs: FOUR_MINUTES_MS })
    expect(marks.map((mark) => mark.label)).toEqual(['0:00', '0:30', '1:00', '1:30', '2:00', '2:30', '3:00', '3:30'])
  })

  it('makes only the marks in view', () => {
    const marks = makeMarks(makeTimeAxis(10_800_000, 1_200, 1), { fromMs: 3_600_000, toMs: 3_610_000 })
    expect(marks[0]!.label).toBe('1:00:00')
    expect(marks.length).toBeLessThan(8)
  })
})
