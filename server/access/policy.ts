/**
 * Who may see what. The rule for calls is a condition for queries; a call at hand is asked for with the same condition, so
 * that there is only one.
 *
 * Put the conditions into `AND`, never spread them: a second condition on the same column would replace the rule.
 *
 * Everybody sees the calls that he took himself; an admin sees every call, a supervisor those of the members of his teams,
 * a reviewer those that he was given. What one may not see is answered like what does not exist.
 */
import type { CallId } from '@/protocol/ids'
import type { DatabaseOrTransaction } from '../database/client'
import type { Prisma } from '../database/generated/client'
import type { Viewer } from './sessions'

export function callsVisibleTo(viewer: Viewer): Prisma.CallWhereInput {
  const own = { technicianId: viewer.id }
  switch (viewer.role) {
    case 'admin':
      return {}
    case 'supervisor':
      return { OR: [own, { technician: { teams: { some: { team: { members: { some: { userId: viewer.id } } } } } } }] }
    case 'reviewer':
      return { OR: [own, { grants: { some: { userId: viewer.id } } }] }
    case 'technician':
      return own
  }
}

export const maySeeCall = async (database: DatabaseOrTransaction, viewer: Viewer, callId: CallId): Promise<boolean> =>
  (await database.call.count({ where: { AND: [callsVisibleTo(viewer), { id: callId }] } })) > 0

/** An admin manages every device, everybody else his own. */
export const mayManageDevice = (viewer: Viewer, device: { userId: string }): boolean => viewer.role === 'admin' || device.userId === viewer.id

export const devicesVisibleTo = (viewer: Viewer): Prisma.DeviceWhereInput => (viewer.role === 'admin' ? {} : { userId: viewer.id })

/** Teams whose pages and phrases are his business. */
export function teamsSupervisedBy(viewer: Viewer): Prisma.TeamWhereInput {
  switch (viewer.role) {
    case 'admin':
      return {}
    case 'supervisor':
      return { members: { some: { userId: viewer.id } } }
    case 'reviewer':
    case 'technician':
      return { id: { in: [] } }
  }
}

/** Teams and the wallboard; which of them, and which calls he may listen to, is asked of each. */
export const maySupervise = (viewer: Viewer): boolean => viewer.role === 'admin' || viewer.role === 'supervisor'

/** People, teams, invitations, what reviewers are given. */
export const mayManageUsers = (viewer: Viewer): boolean => viewer.role === 'admin'
