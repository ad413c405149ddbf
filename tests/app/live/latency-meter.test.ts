import { expect, it } from 'vitest'
import { LatencyMeter } from '@/app/live-client/latency-meter'

it('tells the median of the sound since the last time, and nothing when nothing was played', () => {
  const meter = new LatencyMeter()
  for (const ms of [116.4, 900, 118, 110, 117]) meter.addSound(ms)
  meter.tell()
  expect(meter.latency.get()).toEqual({ soundMs: 117, screenMs: null })
  meter.addScreen(140.2)
  meter.tell()
  expect(meter.latency.get()).toEqual({ soundMs: null, screenMs: 140 })
})
