/** What is left of a call's words, deeds and losses in a stretch of it: all that lies within, and nothing else. */
import { describe, expect, it } from 'vitest'
import { actionsWithin, completenessWithin, utterancesWithin } from '@/server/training/stretch'
import { makeChange, makeUtterance } from '../../app/sample-view'

const STRETCH = { startMs: 10_000, endMs: 20_000 }

describe('words of a stretch', () => {
  it('begin with the stretch, and those that an edge cuts are left out', () => {
    // Words at 9 500, 10 000, 10 500; and at 19 000, 19 500, 20 000.
    const cut = utterancesWithin([makeUtterance('customer', 9_500, 'my pin is'), makeUtterance('technician', 19_000, 'do not tell')], STRETCH)
    expect(cut.map(({ text, startMs, endMs, words }) => [text, startMs, endMs, words.length])).toEqual([
      ['pin is', 0, 900, 2],
      ['do not', 9_000, 9_900, 2],
    ])
    expect(JSON.stringify(cut)).not.toMatch(/my|tell|19000/)
  })

  it('without places of their own are there only as a whole', () => {
    const whole = { ...makeUtterance('customer', 12_000, 'yes please'), words: [] }
    const overEdge = { ...makeUtterance('customer', 19_500, 'no thank you'), words: [] }
    expect(utterancesWithin([whole, overEdge], STRETCH)).toEqual([{ ...whole, id: 'customer-2000', startMs: 2_000, endMs: 2_900 }])
  })
})

it('deeds begin with the stretch and do not tell how many went before; the end is not part of it', () => {
  expect(actionsWithin([makeChange(3, 9_999), makeChange(7, 10_000), makeChange(9, 19_999), makeChange(12, 20_000)], STRETCH).map(({ seq, atMs }) => [seq, atMs])).toEqual([[0, 0], [1, 9_999]])
})

describe('what was not recorded', () => {
  const by = { id: 'u1', name: 'Linda Marsh' }
  const track = { track: 'screen' as const, recordedMs: 0, pausedMs: 0, lostMs: 0, ranges: [{ fromMs: 0, toMs: 9_000, state: 'recorded' as const }, { fromMs: 9_000, toMs: 12_000, state: 'paused' as const, by, reason: 'card' }, { fromMs: 12_000, toMs: 40_000, state: 'lost' as const, cause: 'agent-stopped' as const, detail: '/home/linda/screen' }] }

  it('is cut at the edges, and what a program said of it is left out', () => {
    expect(completenessWithin([track], STRETCH, true)).toEqual([{ track: 'screen', ranges: [{ fromMs: 0, toMs: 2_000, state: 'paused', by, reason: 'card' }, { fromMs: 2_000, toMs: 10_000, state: 'lost', cause: 'agent-stopped' }] }])
  })

  it('names nobody to whoever may not see the call', () => {
    expect(JSON.stringify(completenessWithin([track], STRETCH, false))).not.toContain('Linda')
  })
})
