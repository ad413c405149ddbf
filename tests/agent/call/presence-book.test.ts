import { beforeEach, expect, it } from 'vitest'
import { PresenceBook } from '@/agent/call/presence-book'
import type { PresenceData } from '@/protocol/presence'

const SAM = { id: 's', name: 'Sam Okafor' }
let written: string[]
const write = ({ person, as, state }: PresenceData): void => void written.push(`${person.id} ${as} ${state}`)
const shownIn = (book: PresenceBook): string[] => book.shown.map(({ person, as }) => `${person.id} ${as}`)

beforeEach(() => {
  written = []
})

it('writes one coming once, however often it is told, and shows it as the latest telling says', () => {
  const book = new PresenceBook([], write)
  book.join(SAM, 'supervisor', false)
  expect(shownIn(book)).toEqual([])
  book.join(SAM, 'supervisor', true)
  expect(shownIn(book)).toEqual(['s supervisor'])
  book.join(SAM, 'supervisor', false)
  expect(shownIn(book)).toEqual([])
  expect(written).toEqual(['s supervisor joined'])
})

it('shows whom an earlier agent knew when the server tells of him again, without a second coming', () => {
  const book = new PresenceBook([{ person: SAM, as: 'supervisor' }], write)
  expect(shownIn(book)).toEqual([])
  book.join(SAM, 'supervisor', true)
  expect([shownIn(book), written]).toEqual([['s supervisor'], []])
})

it('ends one role and keeps the others of the same person', () => {
  const book = new PresenceBook([], write)
  for (const role of ['supervisor', 'witness', 'coach'] as const) book.join(SAM, role, true)
  book.leave(SAM, 'supervisor')
  expect(shownIn(book)).toEqual(['s witness', 's coach'])
  expect(written.slice(3)).toEqual(['s supervisor left'])
})

it('ends the coaching when the person has left altogether', () => {
  const book = new PresenceBook([], write)
  for (const role of ['supervisor', 'witness', 'coach'] as const) book.join(SAM, role, true)
  book.leave(SAM, 'witness')
  book.leave(SAM, 'supervisor')
  expect(shownIn(book)).toEqual([])
  expect(written.slice(3)).toEqual(['s witness left', 's supervisor left', 's coach left'])
})

it('writes the leaving of nobody who is not there', () => {
  const book = new PresenceBook([], write)
  book.leave(SAM, 'supervisor')
  expect(written).toEqual([])
})

it('keeps of a guest who invited him and as what, from his coming to his leaving', () => {
  const all: PresenceData[] = []
  const guest = { person: { id: 'i', name: 'Rudi Hartanto' }, invited: { as: 'trainee', by: SAM } } as const
  const book = new PresenceBook([], (data) => void all.push(data))
  book.join(guest.person, 'witness', true, guest.invited)
  expect(book.shown).toEqual([{ ...guest, as: 'witness' }])
  book.leaveAll()
  expect(all).toEqual([{ ...guest, as: 'witness', state: 'joined' }, { ...guest, as: 'witness', state: 'left' }])
})

it('keeps that of a guest whom an earlier agent knew', () => {
  const all: PresenceData[] = []
  const guest = { person: { id: 'i', name: 'Rudi Hartanto' }, as: 'witness', invited: { as: 'witness', by: SAM } } as const
  new PresenceBook([guest], (data) => void all.push(data)).leaveAll()
  expect(all).toEqual([{ ...guest, state: 'left' }])
})
