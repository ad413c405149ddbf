/** The calls that somebody may see: those that a filter leaves, a page at a time. */
import { z } from 'zod'
import type { CallFilter } from '@/protocol/call-filter'
import { type CallId, callIdSchema } from '@/protocol/ids'
import { callsVisibleTo } from '../access/policy'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { Prisma } from '../database/generated/client'
import { findSamples } from '../samples/find-samples'
import { awaySince } from './agent-away'
import { findChanges } from './call-changes'
import { selectCalls, URGENCY } from './call-query'
import { findTickets } from './find-tickets'
import { lostOnceStarted, mergeNotRecorded, storedCompletenessSchema } from './not-recorded'
import { findHits } from './search-hits'
import type { CallList, CallListItem } from './view'

const MAX_LIMIT = 500

export type CallPage = {
  limit: number
  /** `next` of the page before. One that this server did not give is taken as none. */
  before?: string | null
  filter?: CallFilter
  /** Where days begin, IANA name. */
  zone?: string
}

type Place = { id: CallId; startedAt: Date; lengthMs: number; urgency: number }

export async function listCalls({ database }: { database: Database }, viewer: Viewer, { limit, before, filter = {}, zone = 'UTC' }: CallPage, now = new Date()): Promise<CallList> {
  const pageLength = Math.min(Math.max(1, limit), MAX_LIMIT)
  const order = orderOf(filter)
  const after = order.parseCursor(before)
  const selected = await selectCalls(database, { viewer, filter, zone, now })
  const places = await database.$queryRaw<Place[]>`
    select c."id"::text, c."startedAt", c."lengthMs", ${order.needsUrgency ? URGENCY : Prisma.sql`0`} as urgency from "Call" c
    where ${selected} ${after ? Prisma.sql`and ${after}` : Prisma.empty}
    order by ${order.by} limit ${pageLength + 1}`
  const page = places.slice(0, pageLength)
  const last = page.at(-1)
  const items = await loadItems(database, viewer, page.map(({ id }) => id), filter.q, now)
  return { items, next: places.length > pageLength && last ? order.cursorOf(last) : null }
}

type Order = {
  needsUrgency: boolean
  by: Prisma.Sql
  /** The condition for what comes after the row that the cursor names. */
  parseCursor: (cursor: string | null | undefined) => Prisma.Sql | null
  cursorOf: (place: Place) => string
}

/** Each order ends in the id, so that no two calls share a place and a page can begin after any of them. */
function orderOf({ sort = 'began', turned }: CallFilter): Order {
  const direction = Prisma.raw(turned ? 'asc' : 'desc')
  const beyond = Prisma.raw(turned ? '>' : '<')
  const parse = <T extends z.ZodType>(schema: T, toSql: (parts: z.output<T>) => Prisma.Sql) => (cursor: string | null | undefined) => {
    const parsed = schema.safeParse(cursor?.split(' '))
    return parsed.success ? toSql(parsed.data) : null
  }
  switch (sort) {
    case 'began':
      return {
        needsUrgency: false,
        by: Prisma.sql`c."startedAt" ${direction}, c."id" ${direction}`,
        parseCursor: parse(z.tuple([z.iso.datetime(), callIdSchema]), ([at, id]) => Prisma.sql`(c."startedAt", c."id") ${beyond} (${at}::timestamptz, ${id}::uuid)`),
        cursorOf: ({ startedAt, id }) => `${startedAt.toISOString()} ${id}`,
      }
    case 'length':
      return {
        needsUrgency: false,
        by: Prisma.sql`c."lengthMs" ${direction}, c."id" ${direction}`,
        parseCursor: parse(z.tuple([z.coerce.number().int(), callIdSchema]), ([lengthMs, id]) => Prisma.sql`(c."lengthMs", c."id") ${beyond} (${lengthMs}::int, ${id}::uuid)`),
        cursorOf: ({ lengthMs, id }) => `${lengthMs} ${id}`,
      }
    case 'look':
      return {
        needsUrgency: true,
        by: Prisma.sql`${URGENCY} ${direction}, c."startedAt" ${direction}, c."id" ${direction}`,
        parseCursor: parse(z.tuple([z.coerce.number().int(), z.iso.datetime(), callIdSchema]), ([urgency, at, id]) => Prisma.sql`(${URGENCY}, c."startedAt", c."id") ${beyond} (${urgency}::int, ${at}::timestamptz, ${id}::uuid)`),
        cursorOf: ({ urgency, startedAt, id }) => `${urgency} ${startedAt.toISOString()} ${id}`,
      }
  }
}

/** In the order of `ids`. The policy is asked again, in its other form: two must err before somebody sees too much. */
async function loadItems(database: Database, viewer: Viewer, ids: CallId[], search: string | undefined, now: Date): Promise<CallListItem[]> {
  const [rows, actionCounts, changes, hits, tickets, samples] = await Promise.all([
    database.call.findMany({
      where: { AND: [callsVisibleTo(viewer), { id: { in: ids } }] },
      select: {
        id: true, state: true, startedAt: true, timeZone: true, lengthMs: true, customerName: true, customerPhone: true, completeness: true, fault: true,
        technician: { select: { id: true, name: true } },
        device: { select: { lastSeenAt: true } },
        tasks: { where: { kind: 'transcript' }, select: { state: true } },
      },
    }),
    countActions(database, ids),
    findChanges(database, ids),
    findHits(database, ids, search),
    findTickets(database, ids),
    findSamples(database, ids),
  ])
  const items = rows.map((row): CallListItem => {
    const completeness = row.completeness === null ? null : storedCompletenessSchema.parse(row.completeness)
    return {
      id: callIdSchema.parse(row.id),
      isSample: samples.has(row.id),
      state: row.state,
      startedAt: row.startedAt.toISOString(),
      timeZone: row.timeZone,
      lengthMs: row.lengthMs,
      technician: row.technician,
      customer: { name: row.customerName, phone: row.customerPhone },
      ticket: tickets.get(row.id) ?? null,
      agentAwaySince: row.state === 'closed' ? null : awaySince(row.device.lastSeenAt, now),
      fault: row.fault,
      actionCount: actionCounts.get(row.id) ?? 0,
      changeCount: changes.get(row.id)?.count ?? 0,
      changes: changes.get(row.id)?.first ?? [],
      tracks: completeness?.tracks.map(({ track, recordedMs, pausedMs, ranges }) => ({ track, recordedMs, pausedMs, lostMs: lostOnceStarted({ ranges }) })) ?? [],
      notRecorded: mergeNotRecorded(completeness?.tracks ?? []),
      transcript: row.tasks[0]?.state ?? null,
      hits: hits.get(row.id) ?? [],
    }
  })
  const byId = new Map(items.map((item) => [item.id, item]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

async function countActions(database: Database, callIds: string[]): Promise<Map<string, number>> {
  const rows = await database.action.groupBy({ by: 'callId', where: { callId: { in: callIds } }, _count: true })
  return new Map(rows.map(({ callId, _count }) => [callId, _count]))
}
