import { createTranslator } from 'next-intl'
import { expect, it } from 'vitest'
import { describeAct } from '@/app/audit/verb-text'
import messages from '@/messages/en.json'

const t = createTranslator({ locale: 'en-GB', messages, namespace: 'audit' })

it.each([
  ['looked', null, 'Looked at a call'],
  ['looked', { clip: 'Greets' }, 'Opened the clip “Greets” of a call'],
  ['training-list-changed', { list: 'Roaming' }, 'Changed the training list “Roaming”'],
  ['training-list-changed', { list: 'Roaming', team: 'East', teamBefore: null }, 'Changed whose the training list “Roaming” is: before its maker’s alone, now that of the team East'],
  ['training-list-changed', { list: 'Roaming', team: null, teamBefore: 'East' }, 'Changed whose the training list “Roaming” is: before that of the team East, now its maker’s alone'],
  ['of a later version', null, 'of a later version'],
])('%s with %o is told in a sentence', (verb, detail, sentence) => {
  expect(describeAct({ verb, detail }, t)).toBe(sentence)
})
