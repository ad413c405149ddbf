import { expect, it } from 'vitest'
import { mergeWords } from '@/app/live-client/words'
import type { LiveWords } from '@/protocol/live-messages'

const said = (track: LiveWords['track'], startMs: number, text: string, isFinal = false): LiveWords => ({ track, startMs, endMs: startMs + 900, text, isFinal })

it('replaces what was said of a stretch, keeps the other party, and stays in order of time', () => {
  const before = [said('technician', 0, 'hell'), said('customer', 2_000, 'yes')]
  const after = mergeWords(before, [said('technician', 1_000, 'how'), said('technician', 0, 'Hello', true)])
  expect(after.map(({ text }) => text)).toEqual(['Hello', 'how', 'yes'])
  expect(before[0]!.text).toBe('hell')
})

it('drops a stretch that turned out to hold no words', () => {
  expect(mergeWords([said('customer', 0, 'uh')], [said('customer', 0, '', true)])).toEqual([])
})
