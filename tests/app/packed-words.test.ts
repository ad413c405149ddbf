/** Words come out of their packing as they went in, and find their utterances. */
import { expect, it } from 'vitest'
import { packWords, unpackWords, withWords } from '@/app/call/packed-words'
import type { UtteranceView } from '@/server/timeline/view'
import { makeCallView } from './sample-view'

const words = [{ text: 'Flex', startMs: 10, endMs: 200, confidence: 0.966 }, { text: '40', startMs: 210, endMs: 300, confidence: 0.4, joinsPrevious: true as const }]
const utterance: UtteranceView = { id: 'customer-10', track: 'customer', startMs: 10, endMs: 300, text: 'Flex40', words, leakedFrom: null }
const packed = [{ ...words[0], confidence: 0.96 }, words[1]]

it('come out as they went in, confidence in hundredths', () => {
  expect(unpackWords(packWords([utterance]))).toEqual(new Map([['customer-10', packed]]))
})

it('go to the utterances that have none', () => {
  const newer = { ...utterance, id: 'technician-0', words: [words[0]!] }
  const silent = { ...utterance, id: 'customer-900', words: [] }
  const call = withWords(makeCallView({ utterances: [newer, { ...utterance, words: [] }, silent] }), unpackWords(packWords([utterance, { ...newer, words }])))
  expect(call.utterances).toEqual([newer, { ...utterance, words: packed }, silent])
})
