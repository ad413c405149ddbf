import { describe, expect, it } from 'vitest'
import { makeColumn } from '@/app/player/column'
import { findUnordered } from '@/app/player/order'
import type { CallView } from '@/server/timeline/view'
import { makeCallView, makeChange, makeUtterance } from './sample-view'

const speech = { ...makeUtterance('customer', 5_000, 'Yes.'), endMs: 6_000 }
const unordered = (call: Partial<CallView>) => [...findUnordered(makeColumn(makeCallView(call), []))].map(([id, { withinMs, other }]) => [id, other.atMs, withinMs])

describe('a change', () => {
  it('just after the words cannot be ordered with their end', () => {
    expect(unordered({ utterances: [speech], actions: [makeChange(1, 6_200)] })).toEqual([['action-1', 5_000, 240]])
  })
  it('well after them can', () => expect(unordered({ utterances: [speech], actions: [makeChange(1, 6_300)] })).toEqual([]))
  it('in the midst of them is during them', () => expect(unordered({ utterances: [speech], actions: [makeChange(1, 5_500)] })).toEqual([]))
  it('is in order with another that the same program told', () => expect(unordered({ actions: [makeChange(1, 6_000), makeChange(2, 6_010)] })).toEqual([]))
  it('is not with one that another program told', () => {
    expect(unordered({ actions: [makeChange(1, 6_000), { ...makeChange(2, 6_010), source: 'desktop' }] })).toEqual([['action-1', 6_010, 80], ['action-2', 6_000, 80]])
  })
})
