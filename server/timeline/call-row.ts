/** What the database knows of a call: people, what was derived, and what went wrong. */
import { callIdSchema, type CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import { leakReportSchema } from '../transcribe/leak-report'
import { awaySince } from './agent-away'
import type { CallView } from './view'

export type CallRow = Pick<CallView, 'id' | 'isSample' | 'technician' | 'customer' | 'fault' | 'closedAt' | 'agentAwaySince' | 'tasks' | 'leak'> & { deviceName: string }

export async function findCallRow(database: Database, callId: CallId, now: Date): Promise<CallRow | null> {
  const row = await database.call.findUnique({
    where: { id: callId },
    select: {
      id: true,
      closedAt: true,
      customerName: true,
      customerPhone: true,
      fault: true,
      leak: true,
      technician: { select: { id: true, name: true } },
      device: { select: { name: true, lastSeenAt: true, sample: { select: { callId: true } } } },
      tasks: { orderBy: { kind: 'asc' } },
    },
  })
  if (!row) return null
  return {
    id: callIdSchema.parse(row.id),
    isSample: row.device.sample !== null,
    technician: row.technician,
    customer: { name: row.customerName, phone: row.customerPhone },
    fault: row.fault,
    closedAt: toIso(row.closedAt),
    deviceName: row.device.name,
    agentAwaySince: awaySince(row.device.lastSeenAt, now),
    leak: row.leak === null ? null : leakReportSchema.parse(row.leak),
    tasks: row.tasks.map(({ kind, state, attempts, error, startedAt, finishedAt }) => ({ kind, state, attempts, error, startedAt: toIso(startedAt), finishedAt: toIso(finishedAt) })),
  }
}

const toIso = (date: Date | null): string | null => date?.toISOString() ?? null
