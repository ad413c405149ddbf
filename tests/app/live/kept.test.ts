import { expect, it } from 'vitest'
import { keptOf } from '@/app/live/listen/kept'
import type { MissingRange } from '@/app/player/coverage'

const LOST: MissingRange = { fromMs: 1_000, toMs: 4_000, tracks: ['technician', 'customer', 'screen'], state: 'lost', cause: 'agent-stopped', detail: null }
const PAUSED: MissingRange = { fromMs: 5_000, toMs: 7_000, tracks: [], state: 'paused', by: 'Linda Marsh', reason: 'card' }
const OPEN = { seq: 7, fromMs: 9_000, toMs: null, by: { id: 'l', name: 'Linda Marsh' }, reason: 'card' } as const

it('says that all is kept only while something comes and no pause lasts', () => {
  expect(keptOf({ missing: [], pause: null }, false)).toEqual({ state: 'whole', pausedMs: 0 })
  expect(keptOf({ missing: [PAUSED], pause: null }, false)).toEqual({ state: 'whole', pausedMs: 2_000 })
  expect(keptOf({ missing: [PAUSED], pause: OPEN }, false)).toEqual({ state: 'until-pause' })
  expect(keptOf({ missing: [PAUSED], pause: null }, true)).toEqual({ state: 'unknown' })
})

it('counts a loss once, and goes on saying so when nothing comes', () => {
  expect(keptOf({ missing: [LOST, PAUSED], pause: null }, false)).toEqual({ state: 'lost', lostMs: 3_000 })
  expect(keptOf({ missing: [LOST], pause: OPEN }, true)).toEqual({ state: 'lost', lostMs: 3_000 })
})
