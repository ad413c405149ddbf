import { expect, it } from 'vitest'
import { DeskBook, type DeskNews } from '@/server/live/desk-book'

const news = (values: Partial<DeskNews>): DeskNews => ({ onCall: [], away: [], idle: [], faults: {}, ...values })

it('a technician whose call runs has no other place on the wallboard, even while his agent is away', () => {
  const book = new DeskBook(() => news({ onCall: ['sari'], away: ['rudi'], idle: ['dewi'] }))
  expect(book.read().onCall).toEqual(['sari', 'rudi'])
})

it('one whose agent is back without the call has, whichever server it came back to', () => {
  const book = new DeskBook(() => news({ away: ['rudi', 'eka'], idle: ['rudi'], faults: { rudi: 'No microphone.' } }))
  book.hear('another', news({ idle: ['eka'], faults: { eka: 'The disk is full.' } }))
  expect(book.read()).toEqual({ onCall: [], faults: { rudi: 'No microphone.', eka: 'The disk is full.' } })
})

it('what a server said counts until it has been silent for five seconds', () => {
  const book = new DeskBook(() => news({}))
  book.hear('another', news({ onCall: ['sari'] }), 1_000)
  expect(book.read(6_000).onCall).toEqual(['sari'])
  expect(book.read(6_001).onCall).toEqual([])
})
