/** Writes projected calls into the database: a few statements for any number of calls, and twice is the same as once. */
import type { Completeness } from '@/protocol/completeness'
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import { lostOnceStarted } from '../timeline/not-recorded'
import type { CallProjection } from './call-projection'

export type ProjectedCall = { callId: CallId; projection: CallProjection; completeness: Completeness | null; fault: string | null }

/** `fault` and `completeness` are kept when there is no new one; a row never steps back behind what it reflects. */
export async function writeProjectedCalls(database: Database, calls: ProjectedCall[]): Promise<void> {
  const rows = calls.map(toRow)
  const actions = calls.flatMap(({ callId, projection }) => projection.newActions.map(({ seq, atMs, data }) => ({ callId, seq, atMs, ...data })))
  await database.$transaction(async (transaction) => {
    await transaction.$executeRaw`
      insert into "Call" ("id", "technicianId", "deviceId", "state", "startedAt", "timeZone", "lengthMs", "closedAt", "projectedSeq",
        "customerName", "customerPhone", "completeness", "lostMs", "pausedMs", "hasChange", "fault")
      select "id"::uuid, "technicianId"::uuid, "deviceId"::uuid, "state"::"CallState", "startedAt"::timestamptz, "timeZone", "lengthMs",
        "closedAt"::timestamptz, "projectedSeq", "customerName", "customerPhone", "completeness"::jsonb,
        coalesce("lostMs", 0), coalesce("pausedMs", 0), "hasChange", "fault"
      from unnest(${column(rows, 'id')}::text[], ${column(rows, 'technicianId')}::text[], ${column(rows, 'deviceId')}::text[],
        ${column(rows, 'state')}::text[], ${column(rows, 'startedAt')}::text[], ${column(rows, 'timeZone')}::text[],
        ${column(rows, 'lengthMs')}::int[], ${column(rows, 'closedAt')}::text[], ${column(rows, 'projectedSeq')}::int[],
        ${column(rows, 'customerName')}::text[], ${column(rows, 'customerPhone')}::text[], ${column(rows, 'completeness')}::text[],
        ${column(rows, 'lostMs')}::int[], ${column(rows, 'pausedMs')}::int[], ${column(rows, 'hasChange')}::boolean[], ${column(rows, 'fault')}::text[])
        as row("id", "technicianId", "deviceId", "state", "startedAt", "timeZone", "lengthMs", "closedAt", "projectedSeq",
          "customerName", "customerPhone", "completeness", "lostMs", "pausedMs", "hasChange", "fault")
      on conflict ("id") do update set
        "state" = excluded."state", "lengthMs" = excluded."lengthMs", "closedAt" = excluded."closedAt",
        "projectedSeq" = excluded."projectedSeq", "customerName" = excluded."customerName", "customerPhone" = excluded."customerPhone",
        "completeness" = coalesce(excluded."completeness", "Call"."completeness"),
        "lostMs" = case when excluded."completeness" is null then "Call"."lostMs" else excluded."lostMs" end,
        "pausedMs" = case when excluded."completeness" is null then "Call"."pausedMs" else excluded."pausedMs" end,
        "hasChange" = excluded."hasChange", "fault" = coalesce("Call"."fault", excluded."fault")
      where "Call"."projectedSeq" <= excluded."projectedSeq"`
    if (actions.length === 0) return
    await transaction.$executeRaw`
      insert into "Action" ("callId", "seq", "atMs", "source", "verb", "objectType", "objectId", "objectName", "objectUrl", "changes")
      select "callId"::uuid, "seq", "atMs", "source", "verb", "objectType", "objectId", "objectName", "objectUrl", "changes"::jsonb
      from unnest(${column(actions, 'callId')}::text[], ${column(actions, 'seq')}::int[], ${column(actions, 'atMs')}::int[],
        ${actions.map(({ source }) => storable(source))}::text[], ${column(actions, 'verb')}::text[],
        ${actions.map(({ object }) => storable(object.type))}::text[], ${actions.map(({ object }) => storable(object.id))}::text[],
        ${actions.map(({ object }) => storable(object.name))}::text[], ${actions.map(({ object }) => storable(object.url))}::text[],
        ${actions.map(({ changes }) => storableJson(changes))}::text[])
        as row("callId", "seq", "atMs", "source", "verb", "objectType", "objectId", "objectName", "objectUrl", "changes")
      on conflict do nothing`
  })
}

function toRow({ callId, projection, completeness, fault }: ProjectedCall) {
  const { open, state, seq, lengthMs, closedAtMs, customer, hasChange } = projection
  if (!open) throw new Error(`call ${callId} was to be projected before its entry 0 was read`)
  const { name, phone } = customer.best
  return {
    id: callId,
    technicianId: open.technician.id,
    deviceId: open.deviceId,
    state,
    startedAt: open.startedAt,
    timeZone: open.timeZone,
    lengthMs,
    closedAt: closedAtMs === null ? null : new Date(Date.parse(open.startedAt) + closedAtMs).toISOString(),
    projectedSeq: seq,
    customerName: storable(name),
    customerPhone: storable(phone),
    completeness: completeness && storableJson(completeness),
    lostMs: completeness && worstOf(completeness.tracks.map(lostOnceStarted)),
    pausedMs: completeness && worstOf(completeness.tracks.map(({ pausedMs }) => pausedMs)),
    hasChange,
    fault: storable(fault),
  }
}

const worstOf = (lengths: number[]): number => Math.max(0, ...lengths)

const column = <R, K extends keyof R>(rows: R[], key: K): R[K][] => rows.map((row) => row[key])

/** Postgres takes neither NUL nor half a surrogate pair in text; the log keeps what was written. */
function storable(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : Buffer.from(text.replaceAll('\0', '')).toString()
}

const storableJson = (value: unknown): string => JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part))
