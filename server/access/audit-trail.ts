/**
 * The audit trail as it is read: newest first, by keyset on the entries' numbers, filtered.
 *
 * An admin reads everything. A technician, where a team of his has that rule, reads who looked at, listened to or downloaded
 * his calls, and who was invited to one. Nobody else reads any of it.
 */
import { z } from 'zod'
import { callIdSchema, userIdSchema, type CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import { Prisma } from '../database/generated/client'
import { AUDIT_VERBS, type AuditVerb } from './audit'
import type { Viewer } from './sessions'
import { seesLooks } from './teams'

export const LOOK_VERBS = ['looked', 'listened', 'downloaded', 'listened-live', 'live-invited', 'live-joined', 'live-invitation-ended'] as const satisfies readonly AuditVerb[]
const GUEST_VERBS: ReadonlySet<string> = new Set<AuditVerb>(['live-invitation-confirmed', 'live-joined'])
const verbs = Object.keys(AUDIT_VERBS) as [AuditVerb, ...AuditVerb[]]

/** As they stand in the address; what cannot be read is left out. */
export const auditFilterSchema = z.object({
  person: userIdSchema.optional().catch(undefined),
  verb: z.enum(verbs).optional().catch(undefined),
  call: callIdSchema.optional().catch(undefined),
  /** First and last day, both included, in the reader's zone. */
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
})
export type AuditFilter = z.infer<typeof auditFilterSchema>

type Name = { id: string; name: string | null }
export type AuditItem = {
  /** Grows from entry to entry. */
  id: string
  at: string
  actor: Name | null
  /** Who did it, where that was a guest of a call, who has no account. */
  guest: string | null
  address: string | null
  verb: string
  call: { id: CallId; customer: string | null } | null
  device: Name | null
  user: Name | null
  detail: Record<string, unknown> | null
}
export type AuditScope = 'everything' | 'looks at own calls'

/** Null: he may not read it at all. */
export async function auditScopeOf(database: Database, viewer: Viewer): Promise<AuditScope | null> {
  if (viewer.role === 'admin') return 'everything'
  return (await seesLooks(database, viewer)) ? 'looks at own calls' : null
}

/** `zone`: an IANA name, where the reader's days begin. */
export type AuditQuery = { viewer: Viewer; scope: AuditScope; filter: AuditFilter; zone: string; before?: bigint; limit: number }

export async function listAudit(database: Database, query: AuditQuery): Promise<{ items: AuditItem[]; next: bigint | null }> {
  const rows = await database.$queryRaw<Row[]>`
    select entry."id", entry."at", entry."verb", entry."address", entry."detail",
      entry."actorId", actor."name" as "actorName", entry."userId", person."name" as "userName",
      entry."deviceId", device."name" as "deviceName", entry."callId", coalesce(call."customerName", call."customerPhone") as customer
    from "AuditEntry" entry
      left join "User" actor on actor."id" = entry."actorId"
      left join "User" person on person."id" = entry."userId"
      left join "Device" device on device."id" = entry."deviceId"
      left join "Call" call on call."id" = entry."callId"
    where ${Prisma.join(conditionsOf(query), ' and ')}
    order by entry."id" desc
    limit ${query.limit + 1}`
  const page = rows.slice(0, query.limit)
  return { items: page.map(toItem), next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null }
}

/** Whom the entries can be filtered by. */
export const listActors = (database: Database) => database.user.findMany({ orderBy: { name: 'asc' }, select: { id: true, name: true } })

function conditionsOf({ viewer, scope, filter, zone, before }: AuditQuery): Prisma.Sql[] {
  const { person, verb, call, from, to } = filter
  return [
    Prisma.sql`true`,
    scope === 'looks at own calls' && Prisma.sql`call."technicianId" = ${viewer.id}::uuid and entry."verb" in (${Prisma.join([...LOOK_VERBS])}) and ${listensHeMaySee(viewer)}`,
    person !== undefined && Prisma.sql`(entry."actorId" = ${person}::uuid or entry."userId" = ${person}::uuid)`,
    verb !== undefined && Prisma.sql`entry."verb" = ${verb}`,
    call !== undefined && Prisma.sql`entry."callId" = ${call}::uuid`,
    from !== undefined && Prisma.sql`entry."at" >= ${from}::date::timestamp at time zone ${zone}`,
    to !== undefined && Prisma.sql`entry."at" < (${to}::date + 1)::timestamp at time zone ${zone}`,
    before !== undefined && Prisma.sql`entry."id" < ${before}`,
  ].filter((condition) => condition !== false)
}

/** Who listened is told as the teams' rule says (`listeners-rule.ts`): with no team at once, else as the most telling team has it. */
const listensHeMaySee = ({ id }: Viewer): Prisma.Sql =>
  Prisma.sql`(entry."verb" <> 'listened-live'
    or not exists (select from "TeamMember" member where member."userId" = ${id}::uuid)
    or exists (select from "TeamMember" member join "Team" team on team."id" = member."teamId" where member."userId" = ${id}::uuid
      and (team."listenersShown" = 'always' or (team."listenersShown" = 'afterCall' and call."state" = 'closed'))))`

type Row = {
  id: bigint
  at: Date
  verb: string
  address: string | null
  detail: Record<string, unknown> | null
  actorId: string | null
  actorName: string | null
  userId: string | null
  userName: string | null
  deviceId: string | null
  deviceName: string | null
  callId: string | null
  customer: string | null
}

function toItem(row: Row): AuditItem {
  const named = (id: string | null, name: string | null): Name | null => (id === null ? null : { id, name })
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    actor: named(row.actorId, row.actorName),
    guest: guestOf(row),
    address: row.address,
    verb: row.verb,
    call: row.callId === null ? null : { id: callIdSchema.parse(row.callId), customer: row.customer },
    device: named(row.deviceId, row.deviceName),
    user: named(row.userId, row.userName),
    detail: row.detail,
  }
}

function guestOf({ verb, detail }: Row): string | null {
  const name = detail?.['name']
  return GUEST_VERBS.has(verb) && typeof name === 'string' ? name : null
}
