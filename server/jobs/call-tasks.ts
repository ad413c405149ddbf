/** The rows that say what is being derived from a call: waiting → running → done, or waiting again, or failed. */
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import type { TaskKind } from '../database/generated/enums'

export const TASK_KINDS: readonly TaskKind[] = ['transcript', 'playback', 'peaks', 'stills']

/** Adds the rows that a closed call lacks; returns their kinds. */
export async function addMissingTasks(database: Database, callId: CallId): Promise<TaskKind[]> {
  const rows = await database.callTask.createManyAndReturn({ data: TASK_KINDS.map((kind) => ({ callId, kind })), skipDuplicates: true })
  return rows.map(({ kind }) => kind)
}

/** Closed calls with tasks that have not come to an end, or with none at all. */
export async function findUnfinishedCalls(database: Database): Promise<{ callId: CallId; kinds: TaskKind[] }[]> {
  const calls = await database.call.findMany({
    where: { state: 'closed', OR: [{ tasks: { some: { state: { in: ['waiting', 'running'] } } } }, ...TASK_KINDS.map((kind) => ({ tasks: { none: { kind } } }))] },
    select: { id: true, tasks: { select: { kind: true, state: true } } },
  })
  return calls.map(({ id, tasks }) => {
    const ended = tasks.filter(({ state }) => state === 'done' || state === 'failed').map(({ kind }) => kind)
    return { callId: id as CallId, kinds: TASK_KINDS.filter((kind) => !ended.includes(kind)) } // the column holds call ids only
  })
}

export async function setWaiting(database: Database, callId: CallId, kind: TaskKind): Promise<void> {
  const fresh = { state: 'waiting' as const, attempts: 0, error: null, startedAt: null, finishedAt: null }
  await database.callTask.upsert({ where: { callId_kind: { callId, kind } }, create: { callId, kind }, update: fresh })
}

/** `false` when the call is gone, and its task with it. */
export async function setRunning(database: Database, callId: CallId, kind: TaskKind, attempts: number): Promise<boolean> {
  const { count } = await database.callTask.updateMany({ where: { callId, kind }, data: { state: 'running', attempts, startedAt: new Date(), finishedAt: null } })
  return count > 0
}

export async function setDone(database: Database, callId: CallId, kind: TaskKind): Promise<void> {
  await update(database, callId, kind, { state: 'done', error: null, finishedAt: new Date() })
}

/** `isLast`: nobody will try again by himself. */
export async function setFailed(database: Database, callId: CallId, kind: TaskKind, error: string, isLast: boolean): Promise<void> {
  await update(database, callId, kind, isLast ? { state: 'failed', error, finishedAt: new Date() } : { state: 'waiting', error })
}

type Change = Parameters<Database['callTask']['update']>[0]['data']

async function update(database: Database, callId: CallId, kind: TaskKind, data: Change): Promise<void> {
  await database.callTask.update({ where: { callId_kind: { callId, kind } }, data })
}
