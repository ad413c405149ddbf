/** Keys that walk through the list of calls. */
import { expect, it } from 'vitest'
import { findRowToGoTo } from '@/app/call-list/row-keys'

const rows = { active: 5, count: 100, perScreen: 10 }

it.each([
  ['ArrowDown', 6],
  ['ArrowUp', 4],
  ['PageDown', 15],
  ['PageUp', 0],
  ['Home', 0],
  ['End', 99],
  ['a', null],
])('%s leads from row 5 to %s', (key, to) => expect(findRowToGoTo(key, rows)).toBe(to))

it('leads nowhere past the ends, nor in an empty list', () => {
  expect(findRowToGoTo('ArrowUp', { ...rows, active: 0 })).toBeNull()
  expect(findRowToGoTo('ArrowDown', { ...rows, active: 99 })).toBeNull()
  expect(findRowToGoTo('Home', { ...rows, count: 0 })).toBeNull()
})
