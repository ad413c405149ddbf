/** Actions in the words of the lane, as messages/en.json has them. */
import { createTranslator } from 'next-intl'
import { expect, it } from 'vitest'
import { actionLabel, describeAction, describeObject } from '@/app/call/action-text'
import messages from '@/messages/en.json'
import { makeChange } from './sample-view'

const t = createTranslator({ locale: 'en-GB', messages, namespace: 'call' })
const roaming = makeChange(7, 1_000)
const plan = { field: 'plan', label: 'Plan', from: 'Flex 20', to: 'Flex 50' }

it('shows a change by its values', () => expect(actionLabel(roaming, t)).toBe('Roaming off → on'))

it('says what was done to what, as a sentence', () => {
  const rina = { ...roaming, object: { type: 'customer', id: '7', name: 'Rina Hartono' }, changes: [] }
  expect((['opened', 'visited', 'saved', 'focused'] as const).map((verb) => describeAction({ ...rina, verb }, t))).toEqual([
    'Opened customer Rina Hartono',
    'Visited customer Rina Hartono',
    'Saved customer Rina Hartono',
    'Switched to customer Rina Hartono',
  ])
  expect(describeObject(rina)).toBe('Customer Rina Hartono')
})

it('keeps names and values of another direction from turning the line round', () => {
  const arabic = { ...roaming, changes: [{ field: 'plan', label: 'الخطة', from: 'Flex 20', to: 'فليكس' }] }
  expect(actionLabel(arabic, t)).toBe('\u2068الخطة\u2069 Flex 20 → \u2068فليكس\u2069')
})

it('says of a save that it is one, with all that it saved', () => {
  expect(actionLabel({ ...roaming, verb: 'saved', changes: [...roaming.changes, plan] }, t)).toBe('Saved: Roaming off → on, Plan Flex 20 → Flex 50')
  expect(actionLabel({ ...roaming, verb: 'saved', changes: [] }, t)).toBe('Saved')
})
