import { describe, expect, it } from 'vitest'
import { isLooping, lengthWithoutLoop } from '@/server/transcribe/moonshine/loop-guard'
import { formatNumbers } from '@/server/transcribe/number-format'
import { spokenWords } from '@/server/transcribe/spoken-words'
import { countWordErrors, wordErrorRate } from '@/server/transcribe/word-error-rate'
import { textOfWords, type Word } from '@/server/transcribe/words'

/** A `+` in front joins a word to the one before. */
const makeWords = (text: string): Word[] =>
  text.split(' ').map((part, index) => ({
    text: part.replace(/^\+/, ''),
    startMs: index * 100,
    endMs: index * 100 + 90,
    confidence: 1,
    ...(part.startsWith('+') && { joinsPrevious: true as const }),
  }))
const formatted = (text: string): string => textOfWords(formatNumbers(makeWords(text)))

describe('numbers', () => {
  it.each([
    ['My number is One, five, two, oh, three.', 'My number is 15203.'],
    ['1- +5- +2- +0- +3', '15203'],
    ['Three, three, one, o, one, eight, eight. Thanks', '3310188. Thanks'],
    ['O +2 +1 +7 +3', '02173'],
    ['S, f, d, nine six oh one', 'S, f, d, 9601'],
  ])('reads %s as %s', (heard, read) => expect(formatted(heard)).toBe(read))

  it.each(['one or two days', '6 +8 +3- +6 +0 +2 +7', '1, +0 +0 +0 euros', 'oh oh oh', 'two three'])('leaves %s alone', (heard) => {
    expect(formatNumbers(makeWords(heard))).toEqual(makeWords(heard))
  })

  it('keeps the time of each digit', () => {
    const digits = formatNumbers(makeWords('code one, five, two'))
    expect(digits.map(({ text, startMs }) => [text, startMs])).toEqual([['code', 0], ['1', 100], ['5', 200], ['2', 300]])
  })
})

describe('word error rate', () => {
  it.each([
    ["I'm sorry, that's 897 dollars.", 'i am sorry that is eight hundred ninety seven dollars'],
    ['$20', 'twenty dollars'],
    ['Okay, Mr. Jones', 'ok mister jones'],
    ['one two oh four', '1204'],
    ['the 3rd of May', 'the third of may'],
    ["can't", 'cannot'],
  ])('takes %s and %s for the same', (said, heard) => expect(wordErrorRate(said, heard)).toBe(0))

  it('counts what is missing, added and exchanged against what was said', () => {
    expect(countWordErrors('please switch roaming on now', 'please which roaming on')).toEqual({ errors: 2, words: 5 })
    expect(wordErrorRate('yes', 'yes that is right')).toBe(3)
    expect(wordErrorRate('', '')).toBe(0)
  })

  it('leaves fillers out', () => expect(spokenWords('Uh, yes, um, mhm.')).toEqual(['yes']))
})

describe('loop guard', () => {
  it('notices a phrase that is said again and again, and keeps it once', () => {
    const tokens = [9, 8, ...Array.from({ length: 5 }, () => [1, 2, 3]).flat()]
    expect(isLooping(tokens)).toBe(true)
    expect(lengthWithoutLoop(tokens)).toBe(5)
  })

  it('lets a number with equal digits pass', () => {
    expect(isLooping([7, 7, 7, 7, 5, 5, 5])).toBe(false)
    expect(lengthWithoutLoop([4, 7, 7, 5])).toBe(4)
  })
})
