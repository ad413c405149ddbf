/** What the database knows of a call: people, what was derived, and what went wrong. */
import { callIdSchema, type CallId } from '@/protocol/ids'
import { trackSchema } from '@/protocol/tracks'
import type { Database } from '../database/client'
import { leakReportSchema } from '../transcribe/leak-report'
import { wordsSchema } from '../transcribe/words'
import { awaySince } from './agent-away'
import type { CallView } from './view'

export type CallRow = Pick<CallView, 'id' | 'technician' | 'customer' | 'fault' | 'closedAt' | 'agentAwaySince' | 'utterances' | 'tasks' | 'leak'> & { deviceName: string }

export async function findCallRow(database: Database, callId: CallId, wordsFromMs: number, now: Date): Promise<CallRow | null> {
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
      device: { select: { name: true, lastSeenAt: true } },
      tasks: { orderBy: { kind: 'asc' } },
      utterances: { where: { startMs: { gte: wordsFromMs } }, orderBy: [{ startMs: 'asc' }, { track: 'asc' }] },
    },
  })
  if (!row) return null
  return {
    id: callIdSchema.parse(row.id),
    technician: row.technician,
    customer: { name: row.customerName, phone: row.customerPhone },
    fault: row.fault,
    closedAt: toIso(row.closedAt),
    deviceName: row.device.name,
    agentAwaySince: awaySince(row.device.lastSeenAt, now),
    leak: row.leak === null ? null : leakReportSchema.parse(row.leak),
    tasks: row.tasks.map(({ kind, state, attempts, error, startedAt, finishedAt }) => ({ kind, state, attempts, error, startedAt: toIso(startedAt), finishedAt: toIso(finishedAt) })),
    utterances: row.utterances.map(({ track, startMs, endMs, text, words, leakedFrom }) => ({
      id: `${track}-${startMs}`,
      track: trackSchema.parse(track),
      startMs,
      endMs,
      text,
      words: wordsSchema.parse(words),
      leakedFrom: leakedFrom === null ? null : trackSchema.parse(leakedFrom),
    })),
  }
}

const toIso = (date: Date | null): string | null => date?.toISOString() ?? null
