/** The tickets of calls: of each the one that was open last, as its actions tell; not yet a confirmed link. */
import { TICKET_TYPES } from '@/protocol/tickets'
import type { Database } from '../database/client'
import type { TicketView } from './view'

export async function findTickets(database: Database, callIds: readonly string[]): Promise<Map<string, TicketView>> {
  const rows = await database.$queryRaw<(TicketView & { callId: string })[]>`
    select distinct on ("callId") "callId"::text, "source", "objectId" as "id" from "Action"
    where "callId" = any(${callIds}::uuid[]) and lower("objectType") = any(${TICKET_TYPES}::text[]) and "objectId" is not null
    order by "callId", "atMs" desc, "seq" desc`
  return new Map(rows.map(({ callId, source, id }) => [callId, { source, id }]))
}
