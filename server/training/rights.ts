/**
 * Who may see and keep training lists and their clips, as conditions for queries. Put them into `AND`, never spread them
 * (server/access/policy.ts says why). An admin's condition is empty, and Prisma passes over an empty one in `OR` and in `NOT`:
 * there it must not stand.
 *
 * An admin keeps every list, a supervisor those that he made and those of his teams. Whoever keeps a list sees its clips of
 * the calls that he may see. Whoever a list is assigned to sees all its clips, and nothing else of their calls.
 */
import { callsVisibleTo, maySupervise } from '../access/policy'
import { AccessError } from '../access/errors'
import type { Viewer } from '../access/sessions'
import type { DatabaseOrTransaction } from '../database/client'
import type { Prisma } from '../database/generated/client'

/** Making lists and clips; of which calls and for which teams is asked of each. */
export const mayTrain = maySupervise

export function listsKeptBy(viewer: Viewer): Prisma.TrainingListWhereInput {
  switch (viewer.role) {
    case 'admin':
      return {}
    case 'supervisor':
      return { OR: [{ createdById: viewer.id }, { team: { members: { some: { userId: viewer.id } } } }] }
    case 'reviewer':
    case 'technician':
      return { id: { in: [] } }
  }
}

export const listsAssignedTo = (viewer: Viewer): Prisma.TrainingListWhereInput => ({ assignments: { some: { userId: viewer.id } } })

export const listsVisibleTo = (viewer: Viewer): Prisma.TrainingListWhereInput => (viewer.role === 'admin' ? {} : { OR: [listsKeptBy(viewer), listsAssignedTo(viewer)] })

export const clipsKeptBy = (viewer: Viewer): Prisma.ClipWhereInput => (viewer.role === 'admin' ? {} : { AND: [{ list: listsKeptBy(viewer) }, { call: callsVisibleTo(viewer) }] })

export const clipsVisibleTo = (viewer: Viewer): Prisma.ClipWhereInput => (viewer.role === 'admin' ? {} : { OR: [{ list: listsAssignedTo(viewer) }, clipsKeptBy(viewer)] })

/** Whom he may assign a list to. */
export function peopleAssignableBy(viewer: Viewer): Prisma.UserWhereInput {
  switch (viewer.role) {
    case 'admin':
      return { disabledAt: null }
    case 'supervisor':
      return { disabledAt: null, teams: { some: { team: { members: { some: { userId: viewer.id } } } } } }
    case 'reviewer':
    case 'technician':
      return { id: { in: [] } }
  }
}

/** The name, for the audit trail. Throws AccessError `not-allowed`. */
export async function requireKeptList(database: DatabaseOrTransaction, viewer: Viewer, listId: string): Promise<{ id: string; name: string }> {
  const list = await database.trainingList.findFirst({ where: { AND: [listsKeptBy(viewer), { id: listId }] }, select: { id: true, name: true } })
  if (!list) throw AccessError.notAllowed()
  return list
}
