import { describe, expect, it } from 'vitest'
import { CallClock, DRIFT_PPM } from '@/protocol/clock'
import { parseLine, type LogEntry } from '@/protocol/entries'
import { LogBuilder, STARTED_AT } from '../fixtures/log-builder'

const entriesOf = (log: LogBuilder): LogEntry[] => log.lines.map((line) => parseLine(line))
const clockEntry = (atMs: number, wallMs: number) => ({ atMs, kind: 'clock', data: { wallMs, monotonicMs: atMs, bootId: 'boot', reason: 'periodic' } }) as const
const STARTED_MS = Date.parse(STARTED_AT)

describe('wall time', () => {
  it('is the agent’s own word, with an unknown error, until a receipt confirms it', () => {
    expect(CallClock.fromEntries(entriesOf(new LogBuilder())).at(1_500)).toEqual({ wallMs: STARTED_MS + 1_500, errorMs: null })
  })

  it('follows the clock entry in force at the position', () => {
    const clock = CallClock.fromEntries(entriesOf(new LogBuilder().add(clockEntry(0, STARTED_MS)).add(clockEntry(30_000, STARTED_MS + 30_250))))
    expect(clock.at(29_000).wallMs).toBe(STARTED_MS + 29_000)
    expect(clock.at(31_000).wallMs).toBe(STARTED_MS + 31_250)
  })

  it('is the server’s where a receipt pins it, give or take half of its round trip', () => {
    const log = new LogBuilder().seal(1_000).receipt(1_080, '2026-11-24T10:00:00.000Z')
    expect(CallClock.fromEntries(entriesOf(log)).at(1_040)).toEqual({ wallMs: Date.parse('2026-11-24T10:00:00.000Z'), errorMs: 40 })
  })

  it('goes by the quicker of two receipts', () => {
    const log = new LogBuilder().seal(1_000).receipt(9_000, '2026-11-24T10:00:00.000Z').seal(10_000).receipt(10_010, '2026-11-24T11:00:00.000Z')
    expect(CallClock.fromEntries(entriesOf(log)).at(10_005)).toEqual({ wallMs: Date.parse('2026-11-24T11:00:00.000Z'), errorMs: 5 })
  })

  it('is the less certain the farther from a receipt: clocks drift', () => {
    const clock = CallClock.fromEntries(entriesOf(new LogBuilder().seal(1_000).receipt(1_010, '2026-11-24T10:00:00.000Z')))
    expect(clock.at(1_005 + 3_600_000).errorMs).toBe(5 + 360)
    expect(clock.at(0).errorMs).toBe(6)
  })

  it('goes by a slower receipt close by rather than by a quick one an hour away', () => {
    const log = new LogBuilder().seal(0).receipt(10, '2026-11-24T10:00:00.005Z').seal(3_600_000).receipt(3_600_200, '2026-11-24T11:00:00.300Z')
    const clock = CallClock.fromEntries(entriesOf(log))
    expect(clock.at(5)).toEqual({ wallMs: Date.parse('2026-11-24T10:00:00.005Z'), errorMs: 5 })
    expect(clock.at(3_600_100)).toEqual({ wallMs: Date.parse('2026-11-24T11:00:00.300Z'), errorMs: 100 })
  })

  it('can be farthest wrong where two receipts bound it alike', () => {
    const log = new LogBuilder().seal(0).receipt(10, '2026-11-24T10:00:00.005Z').seal(3_600_000).receipt(3_600_010, '2026-11-24T11:00:00.005Z')
    const clock = CallClock.fromEntries(entriesOf(log))
    expect(clock.largestErrorMs(3_600_000)).toBe(5 + 180)
    expect(clock.largestErrorMs(3_600_000)).toBeGreaterThan(clock.at(0).errorMs ?? 0)
    expect(clock.largestErrorMs(7_200_000)).toBe(5 + 360)
  })

  it('is never wrong by more than it says, whatever the drift within the tolerance', () => {
    const startMs = Date.parse('2026-11-24T10:00:00.000Z')
    const serverMs = (atMs: number): number => startMs + atMs * (1 + DRIFT_PPM / 1e6)
    const log = new LogBuilder()
    for (const [sealAtMs, tookMs] of [[30_000, 400], [60_000, 20], [600_000, 90], [1_800_000, 35]] as const) {
      log.seal(sealAtMs).receipt(sealAtMs + tookMs, new Date(Math.round(serverMs(sealAtMs + tookMs * 0.8))).toISOString())
    }
    const clock = CallClock.fromEntries(entriesOf(log))
    for (let atMs = 0; atMs <= 3_600_000; atMs += 7_919) {
      const { wallMs, errorMs } = clock.at(atMs)
      expect(Math.abs(wallMs - serverMs(atMs))).toBeLessThanOrEqual((errorMs ?? 0) + 1)
      expect(errorMs).toBeLessThanOrEqual(clock.largestErrorMs(3_600_000) ?? 0)
    }
  })

  it('is not moved by a receipt for a seal that is not there', () => {
    const log = new LogBuilder().receipt(2_000, '2026-11-24T10:00:00.000Z', 0)
    expect(CallClock.fromEntries(entriesOf(log)).at(0).errorMs).toBeNull()
    expect(CallClock.fromEntries(entriesOf(log)).largestErrorMs(2_000)).toBeNull()
  })
})
