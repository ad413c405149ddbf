import { expect, it } from 'vitest'
import { ClockOffset } from '@/protocol/clock-offset'

it('knows nothing before the first exchange', () => {
  const offset = new ClockOffset()
  expect([offset.offsetMs, offset.errorMs]).toEqual([0, Infinity])
})

it('goes by the quickest exchange, and errs by half of it at most', () => {
  const offset = new ClockOffset()
  offset.add(1_000, 6_290, 1_300)
  offset.add(2_000, 7_003, 2_008)
  offset.add(3_000, 8_010, 3_210)
  expect([offset.offsetMs, offset.errorMs]).toEqual([4_999, 4])
})

it('forgets an exchange, however quick, when eight have followed: clocks drift', () => {
  const offset = new ClockOffset()
  offset.add(0, 100, 0)
  for (let count = 1; count <= 7; count++) offset.add(count * 1_000, count * 1_000 + 210, count * 1_000 + 20)
  expect(offset.offsetMs).toBe(100)
  offset.add(8_000, 8_210, 8_020)
  expect([offset.offsetMs, offset.errorMs]).toEqual([200, 10])
})
