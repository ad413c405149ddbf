/**
 * Which calls a list shows and in what order, as it stands in an address: `/calls?when=today&look=any&q=roaming`. Pages, the
 * routes that give more rows and the CSV file, and saved views all read the same words.
 */
import { z } from 'zod'

export const MAX_QUERY_LENGTH = 200
export const CALL_ORDERS = ['began', 'length', 'look'] as const
/** Days in the zone of whoever looks. */
export const CALL_PERIODS = ['today', 'yesterday', 'week', 'month'] as const
export const CALL_STATES = ['recording', 'wrapup', 'closed'] as const
/** `any`: whatever has something in the column "To look at" once the call is over. */
export const CALL_LOOKS = ['any', 'lost', 'paused'] as const

/** A part that makes no sense is left out, as if it were not there: an address may be old, or cut off on its way. */
export const callFilterSchema = z.object({
  /** What was said, done, or whom it was with. */
  q: z.string().trim().min(1).max(MAX_QUERY_LENGTH).optional().catch(undefined),
  when: z.enum(CALL_PERIODS).optional().catch(undefined),
  /** First and last day, both included; `when` goes before them. */
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  technician: z.uuid().optional().catch(undefined),
  /** Whether something was changed. */
  changed: z.enum(['yes', 'no']).optional().catch(undefined),
  state: z.enum(CALL_STATES).optional().catch(undefined),
  look: z.enum(CALL_LOOKS).optional().catch(undefined),
  /** `began` when there is none. */
  sort: z.enum(CALL_ORDERS).optional().catch(undefined),
  /** Newest, longest and worst first, unless it is turned around. */
  turned: z.literal('yes').optional().catch(undefined),
})
export type CallFilter = z.infer<typeof callFilterSchema>

const FIELDS = ['q', 'when', 'from', 'to', 'technician', 'changed', 'state', 'look', 'sort', 'turned'] as const satisfies readonly (keyof CallFilter)[]

export function parseCallFilter(search: URLSearchParams): CallFilter {
  const given = FIELDS.flatMap((field) => (search.has(field) ? [[field, search.get(field)] as const] : []))
  return Object.fromEntries(Object.entries(callFilterSchema.parse(Object.fromEntries(given))).filter(([, value]) => value !== undefined))
}

/** What stands after the question mark, always in the same order: the same filter has the same address. */
export function formatCallFilter(filter: CallFilter): string {
  const search = new URLSearchParams()
  for (const field of FIELDS) if (filter[field] !== undefined) search.set(field, filter[field])
  return search.toString()
}

/** Whether it leaves any call out; the order does not. */
export const leavesOut = ({ sort: _sort, turned: _turned, ...rest }: CallFilter): boolean => Object.values(rest).some((value) => value !== undefined)
