/** Whom a call was with. */
import { expect, it } from 'vitest'
import type { ActionData } from '@/protocol/entries'
import { CustomerGuess } from '@/server/timeline/customer'

const action = (object: ActionData['object'], changes: ActionData['changes'] = []): ActionData => ({ source: 'crm', verb: 'opened', object, changes })
const guess = (...actions: ActionData[]) => {
  const customer = new CustomerGuess()
  for (const each of actions) customer.add(each)
  return customer.best
}
const budi = { type: 'customer', id: 'C-20418', name: 'Budi Santoso' }

it('knows nobody in a call without a CRM', () => {
  expect(guess(action({ type: 'window', name: 'Budi Santoso' }))).toEqual({ name: null, phone: null })
})

it('takes the person whom most actions concern, not the one who was opened by mistake', () => {
  expect(guess(action({ type: 'customer', id: 'C-1', name: 'Wrong' }), action(budi), action(budi)).name).toBe('Budi Santoso')
})

it('finds the phone number in a changed field or in the id, and takes no record number for one', () => {
  expect(guess(action(budi)).phone).toBeNull()
  expect(guess(action(budi, [{ field: 'mobile', from: '+62 811 000', to: null }])).phone).toBe('+62 811 000')
  expect(guess(action({ type: 'subscriber', id: '+628110001112' })).phone).toBe('+628110001112')
  expect(guess(action({ type: 'customer', id: '20418' })).phone).toBeNull()
})
