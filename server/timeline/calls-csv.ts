/** The list of calls as a table for spreadsheets: what the page shows, with all digits and in UTC. */
import messages from '@/messages/en.json'
import type { CallFilter } from '@/protocol/call-filter'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { listCalls } from './load-calls'
import type { CallListItem } from './view'

const CALLS_PER_QUERY = 500
const HEAD: readonly string[] = Object.values(messages.calls.csv)

type Cell = string | number | null

/** The head, then a row for each call; asks the database for more as the rows are taken. */
export async function* makeCallRows(deps: { database: Database }, viewer: Viewer, { filter, zone, origin }: { filter: CallFilter; zone: string; origin: string }): AsyncGenerator<readonly Cell[]> {
  yield HEAD
  let before: string | null = null
  do {
    const page = await listCalls(deps, viewer, { limit: CALLS_PER_QUERY, before, filter, zone })
    for (const call of page.items) yield toRow(call, origin)
    before = page.next
  } while (before !== null)
}

/** In the order of `calls.csv` in the messages. */
const toRow = ({ id, isSample, customer, ticket, technician, startedAt, lengthMs, state, changeCount, changes, tracks, fault, transcript }: CallListItem, origin: string): Cell[] => [
  customer.name,
  customer.phone,
  ticket && `${ticket.source} #${ticket.id}`,
  technician.name,
  startedAt,
  lengthMs / 1_000,
  state,
  changeCount,
  changes.map(({ label, field, from, to }) => `${label ?? field}: ${from ?? ''} → ${to ?? ''}`).join('; '),
  Math.max(0, ...tracks.map(({ pausedMs }) => pausedMs)) / 1_000,
  Math.max(0, ...tracks.map(({ lostMs }) => lostMs)) / 1_000,
  fault,
  transcript,
  isSample ? messages.calls.sample : null,
  `${origin}/calls/${id}`,
]
