import { expect, test } from 'vitest'
import { compareClicks } from '@/demo/reference/alignment'

const PLAYED = [1_000, 2_000, 3_000, 4_000]
const later = (ms: number): number[] => PLAYED.map((playedMs) => playedMs + ms)

test('clicks are compared with what the reference heard, however late the player began', () => {
  expect(compareClicks('customer', PLAYED, later(400), later(404))).toEqual({ errorsMs: [4, 4, 4, 4], missed: [] })
})

test('a click that is not in the recording is missed', () => {
  expect(compareClicks('customer', PLAYED, later(0), later(0).slice(1)).missed).toEqual(['customer: click 1 is not in the recording'])
})

test('one that the reference alone did not hear must be recorded all the same, and of most the reference must tell', () => {
  expect(compareClicks('customer', PLAYED, later(0).slice(1), later(2))).toEqual({ errorsMs: [2, 2, 2], missed: [] })
  expect(compareClicks('customer', PLAYED, later(0).slice(1), later(2).slice(1)).missed).toEqual(['customer: click 1 is not in the recording'])
  expect(compareClicks('customer', PLAYED, later(0).slice(2), later(2)).missed).toEqual(['customer: 2 of 4 clicks are not in the reference'])
})
