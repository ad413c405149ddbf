import { expect, it } from 'vitest'
import { PresentGate } from '@/app/live-client/present-gate'

it('plays what is fresh and keeps back what a cut has delayed', () => {
  const gate = new PresentGate()
  expect(gate.admits(120, 0)).toBe(true)
  // Ten seconds in one burst after a cut, oldest first.
  const burst = Array.from({ length: 500 }, (_, index) => gate.admits(10_000 - index * 20, 10_000))
  expect(burst.filter(Boolean)).toHaveLength(75)
  expect(burst.at(-1)).toBe(true)
})

it('takes a call that has fallen behind as a whole as it comes, from a second on', () => {
  const gate = new PresentGate()
  const heard = Array.from({ length: 100 }, (_, index) => gate.admits(4_000, index * 20))
  expect(heard.indexOf(true)).toBe(50)
  expect(heard.slice(50).every(Boolean)).toBe(true)
})

it('is as strict as before when such a call has caught up', () => {
  const gate = new PresentGate()
  for (let nowMs = 0; nowMs <= 1_000; nowMs += 20) gate.admits(4_000, nowMs)
  expect(gate.admits(100, 1_020)).toBe(true)
  expect(gate.admits(4_000, 1_040)).toBe(false)
})
