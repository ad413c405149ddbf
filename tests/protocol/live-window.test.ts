import { expect, it } from 'vitest'
import type { LiveItem } from '@/protocol/live-items'
import { LIVE_WINDOW_MS, LiveWindow } from '@/protocol/live-window'

const item = (track: LiveItem['track'], atMs: number, isKey = true): LiveItem => ({ track, atMs, isKey, bytes: Uint8Array.of(1) })

it('gives what stands after one position up to another, of one track', () => {
  const window = new LiveWindow()
  for (let atMs = 0; atMs < 200; atMs += 20) window.push(item('customer', atMs))
  window.push(item('screen', 60))
  expect(window.between('customer', 40, 100).map(({ atMs }) => atMs)).toEqual([60, 80, 100])
  expect(window.between('technician', -Infinity, Infinity)).toEqual([])
})

it('keeps the key frame that later frames need, however old', () => {
  const window = new LiveWindow()
  window.push(item('screen', 0))
  window.push(item('screen', 1_000))
  for (let atMs = 1_200; atMs < LIVE_WINDOW_MS + 20_000; atMs += 200) window.push(item('screen', atMs, false))
  expect(window.between('screen', -Infinity, Infinity)[0]).toMatchObject({ atMs: 1_000, isKey: true })
})

it('takes nothing twice, nothing late, and no frame before the first key frame', () => {
  const window = new LiveWindow()
  expect([item('screen', 0, false), item('screen', 100), item('screen', 100), item('screen', 60), item('screen', 200, false)].map((one) => window.push(one))).toEqual([false, true, false, false, true])
  expect(window.positions).toEqual({ screen: 200 })
})

it('gives whoever comes back what follows his positions, in order of time, and a track that he does not know from its beginning', () => {
  const window = new LiveWindow()
  for (const atMs of [0, 20, 40]) window.push(item('customer', atMs))
  for (const atMs of [10, 30]) window.push(item('screen', atMs))
  expect(window.after({ customer: 20 }).map(({ track, atMs }) => `${track} ${atMs}`)).toEqual(['screen 10', 'screen 30', 'customer 40'])
  expect(window.after({ customer: 40, screen: 30 })).toEqual([])
})

it('forgets sound that is older than its length, and gives all it has to a position that has left it', () => {
  const window = new LiveWindow()
  for (let atMs = 0; atMs <= LIVE_WINDOW_MS + 1_000; atMs += 20) window.push(item('customer', atMs))
  expect(window.after({ customer: 500 })[0]!.atMs).toBe(1_000)
  window.clear()
  expect([window.positions, window.after({})]).toEqual([{}, []])
})
