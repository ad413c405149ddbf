/** The calls that somebody may see, newest first. */
import { z } from 'zod'
import { type CallId, callIdSchema } from '@/protocol/ids'
import { callsVisibleTo } from '../access/policy'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { awaySince } from './agent-away'
import { findChanges } from './call-changes'
import { lostOnceStarted, mergeNotRecorded, storedCompletenessSchema } from './not-recorded'
import type { CallList, CallListItem } from './view'

const MAX_LIMIT = 200

export type CallPage = {
  limit: number
  /** `next` of the page before. One that this server did not give is taken as none. */
  before?: string | null
}

const cursorSchema = z.tuple([z.iso.datetime(), callIdSchema])

export async function listCalls({ database }: { database: Database }, viewer: Viewer, { limit, before }: CallPage, now = new Date()): Promise<CallList> {
  const pageLength = Math.min(Math.max(1, limit), MAX_LIMIT)
  const cursor = parseCursor(before)
  const rows = await database.call.findMany({
    where: { AND: [callsVisibleTo(viewer), cursor ? isBefore(cursor) : {}] },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: pageLength + 1,
    select: {
      id: true, state: true, startedAt: true, timeZone: true, lengthMs: true, customerName: true, customerPhone: true, completeness: true, fault: true,
      technician: { select: { id: true, name: true } },
      device: { select: { lastSeenAt: true } },
      tasks: { where: { kind: 'transcript' }, select: { state: true } },
    },
  })
  const page = rows.slice(0, pageLength)
  const ids = page.map(({ id }) => id)
  const [actionCounts, changes] = await Promise.all([countActions(database, ids), findChanges(database, ids)])
  const items = page.map((row): CallListItem => {
    const completeness = row.completeness === null ? null : storedCompletenessSchema.parse(row.completeness)
    return {
      id: callIdSchema.parse(row.id),
      state: row.state,
      startedAt: row.startedAt.toISOString(),
      timeZone: row.timeZone,
      lengthMs: row.lengthMs,
      technician: row.technician,
      customer: { name: row.customerName, phone: row.customerPhone },
      agentAwaySince: row.state === 'closed' ? null : awaySince(row.device.lastSeenAt, now),
      fault: row.fault,
      actionCount: actionCounts.get(row.id) ?? 0,
      changeCount: changes.get(row.id)?.count ?? 0,
      changes: changes.get(row.id)?.first ?? [],
      tracks: completeness?.tracks.map(({ track, recordedMs, pausedMs, ranges }) => ({ track, recordedMs, pausedMs, lostMs: lostOnceStarted({ ranges }) })) ?? [],
      notRecorded: mergeNotRecorded(completeness?.tracks ?? []),
      transcript: row.tasks[0]?.state ?? null,
    }
  })
  const last = page.at(-1)
  return { items, next: rows.length > pageLength && last ? `${last.startedAt.toISOString()} ${last.id}` : null }
}

async function countActions(database: Database, callIds: string[]): Promise<Map<string, number>> {
  const rows = await database.action.groupBy({ by: 'callId', where: { callId: { in: callIds } }, _count: true })
  return new Map(rows.map(({ callId, _count }) => [callId, _count]))
}

function parseCursor(before: string | null | undefined): { startedAt: string; id: CallId } | null {
  const parsed = cursorSchema.safeParse(before?.split(' '))
  return parsed.success ? { startedAt: parsed.data[0], id: parsed.data[1] } : null
}

const isBefore = ({ startedAt, id }: { startedAt: string; id: CallId }) => ({ OR: [{ startedAt: { lt: startedAt } }, { startedAt, id: { lt: id } }] })
