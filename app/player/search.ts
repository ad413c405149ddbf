/** Searching the words and deeds of a call: where a text occurs in what the column shows. Pure. */
import type { WordView } from '@/server/timeline/view'
import type { ColumnItem } from './column'

/** `[from, to)` in characters of a text. */
export type TextRange = Readonly<{ from: number; to: number }>
/** One occurrence; going to it goes to `atMs`. */
export type Hit = Readonly<{ itemId: string; atMs: number }>

/** Capitals, accents and kinds of space make no difference; the length stays, so that ranges fit the text as it is shown. */
export function fold(text: string): string {
  return [...text].map((character) => foldCharacter(character)).join('')
}

function foldCharacter(character: string): string {
  const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  if (/\s/.test(character)) return ' '.repeat(character.length)
  return plain.length === character.length ? plain : character
}

/** Every place where `query` stands in `text`, in order, without overlaps; none for an empty query. */
export function findInText(text: string, query: string): TextRange[] {
  const [hay, needle] = [fold(text), fold(query.trim())]
  const ranges: TextRange[] = []
  if (needle === '') return ranges
  for (let from = hay.indexOf(needle); from !== -1; from = hay.indexOf(needle, from + needle.length)) ranges.push({ from, to: from + needle.length })
  return ranges
}

/** For each word whether it belongs to an occurrence, which may run over several. */
export function findInWords(words: readonly WordView[], query: string): { firstWords: number[]; marked: ReadonlySet<number> } {
  const { text, starts } = joinWords(words)
  const marked = new Set<number>()
  const firstWords = findInText(text, query).map(({ from, to }) => {
    const first = starts.findLastIndex((start) => start <= from)
    for (let index = first; index < words.length && starts[index]! < to; index++) marked.add(index)
    return first
  })
  return { firstWords, marked }
}

/** `textOf` gives what the column shows of an item that is not speech. In order of the column. */
export function searchColumn(items: readonly ColumnItem[], query: string, textOf: (item: ColumnItem) => string): Hit[] {
  if (query.trim() === '') return []
  return items.flatMap((item): Hit[] => {
    if (item.kind === 'speech' && item.speech.words.length > 0) {
      const { words } = item.speech
      return findInWords(words, query).firstWords.map((word) => ({ itemId: item.id, atMs: words[word]!.startMs }))
    }
    return findInText(textOf(item), query).map(() => ({ itemId: item.id, atMs: item.atMs }))
  })
}

/** The hit to go to: the first at or after the position, then round from the beginning; back goes the other way. */
export function nextHit(hits: readonly Hit[], current: number | null, atMs: number, direction: 1 | -1): number | null {
  if (hits.length === 0) return null
  if (current !== null) return (current + direction + hits.length) % hits.length
  const ahead = hits.findIndex((hit) => hit.atMs >= atMs)
  if (direction === 1) return ahead === -1 ? 0 : ahead
  return ((ahead === -1 ? hits.length : ahead) - 1 + hits.length) % hits.length
}

function joinWords(words: readonly WordView[]): { text: string; starts: number[] } {
  let text = ''
  const starts = words.map((word, index) => {
    if (index > 0 && !word.joinsPrevious) text += ' '
    const start = text.length
    text += word.text
    return start
  })
  return { text, starts }
}
