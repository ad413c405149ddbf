/**
 * Strings of digits as people read them: "One, five, two, oh, three" and "1-5-2-0-3" become 15203, each digit a word of its
 * own that keeps its time. Quantities, years and grouped numbers stay as the engine wrote them.
 */
import { digitOfWord, isOh } from './number-words'
import type { Word } from './words'

/** Fewer spoken digits in a row may be a count ("one or two"), not a number. */
const LEAST_DIGITS = 3

/** One digit as the engine wrote it, or null. `separator` is what it put behind. */
type DigitWord = { digit: string; separator: string }

export function formatNumbers(words: readonly Word[]): Word[] {
  const result: Word[] = []
  let at = 0
  while (at < words.length) {
    const run = readRun(words, at)
    result.push(...(isDigitString(run) ? joinDigits(run) : run.map(({ word }) => word)))
    at += run.length
    if (run.length === 0) result.push(words[at++]!)
  }
  return result
}

type Run = { word: Word; digit: DigitWord }[]

function readRun(words: readonly Word[], at: number): Run {
  const run: Run = []
  for (let index = at; index < words.length; index++) {
    const word = words[index]!
    const digit = readDigit(word.text)
    if (!digit) break
    run.push({ word, digit })
    // A full stop or question mark ends the number with the sentence.
    if (!/^[-,]?$/.test(digit.separator)) break
  }
  return run
}

function readDigit(text: string): DigitWord | null {
  const match = /^([a-z]+|\d)([^a-z\d]*)$/i.exec(text)
  if (!match) return null
  const [, core = '', separator = ''] = match
  const lower = core.toLowerCase()
  const digit = /^\d$/.test(core) ? core : isOh(lower) ? '0' : digitOfWord(lower)
  return digit === null ? null : { digit, separator }
}

/** Digits said one by one, or an O that was written for a zero; "683-6027", "90210" and "1,000" are grouped already. */
function isDigitString(run: Run): boolean {
  const groups = groupDigits(run)
  const spokenAlone = groups.filter((group) => group.length === 1)
  if (spokenAlone.every(([item]) => isOh(item!.word.text.toLowerCase())) && spokenAlone.length > 0) return false
  return spokenAlone.length >= LEAST_DIGITS || groups.some((group) => group.length >= LEAST_DIGITS && isOh(group[0]!.word.text.toLowerCase()))
}

/** Digits that the engine wrote as one figure. */
function groupDigits(run: Run): Run[] {
  const groups: Run[] = []
  run.forEach((item, index) => {
    const before = run[index - 1]
    if (before && item.word.joinsPrevious && before.digit.separator === '') groups.at(-1)!.push(item)
    else groups.push([item])
  })
  return groups
}

function joinDigits(run: Run): Word[] {
  return run.map(({ word, digit: { digit, separator } }, index) => {
    const text = index === run.length - 1 ? digit + separator : digit
    const { joinsPrevious: _, ...rest } = word
    return index === 0 ? { ...word, text } : { ...rest, text, joinsPrevious: true as const }
  })
}
