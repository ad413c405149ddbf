/** The columns of the devices, and what a phone has room for: which device, is it ready, and the way to put it out. */
export const COLUMNS = ['name', 'technician', 'version', 'seen', 'ready', 'since'] as const

/** With the one for the button, which has no heading. */
export const COLUMN_COUNT = COLUMNS.length + 1
export const NOT_ON_PHONE = 'max-md:hidden'
export const isOnPhone = (column: (typeof COLUMNS)[number]): boolean => column === 'name' || column === 'ready'
