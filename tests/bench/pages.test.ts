/** The bench of the pages in small, so that it still runs when somebody needs it; what it says of so few calls means nothing. */
import { expect, it } from 'vitest'
import { benchPages } from '@/bench/pages/pages'

it('opens, searches, seeks and scrolls a few calls, and a call of a minute', async () => {
  const { list, call } = await benchPages({ callCount: 200, call: { lengthMs: 60_000, entryCount: 400 }, rounds: 1, seeks: 5 })
  for (const ms of [list.listMs, list.filterMs, list.emptyPageMs, call.playableMs, call.seekMs.p50, call.framesPerSecond]) expect(ms).toBeGreaterThan(0)
  expect(call.seekMs.p95).toBeGreaterThanOrEqual(call.seekMs.p50)
  expect(call.jsBytes).toBeGreaterThan(100_000)
  expect(list.searches.map(({ text }) => text)).toContain('please')
}, 240_000)
