/** Ranges of several tracks in one bar. */
import { expect, it } from 'vitest'
import { lostOnceStarted, mergeNotRecorded } from '@/server/timeline/not-recorded'

const range = (fromMs: number, toMs: number, state: 'recorded' | 'paused' | 'lost') => ({ fromMs, toMs, state })

it('is empty for a call that was recorded whole', () => {
  expect(mergeNotRecorded([{ ranges: [range(0, 100, 'recorded')] }, { ranges: [] }])).toEqual([])
})

it('joins what several tracks lack and calls it lost where one is lost', () => {
  const technician = { ranges: [range(0, 10, 'lost'), range(10, 50, 'recorded'), range(50, 70, 'paused'), range(70, 100, 'recorded')] }
  const screen = { ranges: [range(0, 20, 'lost'), range(20, 50, 'recorded'), range(50, 60, 'paused'), range(60, 65, 'lost'), range(65, 70, 'paused'), range(70, 100, 'recorded')] }
  expect(mergeNotRecorded([technician, screen])).toEqual([range(0, 20, 'lost'), range(50, 60, 'paused'), range(60, 65, 'lost'), range(65, 70, 'paused')])
})

it('leaves out what a track missed while it started, within its allowance', () => {
  const startedAt = (atMs: number) => ({ ranges: [{ ...range(0, atMs, 'lost'), cause: 'starting' }, range(atMs, 6_000, 'recorded'), range(6_000, 6_010, 'lost')] })
  expect([lostOnceStarted(startedAt(500)), lostOnceStarted(startedAt(501))]).toEqual([10, 511])
  expect(mergeNotRecorded([startedAt(500)])).toEqual([range(6_000, 6_010, 'lost')])
})
