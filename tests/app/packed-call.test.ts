/** A call comes out of its packing as it went in. */
import { expect, it } from 'vitest'
import { packCall, unpackCall } from '@/app/call/packed-call'
import { makeCallView } from './sample-view'

it('comes out as it went in, confidence in hundredths', () => {
  const words = [{ text: 'Flex', startMs: 10, endMs: 200, confidence: 0.966 }, { text: '40', startMs: 210, endMs: 300, confidence: 0.4, joinsPrevious: true as const }]
  const call = makeCallView({ utterances: [{ id: 'customer-10', track: 'customer', startMs: 10, endMs: 300, text: 'Flex40', words, leakedFrom: null }] })
  const [utterance] = call.utterances
  expect(unpackCall(packCall(call))).toEqual({ ...call, utterances: [{ ...utterance, words: [{ ...words[0], confidence: 0.96 }, words[1]] }] })
})
