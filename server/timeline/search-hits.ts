/** Where in a call the words of a search were said or done: the places that fit best, with what to highlight in each. */
import { Prisma } from '../database/generated/client'
import type { Database } from '../database/client'
import { parseSearch } from './search-terms'
import type { CallHit } from './view'

const HITS_PER_CALL = 3
/** No text can hold them: what is stored has no control characters of this kind in speech or in names. */
const BEGIN = '\u0002'
const END = '\u0003'
const HIGHLIGHTING = `StartSel=${BEGIN}, StopSel=${END}, MaxWords=24, MinWords=12, ShortWord=0, MaxFragments=1, FragmentDelimiter= … `

type Row = Omit<CallHit, 'parts'> & { callId: string; text: string }

/** By call id, each in the order in which it happened. */
export async function findHits(database: Database, callIds: string[], search: string | undefined): Promise<Map<string, CallHit[]>> {
  const queries = parseSearch(search ?? '').map(({ query }) => query)
  if (queries.length === 0 || callIds.length === 0) return new Map()
  const any = Prisma.join(queries.map((query) => Prisma.sql`(${query})`), ' || ')
  const rows = await database.$queryRaw<Row[]>`
    with wanted as materialized (select ${any} as query),
    hit as (
      select "callId", "startMs" as at, "track", null as "verb", "text", ts_rank("utteranceWords"("text"), query) as rank from "Utterance", wanted
      where "callId" = any(${callIds}::uuid[]) and "utteranceWords"("text") @@ query
      union all
      select "callId", "atMs" as at, null, "verb"::text, concat_ws(' ', "objectName", "objectId", change.text),
        ts_rank("actionWords"("objectType", "objectId", "objectName", "changes"), query) as rank
      from "Action", wanted, lateral (
        select string_agg(concat_ws(' ', coalesce(c->>'label', c->>'field'), c->>'from', case when c->>'from' is not null and c->>'to' is not null then '→' end, c->>'to'), ', ') as text
        from jsonb_array_elements("changes") c
      ) as change
      where "callId" = any(${callIds}::uuid[]) and "actionWords"("objectType", "objectId", "objectName", "changes") @@ query
    ),
    best as (select *, row_number() over (partition by "callId" order by rank desc, at) as place from hit)
    select "callId"::text, at as "atMs", "track", "verb", ts_headline('simple', "text", query, ${HIGHLIGHTING}) as text
    from best, wanted where place <= ${HITS_PER_CALL} order by "callId", at`
  const hits = new Map<string, CallHit[]>()
  for (const { callId, atMs, track, verb, text } of rows) hits.set(callId, [...(hits.get(callId) ?? []), { atMs, track, verb, parts: splitHighlights(text) }])
  return hits
}

function splitHighlights(text: string): CallHit['parts'] {
  return text
    .split(/(\u0002[^\u0003]*\u0003)/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith(BEGIN) ? { text: part.slice(1, -1), isMatch: true } : { text: part, isMatch: false }))
}
