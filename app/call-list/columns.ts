/** The columns of the list, and which of them there is room for: with whom, when and what to look at on every screen. */
import type { CallFilter } from '@/protocol/call-filter'

export const COLUMNS = ['customer', 'technician', 'began', 'length', 'changed', 'recorded', 'look'] as const
export type Column = (typeof COLUMNS)[number]

export const NOT_ON_PHONE = 'max-md:hidden'
/** What to look at says in words what the bar draws. */
export const ONLY_WIDE = 'max-wide:hidden'
export const COLUMN_LOOKS: Readonly<Partial<Record<Column, string>>> = { technician: NOT_ON_PHONE, length: `text-right ${NOT_ON_PHONE}`, changed: NOT_ON_PHONE, recorded: ONLY_WIDE }
export const isOrder = (column: Column): column is NonNullable<CallFilter['sort']> & Column => column === 'began' || column === 'length' || column === 'look'
