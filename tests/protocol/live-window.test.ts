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
