import { describe, expect, it } from 'vitest'
import { makeColumn } from '@/app/player/column'
import { findInText, findInWords, nextHit, searchColumn } from '@/app/player/search'
import { makeCallView, makeChange, makeUtterance } from './sample-view'

describe('a text', () => {
  it('is found whatever its capitals and accents, where it stands', () => {
    expect(findInText('Crème brûlée, CREME', 'creme')).toEqual([{ from: 0, to: 5 }, { from: 14, to: 19 }])
  })
  it('that is empty is found nowhere', () => expect(findInText('anything', '  ')).toEqual([]))
})

describe('words', () => {
  const { words } = makeUtterance('customer', 0, 'I do not want the twenty-four month plan.')
  it('are found over their boundaries, and each of them is marked', () => {
    const { firstWords, marked } = findInWords(words, 'WANT the twenty')
    expect([firstWords, [...marked]]).toEqual([[3], [3, 4, 5]])
  })
  it('are found in the middle of one', () => expect([...findInWords(words, 'four').marked]).toEqual([5]))
})

describe('searching a call', () => {
  const call = makeCallView({ utterances: [makeUtterance('technician', 1_000, 'Roaming is on, roaming works.')], actions: [makeChange(3, 9_000)] })
  const hits = searchColumn(makeColumn(call, []), 'roaming', (item) => (item.kind === 'action' ? 'Roaming off on' : ''))
  it('counts each occurrence, in words and in deeds, at its own time', () => expect(hits.map(({ atMs }) => atMs)).toEqual([1_000, 2_500, 9_000]))
  it('goes on from the playhead, and round', () => {
    expect([nextHit(hits, null, 2_000, 1), nextHit(hits, null, 2_000, -1), nextHit(hits, 2, 0, 1), nextHit(hits, 0, 0, -1), nextHit([], null, 0, 1)]).toEqual([1, 0, 0, 2, null])
  })
})
