import { expect, test } from 'vitest'
import { compareClicks } from '@/demo/reference/alignment'

const PLAYED = [1_000, 2_000, 3_000, 4_000]
const later = (ms: number): number[] => PLAYED.map((playedMs) => playedMs + ms)

test('clicks are compared with what the reference heard, however late the player began', () => {
  expect(compareClicks('customer', PLAYED, later(400), later(404))).toEqual({ errorsMs: [4, 4, 4, 4], missed: [] })
})

test('a click that is not in the recording is missed, and one that the reference did not hear too', () => {
  expect(compareClicks('customer', PLAYED, later(0), later(0).slice(1)).missed).toEqual(['customer: click 1 is not in the recording'])
  expect(compareClicks('customer', PLAYED, later(0).slice(1), later(0)).missed).toEqual(['customer: click 1 is not in the reference'])
})
