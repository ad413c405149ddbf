/** A filter of the call list in SQL, on a "Call" named `c`: always within what the viewer may see. */
import type { CallFilter } from '@/protocol/call-filter'
import { callsVisibleToSql } from '../access/calls-visible-sql'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { Prisma } from '../database/generated/client'
import { AWAY_AFTER_MS } from './agent-away'
import { callsWithWords } from './call-words'
import { parseSearch, type SearchTerm } from './search-terms'

/** Which calls a list has; `zone` (IANA) says where its days begin. */
export type CallSelection = { viewer: Viewer; filter: CallFilter; zone: string; now: Date }

const HAS_NO_TRANSCRIPT = Prisma.sql`c."id" in (select "callId" from "CallTask" where "kind" = 'transcript' and "state" = 'failed')`

/** They are few, and have an index of their own. */
const IS_REFUSED = Prisma.sql`c."id" in (select "id" from "Call" where "fault" is not null)`

export const HAS_LOST = Prisma.sql`(c."lostMs" > 0 and not (${IS_REFUSED}))`

/** What findLookAt of app/call-list/summary.ts shows as a fault, as no transcript or as an agent that is away. */
export const needsLook = (now: Date): Prisma.Sql => Prisma.sql`(${IS_REFUSED} or (c."lostMs" = 0 and (${HAS_NO_TRANSCRIPT} or (c."state" <> 'closed'
  and c."deviceId" in (select "id" from "Device" where "lastSeenAt" < ${new Date(now.getTime() - AWAY_AFTER_MS)})))))`

/** The higher, the sooner somebody should look; 1 for what still runs, whose agent may be away. */
export const URGENCY = Prisma.sql`(case when ${IS_REFUSED} then 4 when c."lostMs" > 0 then 3 when ${HAS_NO_TRANSCRIPT} then 2 when c."state" <> 'closed' then 1 else 0 end)`

export async function selectCalls(database: Database, { viewer, filter, zone, now }: CallSelection): Promise<Prisma.Sql> {
  const conditions = [callsVisibleToSql(viewer), ...periodOf(filter, zone, now)]
  if (filter.technician) conditions.push(Prisma.sql`c."technicianId" = ${filter.technician}::uuid`)
  if (filter.changed) conditions.push(Prisma.sql`c."hasChange" = ${filter.changed === 'yes'}`)
  if (filter.state) conditions.push(Prisma.sql`c."state" = ${filter.state}::"CallState"`)
  if (filter.look) conditions.push(lookOf(filter.look, now))
  if (filter.q) conditions.push(...(await termsOf(database, filter.q)))
  return Prisma.join(conditions, ' and ')
}

function lookOf(look: NonNullable<CallFilter['look']>, now: Date): Prisma.Sql {
  switch (look) {
    case 'any':
      return Prisma.sql`(${HAS_LOST} or ${needsLook(now)})`
    case 'lost':
      return Prisma.sql`c."lostMs" > 0`
    case 'paused':
      return Prisma.sql`c."pausedMs" > 0`
  }
}

function periodOf({ when, from, to }: CallFilter, zone: string, now: Date): Prisma.Sql[] {
  const today = Prisma.sql`(${now}::timestamptz at time zone ${zone})::date`
  const since = (day: Prisma.Sql): Prisma.Sql => Prisma.sql`c."startedAt" >= (${day})::timestamp at time zone ${zone}`
  const before = (day: Prisma.Sql): Prisma.Sql => Prisma.sql`c."startedAt" < (${day})::timestamp at time zone ${zone}`
  switch (when) {
    case 'today':
      return [since(today)]
    case 'yesterday':
      return [since(Prisma.sql`${today} - 1`), before(today)]
    case 'week':
      return [since(Prisma.sql`${today} - 6`)]
    case 'month':
      return [since(Prisma.sql`${today} - 29`)]
    case undefined:
      return [...(from ? [since(Prisma.sql`${from}::date`)] : []), ...(to ? [before(Prisma.sql`${to}::date + 1`)] : [])]
  }
}

/** Each term is met somewhere in the call. A search without a letter or digit finds nothing. */
async function termsOf(database: Database, text: string): Promise<Prisma.Sql[]> {
  const terms = parseSearch(text)
  if (terms.length === 0) return [Prisma.sql`false`]
  const words = terms.filter(({ isPhrase }) => !isPhrase).map(({ query }) => query)
  const phrases = terms.filter(({ isPhrase }) => isPhrase).map(holdsPhrase)
  return words.length > 0 ? [await callsWithWords(database, Prisma.join(words, ' && ')), ...phrases] : phrases
}

/** Whether its words follow each other is known sentence by sentence only; part of a number is an end of it up to somewhere. */
const holdsPhrase = ({ query, digits }: SearchTerm): Prisma.Sql => Prisma.sql`c."id" in (
  select "callId" from "Utterance" where "utteranceWords"("text") @@ ${query}
  union all select "callId" from "Action" where "actionWords"("objectType", "objectId", "objectName", "changes") @@ ${query}
  union all select "id" from "Call" where "customerWords"("customerName") @@ ${query}
  ${digits === null ? Prisma.empty : Prisma.sql`union all select "callId" from "CallWords" where "isClosed" and "words" @@ ${partOfNumber(digits)}
  union all select "callId" from "CallWords" where not "isClosed" and "words" @@ ${partOfNumber(digits)}`})`

/** As "phoneEnds" of the migration writes them. */
const partOfNumber = (digits: string): Prisma.Sql => Prisma.sql`${`'+${digits}':*`}::tsquery`
