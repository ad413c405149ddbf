/** Who was with a call, as messages/en.json says it. */
import { createTranslator } from 'next-intl'
import { expect, it } from 'vitest'
import { presenceSentence } from '@/app/call/coach-text'
import messages from '@/messages/en.json'

const t = createTranslator({ locale: 'en-GB', messages, namespace: 'call' })
const rudi = { id: 'i', name: 'Rudi' }
const by = { id: 's', name: 'Sari' }

it.each([
  ['joined', 'trainee', 'Rudi began to listen as a trainee, invited by Sari.'],
  ['left', 'trainee', 'Rudi listened as a trainee until here, invited by Sari.'],
  ['joined', 'witness', 'Rudi came as an outside witness, invited by Sari.'],
  ['left', 'witness', 'Rudi was an outside witness until here, invited by Sari.'],
] as const)('of a guest who %s as a %s it says who invited him', (state, as, sentence) => {
  expect(presenceSentence({ seq: 1, atMs: 0, person: rudi, as: 'witness', state, invited: { as, by } }, t)).toBe(sentence)
})

it('of whoever came in his own right it says what he did', () => {
  expect(presenceSentence({ seq: 1, atMs: 0, person: by, as: 'witness', state: 'joined' }, t)).toBe('Sari came as a witness.')
  expect(presenceSentence({ seq: 1, atMs: 0, person: by, as: 'supervisor', state: 'left' }, t)).toBe('Sari listened until here.')
})
