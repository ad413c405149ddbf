import { describe, expect, it } from 'vitest'
import { BUFFER_MS, PlayOut } from '@/agent/coach/play-out'

/** Packets as `[number, nowMs]` to `[atMs, silenceMs]`, `null` for one that is not heard. */
function place(...packets: [number: number, nowMs: number][]): ([number, number] | null)[] {
  const playOut = new PlayOut()
  return packets.map(([number, nowMs]) => {
    const placed = playOut.place(number, nowMs)
    return placed && [placed.atMs, placed.silenceMs]
  })
}

describe('a coach’s voice', () => {
  it('waits for 60 ms at first and then goes on without a break, however late single packets come', () => {
    expect(place([0, 1_000], [1, 1_055], [2, 1_056], [3, 1_060])).toEqual([[1_060, BUFFER_MS], [1_080, 0], [1_100, 0], [1_120, 0]])
  })

  it('has silence where packets are missing', () => {
    expect(place([0, 1_000], [3, 1_060])).toEqual([[1_060, 60], [1_120, 40]])
    const playOut = new PlayOut()
    expect([0, 1, 3, 0].map((number, index) => playOut.place(number, index * 20)?.isBehindLoss)).toEqual([false, false, true, false])
  })

  it('goes on a little later when the buffer has run dry', () => {
    expect(place([0, 1_000], [1, 1_200], [2, 1_201])).toEqual([[1_060, 60], [1_260, 60], [1_280, 0]])
  })

  it('leaves out what would be heard more than a quarter of a second late, and catches up', () => {
    const burst = place(...Array.from({ length: 30 }, (_, number): [number, number] => [number, 1_000]), [30, 1_600])
    expect(burst.filter((placed) => placed !== null)).toHaveLength(11)
    expect(burst.at(-1)).toEqual([1_660, 60])
  })

  it('hears no packet twice, and a new press where the one before stands', () => {
    expect(place([0, 1_000], [1, 1_020], [1, 1_021], [0, 1_040])).toEqual([[1_060, 60], [1_080, 0], null, [1_100, 0]])
  })

  it('catches up in what is missing, as far as the loss can still be told', () => {
    expect(place([0, 1_000], [50, 1_020])).toEqual([[1_060, 60], [1_120, 40]])
    expect(place([0, 1_000], [1, 1_000], [2, 1_000], [3, 1_000], [9, 1_010])).toEqual([[1_060, 60], [1_080, 0], [1_100, 0], [1_120, 0], [1_180, 40]])
  })
})
