/** What holds for a running call: whose teams see it, what they listen for, and what its technician sees of listeners. */
import type { CallId, DeviceId } from '@/protocol/ids'
import { ruleOf } from '../access/listeners-rule'
import type { Database } from '../database/client'
import type { LiveCallRules } from './live-call'

/** `null` when the device has no such call that runs. */
export async function findLiveRules(database: Database, callId: CallId, deviceId: DeviceId): Promise<LiveCallRules | null> {
  const call = await database.call.findFirst({
    where: { id: callId, deviceId, state: { not: 'closed' } },
    select: { technician: { select: { teams: { select: { team: { select: { id: true, name: true, listenersShown: true, livePhrases: true } } } } } } },
  })
  if (!call) return null
  const teams = call.technician.teams.map(({ team }) => team)
  return {
    teamIds: teams.map(({ id }) => id),
    tile: { names: teams.map(({ name }) => name), phrases: [...new Set(teams.flatMap(({ livePhrases }) => livePhrases))] },
    listenersShown: ruleOf(teams),
  }
}
