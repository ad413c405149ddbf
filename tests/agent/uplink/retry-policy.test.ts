import { expect, it } from 'vitest'
import { retryDelayMs } from '@/agent/uplink/retry-policy'

it('waits longer each time, at most half a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 50, Infinity].map((attempt) => retryDelayMs(attempt, 1))).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000])
})

it('spreads the agents of a building over the upper half of the delay', () => {
  expect(retryDelayMs(3, 0)).toBe(2_000)
  expect(retryDelayMs(3, 0.5)).toBe(3_000)
})
