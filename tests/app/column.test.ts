import { describe, expect, it } from 'vitest'
import { type ColumnItem, findItemAt, findWordAt, makeColumn, type Speech } from '@/app/player/column'
import { makeCallView, makeChange, makeUtterance } from './sample-view'

describe('the column of words and deeds', () => {
  it('sets a change between two utterances', () => {
    const column = columnOf([makeUtterance('technician', 1_000, 'It is on.'), makeUtterance('customer', 6_000, 'Good.')], [makeChange(7, 4_000)])
    expect(column.map(tell)).toEqual(['technician: It is on.', 'roaming off → on', 'customer: Good.'])
  })

  it('cuts an utterance after the sentence during which something was changed', () => {
    const column = columnOf([makeUtterance('technician', 1_000, 'I switch it on. Do you see it?')], [makeChange(7, 1_700)])
    expect(column.map(tell)).toEqual(['technician: I switch it on.', 'roaming off → on', 'technician: Do you see it?'])
  })

  it('cuts between the sentences when the change fell into the pause between them', () => {
    const column = columnOf([makeUtterance('technician', 1_000, 'Done. See it?')], [makeChange(7, 1_450)])
    expect(column.map(tell)).toEqual(['technician: Done.', 'roaming off → on', 'technician: See it?'])
  })

  it('never cuts a sentence', () => {
    const column = columnOf([makeUtterance('technician', 1_000, 'one moment please and')], [makeChange(7, 1_700)])
    expect(column.map(tell)).toEqual(['technician: one moment please and', 'roaming off → on'])
  })

  it('never cuts a number that is written of several words', () => {
    const { words, ...utterance } = makeUtterance('technician', 1_000, 'It costs $2. 50 a day')
    const joined = words.map((word) => (word.text === '50' ? { ...word, joinsPrevious: true as const } : word))
    const column = columnOf([{ ...utterance, words: joined }], [makeChange(7, 2_100)])
    expect(column.map(tell)).toEqual(['technician: It costs $2. 50 a day', 'roaming off → on'])
  })

  it('loses no word and no deed however they fall', () => {
    const text = 'A b. C d e. F. G h i j. K'
    const changes = Array.from({ length: 12 }, (_, index) => makeChange(index, 1_000 + index * 450))
    const column = columnOf([makeUtterance('customer', 1_000, text)], changes)
    const spoken = column.flatMap((item) => (item.kind === 'speech' ? [textOf(item.speech)] : []))
    expect(spoken.join(' ')).toBe(text)
    expect(column.filter((item) => item.kind === 'action')).toHaveLength(12)
    expect(new Set(column.map((item) => item.id)).size).toBe(column.length)
    expect(column.map((item) => item.atMs)).toEqual(column.map((item) => item.atMs).sort((a, b) => a - b))
  })

  it('says a name once while the same party goes on', () => {
    const column = columnOf([makeUtterance('technician', 0, 'One.'), makeUtterance('technician', 3_000, 'Two.'), makeUtterance('customer', 6_000, 'Three.')], [])
    expect(column.map((item) => item.kind === 'speech' && item.speech.goesOn)).toEqual([false, true, false])
  })

  it('does not let speech that leaked from the other track go on under its name', () => {
    const leaked = { ...makeUtterance('customer', 3_000, 'One.'), leakedFrom: 'technician' as const }
    const column = columnOf([makeUtterance('customer', 0, 'Zero.'), leaked, makeUtterance('customer', 6_000, 'Two.')], [])
    expect(column.map((item) => item.kind === 'speech' && item.speech.goesOn)).toEqual([false, false, false])
  })

  it('shows a pause and a loss, with by whom and why, and leaves out what is shorter than half a second', () => {
    const by = { id: 't1', name: 'Linda Marsh' }
    const column = makeColumn(makeCallView(), [
      { fromMs: 0, toMs: 500, tracks: ['screen'], state: 'starting' },
      { fromMs: 500, toMs: 700, tracks: ['screen'], state: 'lost', cause: 'display-lost', detail: null },
      { fromMs: 5_000, toMs: 9_000, tracks: ['technician'], state: 'paused', by: by.name, reason: 'card' },
    ])
    expect(column.map((item) => item.id)).toEqual(['missing-5000'])
  })
})

describe('what supervisors did', () => {
  const range = (fromMs: number, toMs: number, state: 'recorded' | 'lost' = 'recorded') => (state === 'lost' ? { fromMs, toMs, state, cause: 'capture-stalled' as const } : { fromMs, toMs, state })

  it('stands where somebody came or went, and where he spoke, each time he began anew', () => {
    const coach = { track: 'coach' as const, recordedMs: 0, pausedMs: 0, lostMs: 0, ranges: [range(2_000, 4_000), range(4_100, 4_300, 'lost'), range(4_300, 6_000), range(20_000, 21_000)] }
    const person = { id: 's1', name: 'Sari Wibowo' }
    const column = makeColumn(makeCallView({ coach, presences: [{ seq: 4, atMs: 1_000, person, as: 'witness', state: 'joined' }] }), [])
    expect(column.map(({ id }) => id)).toEqual(['presence-4', 'coach-2000', 'coach-20000'])
    expect(column.flatMap((item) => (item.kind === 'coach' ? [item.stretch] : []))).toEqual([{ fromMs: 2_000, toMs: 6_000, lostMs: 200 }, { fromMs: 20_000, toMs: 21_000, lostMs: 0 }])
  })
})

describe('finding what is current', () => {
  const items = [{ atMs: 0 }, { atMs: 1_000 }, { atMs: 1_000 }, { atMs: 5_000 }]
  it.each([
    [-1, -1],
    [0, 0],
    [999, 0],
    [1_000, 2],
    [60_000, 3],
  ])('at %i ms finds item %i', (atMs, index) => expect(findItemAt(items, atMs)).toBe(index))

  it('finds the word being spoken, and none between words', () => {
    const { words } = makeUtterance('technician', 1_000, 'one two')
    expect([findWordAt(words, 1_000), findWordAt(words, 1_450), findWordAt(words, 1_500)]).toEqual([0, -1, 1])
  })
})

const columnOf = (utterances: ReturnType<typeof makeUtterance>[], actions: ReturnType<typeof makeChange>[]): ColumnItem[] =>
  makeColumn(makeCallView({ utterances, actions }), [])

const textOf = ({ words }: Speech): string => words.map(({ text }) => text).join(' ')

function tell(item: ColumnItem): string {
  if (item.kind === 'speech') return `${item.speech.utterance.track}: ${textOf(item.speech)}`
  if (item.kind !== 'action') return item.kind
  const [change] = item.action.changes
  return `${change!.field} ${change!.from} → ${change!.to}`
}
