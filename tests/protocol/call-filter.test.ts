/** Filters in addresses: the same filter has the same address, and an address that makes no sense leaves nothing out. */
import { expect, it } from 'vitest'
import { formatCallFilter, leavesOut, parseCallFilter } from '@/protocol/call-filter'

const roundTrip = (search: string): string => formatCallFilter(parseCallFilter(new URLSearchParams(search)))

it.each([
  ['look=any&q=roaming', 'q=roaming&look=any'],
  ['from=2026-11-01&to=2026-11-24&technician=5f2b3c4d-1111-4222-8333-444455556666&changed=no&state=closed&sort=length&turned=yes', null],
  ['q=%22roaming%20on%22%20%26', 'q=%22roaming+on%22+%26'],
])('%s stands in the address in one way', (search, expected) => expect(roundTrip(search)).toBe(expected ?? search))

it.each(['look=everything', 'from=24.11.2026', 'technician=Linda', 'q=', `q=${'x'.repeat(300)}`, 'sort=; drop table', 'unknown=1'])('%s is as if it were not there', (search) => expect(roundTrip(search)).toBe(''))

it('an order leaves no call out', () => {
  expect(leavesOut({ sort: 'length', turned: 'yes' })).toBe(false)
  expect(leavesOut({ q: 'roaming' })).toBe(true)
})
