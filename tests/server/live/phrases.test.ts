import { expect, test } from 'vitest'
import { findPhrases } from '@/server/live/phrases'

const PHRASES = ['cancel', 'lawyer', 'recorded?', 'speak to a manager', 'reply', 'charge', 'IMEI 12']

test.each([
  ['I want to cancel.', ['cancel']],
  ['It was CANCELLED, and cancelling it again…', ['cancel']],
  ['canceled, cancels', ['cancel']],
  ['My lawyer’s letter; "lawyers" too', ['lawyer']],
  ['Is this call being recorded', ['recorded?']],
  ['Can I speak\nto a manager, please?', ['speak to a manager']],
  ['Speaking to a managers’ friend', ['speak to a manager']],
  ['He replied and was charged, charging on', ['reply', 'charge']],
  ['the imei, 12', ['IMEI 12']],
  ['A lawyer will cancel it', ['cancel', 'lawyer']],
])('%s', (text, found) => {
  expect(findPhrases(text, PHRASES)).toEqual(found)
})

test.each(['cancellation', 'precancel', 'flawyer', 'I record it', 'speak to the manager', 'speak to a', 'charger', 'IMEI 123', ''])('none of them is in "%s"', (text) => {
  expect(findPhrases(text, PHRASES)).toEqual([])
})

test('a phrase without a word, and no phrase at all, are found nowhere', () => {
  expect(findPhrases('well, well?', ['?', '', ' '])).toEqual([])
  expect(findPhrases('well', [])).toEqual([])
})

test('short words are taken as they are', () => {
  expect(findPhrases('the sims', ['sim'])).toEqual(['sim'])
  expect(findPhrases('goes', ['go'])).toEqual([])
})

test('words of other languages are found with their letters', () => {
  expect(findPhrases('Ich will KÜNDIGEN!', ['kündigen'])).toEqual(['kündigen'])
})
