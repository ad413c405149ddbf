/** What was changed during calls, for their line in a list. */
import type { FieldChange } from '@/protocol/entries'
import type { Database } from '../database/client'

const SHOWN = 3

export type CallChanges = { count: number; first: FieldChange[] }
type Row = FieldChange & { callId: string; count: number }

/** By call id; a field that was changed several times counts once, from its first value to its last. */
export async function findChanges(database: Database, callIds: string[]): Promise<Map<string, CallChanges>> {
  const rows = await database.$queryRaw<(Omit<Row, 'label'> & { label: string | null })[]>`
    with change as (
      select "callId", "seq", "ordinality" as place, "objectType", "objectId", "value"->>'field' as field, "value"->>'label' as label,
        "value"->>'from' as was, "value"->>'to' as became
      from "Action", jsonb_array_elements("changes") with ordinality
      where "callId" = any(${callIds}::uuid[])
    ), field as (
      select "callId", field, (array_agg(label order by "seq", place))[1] as label, (array_agg(was order by "seq", place))[1] as was,
        (array_agg(became order by "seq" desc, place desc))[1] as became,
        row_number() over (partition by "callId" order by min("seq"), min(place)) as number, (count(*) over (partition by "callId"))::int as count
      from change group by "callId", "objectType", "objectId", field
    )
    select "callId"::text, field, label, was as "from", became as "to", count from field where number <= ${SHOWN} order by "callId", number`
  const changes = new Map<string, CallChanges>()
  for (const { callId, count, label, ...change } of rows) {
    const known = changes.get(callId) ?? { count, first: [] }
    known.first.push(label === null ? change : { ...change, label })
    changes.set(callId, known)
  }
  return changes
}
