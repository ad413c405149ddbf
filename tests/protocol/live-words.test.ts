import { expect, test } from 'vitest'
import type { LiveWords } from '@/protocol/live-messages'
import { addLiveWords } from '@/protocol/live-words'

const words = (startMs: number, endMs: number, text: string, isFinal = false, track: LiveWords['track'] = 'customer'): LiveWords => ({ track, startMs, endMs, text, isFinal })
const show = (...news: LiveWords[]) => news.reduce<LiveWords[]>(addLiveWords, []).map(({ text }) => text)

test('a caption that has grown replaces itself and leaves the other voice alone', () => {
  expect(show(words(0, 500, 'my'), words(200, 600, 'yes', false, 'technician'), words(0, 900, 'my sim'))).toEqual(['my sim', 'yes'])
})

test('an utterance replaces the captions of its time, and those stay until it comes', () => {
  const captions = [words(0, 4_000, 'my sin card', true), words(4_700, 9_000, 'is dead', true)]
  expect(show(...captions)).toEqual(['my sin card', 'is dead'])
  expect(show(...captions, words(20, 4_050, 'My SIM card', true))).toEqual(['My SIM card', 'is dead'])
  expect(show(...captions, words(20, 9_100, 'My SIM card is dead.', true))).toEqual(['My SIM card is dead.'])
})

test('a caption that goes on beyond an utterance stays until the rest has come too', () => {
  const caption = words(0, 20_000, 'one two', true)
  expect(show(caption, words(0, 11_000, 'One', true))).toEqual(['One'])
  expect(show(words(5, 20_000, 'one two', true), words(0, 11_000, 'One', true))).toEqual(['One', 'one two'])
  expect(show(words(5, 20_000, 'one two', true), words(0, 11_000, 'One', true), words(11_000, 20_010, 'two.', true))).toEqual(['One', 'two.'])
})

test('a caption that comes after its utterance is not shown', () => {
  expect(show(words(0, 4_000, 'My SIM', true), words(10, 3_900, 'my sin'))).toEqual(['My SIM'])
  expect(show(words(0, 4_000, 'My SIM', true), words(10, 6_000, 'my sim card'))).toEqual(['My SIM', 'my sim card'])
})

test('words without text take away what they correct', () => {
  expect(show(words(0, 500, 'you'), words(0, 800, '', true))).toEqual([])
})
