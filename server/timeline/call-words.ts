/**
 * The calls in which words were said or done, or whose customer has them in his name or number. Each word is met somewhere in
 * the call, not all of them in one sentence: a row of "CallWords" holds all words of a call.
 */
import type { Database } from '../database/client'
import { Prisma } from '../database/generated/client'

/** Up to here the calls are named; beyond, one meets the next of them soon by going through the list in its order. */
const FEW = 5_000

/** A condition on a "Call" named `c`. `query` is a `tsquery` of words without places. */
export async function callsWithWords(database: Database, query: Prisma.Sql): Promise<Prisma.Sql> {
  // Postgres guesses badly how many calls have words with this beginning, and then sorts all or goes through all.
  const found = await database.$queryRaw<{ id: string }[]>`
    select "callId"::text as id from "CallWords" where "isClosed" and "words" @@ (${query})
    union all select "callId"::text from "CallWords" where not "isClosed" and "words" @@ (${query}) limit ${FEW + 1}`
  if (found.length <= FEW) return Prisma.sql`c."id" = any(${found.map(({ id }) => id)}::uuid[])`
  return Prisma.sql`exists (select 1 from "CallWords" w where w."callId" = c."id" and w."words" @@ (${query}))`
}
