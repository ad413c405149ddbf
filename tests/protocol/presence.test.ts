import { expect, it } from 'vitest'
import { parseLine } from '@/protocol/entries'
import { presenceRole } from '@/protocol/presence'

const SARI = { id: 's', name: 'Sari Wibowo' }
const RUDI = { id: 'i', name: 'Rudi Hartanto' }
const frame = { v: 1, seq: 4, atMs: 9_000, prev: '0'.repeat(64), kind: 'presence' }
const parse = (data: object) => parseLine(new TextEncoder().encode(JSON.stringify({ ...frame, data })))

it('a guest is a witness to readers that know no more, and what he was invited as to the others', () => {
  const data = { person: RUDI, as: 'witness', state: 'joined', invited: { as: 'trainee', by: SARI } } as const
  expect(parse(data)).toMatchObject({ kind: 'presence', data })
  expect(presenceRole(data)).toBe('trainee')
  expect(presenceRole({ ...data, invited: { as: 'witness', by: SARI } })).toBe('witness')
})

it('whoever came in his own right is what he came as', () => {
  for (const as of ['supervisor', 'witness', 'coach'] as const) {
    expect(parse({ person: SARI, as, state: 'joined' })).toMatchObject({ data: { as } })
    expect(presenceRole({ as })).toBe(as)
  }
})

it('an invitation without who invited is malformed', () => {
  expect(() => parse({ person: RUDI, as: 'witness', state: 'joined', invited: { as: 'trainee' } })).toThrow(/malformed/)
})
