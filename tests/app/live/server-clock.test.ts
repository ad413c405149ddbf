import { expect, it } from 'vitest'
import { ServerClock } from '@/app/live-client/server-clock'

it('goes by the quickest of several round trips', async () => {
  let localMs = 1_000
  const clock = new ServerClock(() => localMs)
  const exchange = (thereMs: number, backMs: number) =>
    clock.measure(() => {
      localMs += thereMs
      const serverMs = localMs + 5_000
      localMs += backMs
      return Promise.resolve(serverMs)
    })
  expect(clock.isKnown).toBe(false)
  await exchange(300, 20)
  await exchange(4, 4)
  await exchange(10, 200)
  expect(clock.nowMs - localMs).toBe(5_000)
  expect(clock.errorMs).toBe(4)
})

it('learns nothing from a question that nobody answers', async () => {
  const clock = new ServerClock(() => 0)
  await expect(clock.measure(() => Promise.reject(new Error('nobody')))).rejects.toThrow('nobody')
  expect(clock.isKnown).toBe(false)
})

it('goes by the old measure after a cut until the first new one, and by that alone then', async () => {
  let localMs = 1_000
  let aheadMs = 5_000
  const clock = new ServerClock(() => localMs)
  const exchange = (tookMs: number) =>
    clock.measure(() => {
      const serverMs = localMs + tookMs / 2 + aheadMs
      localMs += tookMs
      return Promise.resolve(serverMs)
    })
  await exchange(2)
  // The computer slept, and the clock of the page with it.
  aheadMs = 65_000
  clock.beginAnew()
  expect([clock.isKnown, clock.nowMs - localMs]).toEqual([true, 5_000])
  await exchange(40)
  expect([clock.nowMs - localMs, clock.errorMs]).toEqual([65_000, 20])
})
