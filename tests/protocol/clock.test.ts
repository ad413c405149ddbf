import { describe, expect, it } from 'vitest'
import { CallClock } from '@/protocol/clock'
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

  it('trusts the quickest receipt of all', () => {
    const log = new LogBuilder().seal(1_000).receipt(9_000, '2026-11-24T10:00:00.000Z').seal(10_000).receipt(10_010, '2026-11-24T11:00:00.000Z')
    expect(CallClock.fromEntries(entriesOf(log)).at(10_005)).toEqual({ wallMs: Date.parse('2026-11-24T11:00:00.000Z'), errorMs: 5 })
  })

  it('is not moved by a receipt for a seal that is not there', () => {
    const log = new LogBuilder().receipt(2_000, '2026-11-24T10:00:00.000Z', 0)
    expect(CallClock.fromEntries(entriesOf(log)).at(0).errorMs).toBeNull()
  })
})
