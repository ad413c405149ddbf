/**
 * Word error rate: how many words must be put in, taken out or exchanged to get from what was heard to what was said, as a
 * fraction of what was said. Spelling that sounds the same counts as the same: see `spoken-words.ts`.
 */
import { spokenWords } from './spoken-words'

export type WordErrors = { errors: number; words: number }
/** A word that was heard right: its place in both texts. */
export type WordMatch = { said: number; heard: number }

export function wordErrorRate(said: string, heard: string): number {
  const { errors, words } = countWordErrors(said, heard)
  return words === 0 ? (errors === 0 ? 0 : 1) : errors / words
}

/** Counts, for a rate over many texts: add up both and divide. */
export function countWordErrors(said: string, heard: string): WordErrors {
  const { errors, words } = alignWords(spokenWords(said), spokenWords(heard))
  return { errors, words }
}

/** Levenshtein distance over words, with the matches of one cheapest way. */
export function alignWords(said: readonly string[], heard: readonly string[]): WordErrors & { matches: WordMatch[] } {
  const width = heard.length + 1
  const costs = new Int32Array((said.length + 1) * width)
  const cost = (row: number, column: number): number => costs[row * width + column]!
  const exchange = (row: number, column: number): number => cost(row - 1, column - 1) + (said[row - 1] === heard[column - 1] ? 0 : 1)
  for (let row = 0; row <= said.length; row++) {
    for (let column = 0; column <= heard.length; column++) {
      const isEdge = row === 0 || column === 0
      costs[row * width + column] = isEdge ? row + column : Math.min(exchange(row, column), cost(row - 1, column) + 1, cost(row, column - 1) + 1)
    }
  }
  const matches: WordMatch[] = []
  let [row, column] = [said.length, heard.length]
  while (row > 0 && column > 0) {
    if (cost(row, column) === exchange(row, column)) {
      if (said[row - 1] === heard[column - 1]) matches.push({ said: row - 1, heard: column - 1 })
      row--
      column--
    } else if (cost(row, column) === cost(row - 1, column) + 1) row--
    else column--
  }
  return { errors: cost(said.length, heard.length), words: said.length, matches: matches.reverse() }
}
