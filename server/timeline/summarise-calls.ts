/** How many calls a filter leaves, how long they are together, and how many of them need a person. */
import type { Database } from '../database/client'
import { Prisma } from '../database/generated/client'
import { type CallSelection, HAS_LOST, needsLook, selectCalls } from './call-query'
import type { CallSummary } from './view'

export async function summariseCalls({ database }: { database: Database }, selection: CallSelection): Promise<CallSummary> {
  const [row] = await database.$queryRaw<[{ count: number; lengthMs: number; lostCount: number; lookCount: number }]>(Prisma.sql`
    select count(*)::int as count, coalesce(sum(c."lengthMs"), 0)::float8 as "lengthMs", (count(*) filter (where ${HAS_LOST}))::int as "lostCount",
      (count(*) filter (where ${needsLook(selection.now)}))::int as "lookCount"
    from "Call" c where ${await selectCalls(database, selection)}`)
  return row
}
