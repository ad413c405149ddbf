/** How far the first visit's guide has come: read off what is there, never off a box that somebody ticked. */
import { type CallId, callIdSchema } from '@/protocol/ids'
import type { ReadyResult } from '@/protocol/ready'
import type { Database } from '../database/client'
import { parseReady } from './desks'
import { callsVisibleTo, devicesVisibleTo, mayManageUsers } from './policy'
import type { Viewer } from './sessions'

export type FirstSteps = {
  /** The device that was heard of last, of those that may send; its owner's for everybody but an admin, who sees all. */
  device: { id: string; name: string; lastSeenAt: string | null } | null
  extensionHeardAt: string | null
  /** One that passed, or else the latest. */
  ready: ReadyResult | null
  /** The newest call that is no sample. */
  callId: CallId | null
  /** Whether anybody else has an account or a link to make one; `null` for whoever may not invite. */
  hasOthers: boolean | null
}

export async function findFirstSteps(database: Database, viewer: Viewer): Promise<FirstSteps> {
  const [devices, call, hasOthers] = await Promise.all([
    database.device.findMany({
      where: { AND: [devicesVisibleTo(viewer), { revokedAt: null, sample: null }] },
      orderBy: { lastSeenAt: { sort: 'desc', nulls: 'last' } },
      select: { id: true, name: true, lastSeenAt: true, extensionHeardAt: true, ready: true },
    }),
    database.call.findFirst({ where: { AND: [callsVisibleTo(viewer), { device: { sample: null } }] }, orderBy: { startedAt: 'desc' }, select: { id: true } }),
    mayManageUsers(viewer) ? hasOtherPeople(database, viewer) : null,
  ])
  const [device] = devices
  const results = devices.flatMap(({ ready }) => parseReady(ready) ?? []).sort((a, b) => Date.parse(b.testedAt) - Date.parse(a.testedAt))
  return {
    device: device ? { id: device.id, name: device.name, lastSeenAt: device.lastSeenAt?.toISOString() ?? null } : null,
    extensionHeardAt: devices.find(({ extensionHeardAt }) => extensionHeardAt)?.extensionHeardAt?.toISOString() ?? null,
    ready: results.find(({ isReady }) => isReady) ?? results[0] ?? null,
    callId: call && callIdSchema.parse(call.id),
    hasOthers,
  }
}

/** Whether nothing is left to wait for. */
export const areDone = ({ device, extensionHeardAt, ready, callId, hasOthers }: FirstSteps): boolean =>
  device !== null && device.lastSeenAt !== null && extensionHeardAt !== null && ready?.isReady === true && callId !== null && hasOthers !== false

async function hasOtherPeople(database: Database, viewer: Viewer): Promise<boolean> {
  const [people, invites] = await Promise.all([database.user.count({ where: { id: { not: viewer.id } } }), database.invite.count({ where: { withdrawnAt: null } })])
  return people + invites > 0
}
