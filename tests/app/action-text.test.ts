/** Actions in the words of the lane, as messages/en.json has them. */
import { createTranslator } from 'next-intl'
import { expect, it } from 'vitest'
import { actionLabel } from '@/app/call/action-text'
import messages from '@/messages/en.json'
import { makeChange } from './sample-view'

const t = createTranslator({ locale: 'en-GB', messages, namespace: 'call' })
const roaming = makeChange(7, 1_000)
const plan = { field: 'plan', label: 'Plan', from: 'Flex 20', to: 'Flex 50' }

it('shows a change by its values', () => expect(actionLabel(roaming, t)).toBe('Roaming off → on'))

it('says of a save that it is one, with all that it saved', () => {
  expect(actionLabel({ ...roaming, verb: 'saved', changes: [...roaming.changes, plan] }, t)).toBe('Saved: Roaming off → on, Plan Flex 20 → Flex 50')
  expect(actionLabel({ ...roaming, verb: 'saved', changes: [] }, t)).toBe('Saved')
})
