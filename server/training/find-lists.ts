/** Training lists as somebody may see them: what is assigned to him, what he keeps, and one of them with its clips. */
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { clipsKeptBy, clipsVisibleTo, listsKeptBy, listsVisibleTo } from './rights'
import type { AssignedItem, KeptItem, ListView, TrainingOverview } from './view'

/** What is not done and due comes first. */
export async function findTraining(database: Database, viewer: Viewer): Promise<TrainingOverview> {
  const [assigned, kept] = await Promise.all([findAssigned(database, viewer), findKept(database, viewer)])
  return { assigned, kept }
}

async function findAssigned(database: Database, viewer: Viewer): Promise<AssignedItem[]> {
  const rows = await database.trainingAssignment.findMany({
    where: { userId: viewer.id },
    orderBy: [{ dueOn: { sort: 'asc', nulls: 'last' } }, { assignedAt: 'desc' }],
    select: {
      dueOn: true,
      assignedBy: { select: { name: true } },
      list: { select: { id: true, name: true, teaches: true, clips: { select: { ticks: { where: { userId: viewer.id }, select: { tickedAt: true } } } } } },
    },
  })
  const items = rows.map(({ dueOn, assignedBy, list: { clips, ...list } }) => ({ ...list, clipCount: clips.length, tickedCount: clips.filter(({ ticks }) => ticks.length > 0).length, dueOn: dayOf(dueOn), assignedBy: assignedBy.name }))
  const isDone = ({ clipCount, tickedCount }: AssignedItem): boolean => tickedCount === clipCount
  return [...items.filter((item) => !isDone(item)), ...items.filter(isDone)]
}

async function findKept(database: Database, viewer: Viewer): Promise<KeptItem[]> {
  const rows = await database.trainingList.findMany({
    where: listsKeptBy(viewer),
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: {
      ...{ id: true, name: true, teaches: true },
      team: { select: { name: true } },
      createdBy: { select: { name: true } },
      clips: { where: clipsVisibleTo(viewer), select: { ticks: { select: { userId: true } } } },
      assignments: { select: { userId: true } },
    },
  })
  return rows.map(({ team, createdBy, clips, assignments, ...list }) => ({
    ...list,
    team: team?.name ?? null,
    madeBy: createdBy.name,
    clipCount: clips.length,
    assignedCount: assignments.length,
    doneCount: clips.length === 0 ? 0 : assignments.filter(({ userId }) => clips.every(({ ticks }) => ticks.some((tick) => tick.userId === userId))).length,
  }))
}

/** `null`: there is none that he may see. */
export async function findList(database: Database, viewer: Viewer, listId: string): Promise<ListView | null> {
  const row = await database.trainingList.findFirst({
    where: { AND: [listsVisibleTo(viewer), { id: listId }] },
    select: {
      ...{ id: true, name: true, teaches: true },
      team: { select: { id: true, name: true } },
      createdBy: { select: { id: true, name: true } },
      clips: {
        where: clipsVisibleTo(viewer),
        orderBy: [{ place: 'asc' }, { id: 'asc' }],
        select: { id: true, title: true, startMs: true, endMs: true, addedBy: { select: { name: true } }, ticks: { select: { userId: true, tickedAt: true } }, _count: { select: { comments: true } } },
      },
      assignments: { orderBy: { user: { name: 'asc' } }, select: { userId: true, dueOn: true, user: { select: { name: true } }, assignedBy: { select: { name: true } } } },
    },
  })
  if (!row) return null
  const [keeps, keptClips] = await Promise.all([
    database.trainingList.count({ where: { AND: [listsKeptBy(viewer), { id: listId }] } }),
    database.clip.findMany({ where: { AND: [clipsKeptBy(viewer), { listId }] }, select: { id: true } }),
  ])
  const own = row.assignments.find(({ userId }) => userId === viewer.id)
  return {
    ...{ id: row.id, name: row.name, teaches: row.teaches, team: row.team },
    madeBy: row.createdBy.name,
    isMadeByViewer: row.createdBy.id === viewer.id,
    clips: row.clips.map(({ id, title, startMs, endMs, addedBy, ticks, _count }) => ({
      ...{ id, title, lengthMs: endMs - startMs, addedBy: addedBy.name, commentCount: _count.comments },
      isTicked: ticks.some(({ userId }) => userId === viewer.id),
      isKept: keptClips.some((clip) => clip.id === id),
    })),
    own: own ? { dueOn: dayOf(own.dueOn), assignedBy: own.assignedBy.name } : null,
    assignments:
      keeps === 0
        ? null
        : row.assignments.map(({ userId, dueOn, user, assignedBy }) => ({
            ...{ userId, name: user.name, dueOn: dayOf(dueOn), assignedBy: assignedBy.name },
            ticks: row.clips.flatMap(({ id, ticks }) => ticks.flatMap((tick) => (tick.userId === userId ? [{ clipId: id, at: tick.tickedAt.toISOString() }] : []))),
          })),
  }
}

export type ListChoice = { id: string; name: string; assignedCount: number }

/** The lists that he can add clips to, with how many people get what is added. */
export async function listChoices(database: Database, viewer: Viewer): Promise<ListChoice[]> {
  const rows = await database.trainingList.findMany({ where: listsKeptBy(viewer), orderBy: [{ name: 'asc' }, { id: 'asc' }], select: { id: true, name: true, _count: { select: { assignments: true } } } })
  return rows.map(({ id, name, _count }) => ({ id, name, assignedCount: _count.assignments }))
}

const dayOf = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null
