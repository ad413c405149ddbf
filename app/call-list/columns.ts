/** The columns of the list, and what a narrow window has room for: with whom, when, how long, and what to look at. */
import type { CallFilter } from '@/protocol/call-filter'

export const COLUMNS = ['customer', 'ticket', 'technician', 'began', 'length', 'changed', 'recorded', 'look'] as const
export type Column = (typeof COLUMNS)[number]

export const NOT_ON_PHONE = 'max-md:hidden'
/** What changed and what to look at go before the number of the ticket. */
export const ON_WIDE = 'max-xl:hidden'
export const COLUMN_LOOKS: Readonly<Partial<Record<Column, string>>> = { ticket: ON_WIDE, technician: NOT_ON_PHONE, length: 'text-right', changed: NOT_ON_PHONE, recorded: NOT_ON_PHONE }
export const isOrder = (column: Column): column is NonNullable<CallFilter['sort']> & Column => column === 'began' || column === 'length' || column === 'look'
