/** Who may look at the wallboard and listen to a running call: admins, and supervisors in their teams. */
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import { callsVisibleTo, maySupervise } from '../access/policy'
import type { Viewer } from '../access/sessions'
import { boardOf, WHOLE_BOARD } from './rooms'

export const mayListen = async (database: Database, viewer: Viewer, callId: CallId): Promise<boolean> =>
  maySupervise(viewer) && (await database.call.count({ where: { AND: [callsVisibleTo(viewer), { id: callId, state: { not: 'closed' } }] } })) > 0

/** Rooms of the wallboard that he sees; none for whoever may not see it. */
export async function boardRoomsOf(database: Database, viewer: Viewer): Promise<string[]> {
  if (viewer.role === 'admin') return [WHOLE_BOARD]
  if (!maySupervise(viewer)) return []
  const teams = await database.teamMember.findMany({ where: { userId: viewer.id }, select: { teamId: true } })
  return teams.map(({ teamId }) => boardOf(teamId))
}
