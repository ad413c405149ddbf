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
