/** Calls by a name that somebody types: customer, telephone number, ticket or technician; the newest first. */
import { callIdSchema, type CallId } from '@/protocol/ids'
import { TICKET_TYPES } from '@/protocol/tickets'
import { callsVisibleToSql } from '../access/calls-visible-sql'
import type { Viewer } from '../access/sessions'
import { Prisma } from '../database/generated/client'
import type { Database } from '../database/client'
import { findTickets } from './find-tickets'
import { parseSearch, type SearchTerm } from './search-terms'
import type { FoundCall } from './view'

const MOST_FOUND = 8

type Row = { id: string; startedAt: Date; customerName: string | null; customerPhone: string | null; technician: string }

/** Nothing for a text without a letter or a digit. */
export async function findCallsByName(database: Database, viewer: Viewer, text: string): Promise<FoundCall[]> {
  const terms = parseSearch(text)
  if (terms.length === 0) return []
  const rows = await database.$queryRaw<Row[]>`
    select c."id"::text, c."startedAt", c."customerName", c."customerPhone", technician."name" as technician
    from "Call" c join "User" technician on technician."id" = c."technicianId"
    where ${callsVisibleToSql(viewer)} and ${Prisma.join(terms.map(isNamed), ' and ')}
    order by c."startedAt" desc, c."id" desc limit ${MOST_FOUND}`
  const tickets = await findTickets(database, rows.map(({ id }) => id))
  return rows.map(({ id, startedAt, customerName, customerPhone, technician }) => ({
    id: callIdSchema.parse(id) satisfies CallId,
    startedAt: startedAt.toISOString(),
    customer: { name: customerName, phone: customerPhone },
    technician,
    ticket: tickets.get(id) ?? null,
  }))
}

const isNamed = ({ query, digits }: SearchTerm): Prisma.Sql => Prisma.sql`(
  c."technicianId" in (select "id" from "User" where "customerWords"("name") @@ ${query})
  or c."id" in (
    select "id" from "Call" where "customerWords"("customerName") @@ ${query}
    union all select "callId" from "Action" where "actionWords"("objectType", "objectId", "objectName", "changes") @@ ${query}
      and lower("objectType") = any(${TICKET_TYPES}::text[]) and "customerWords"("objectId") @@ ${query}
    ${digits === null ? Prisma.empty : Prisma.sql`union all select "id" from "Call" where "phoneDigits"("customerPhone") like ${`%${digits}%`}`}))`
