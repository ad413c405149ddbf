/** Technicians who are not on a call, and whether their desks are ready for one. */
import type { BoardTechnician } from '@/protocol/live-messages'
import { readyResultSchema } from '@/protocol/ready'
import type { Database } from '../database/client'
import type { Desks } from './desk-book'
import { boardOf, WHOLE_BOARD } from './rooms'

/** Connected devices are written down as seen every 5 s. */
const AWAY_AFTER_MS = 15_000
/** A check from before the shift says nothing of this one. */
const READY_LASTS_MS = 16 * 3_600_000

export type Desk = BoardTechnician & { teamIds: string[] }

/** All whose calls are not on the wallboard already. */
export async function listDesks(database: Database, { onCall, faults }: Desks, nowMs = Date.now()): Promise<Desk[]> {
  const technicians = await database.user.findMany({
    where: { disabledAt: null, role: 'technician', id: { notIn: [...onCall] } },
    orderBy: { name: 'asc' },
    select: {
      ...{ id: true, name: true },
      teams: { select: { team: { select: { id: true, name: true } } } },
      devices: { where: { revokedAt: null, lastSeenAt: { not: null } }, orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true, ready: true } },
    },
  })
  return technicians.map(({ id, name, teams, devices: [device] }) => ({
    person: { id, name },
    teams: teams.map(({ team }) => team.name),
    teamIds: teams.map(({ team }) => team.id),
    ...stateOf(device ?? null, faults[id] ?? null, nowMs),
  }))
}

export const desksFor = (desks: readonly Desk[], rooms: readonly string[]): BoardTechnician[] =>
  desks.filter(({ teamIds }) => rooms.includes(WHOLE_BOARD) || teamIds.some((id) => rooms.includes(boardOf(id)))).map(({ teamIds: _, ...technician }) => technician)

type DeviceRow = { lastSeenAt: Date | null; ready: unknown }

function stateOf(device: DeviceRow | null, fault: string | null, nowMs: number): Pick<BoardTechnician, 'state' | 'why'> {
  if (!device?.lastSeenAt || nowMs - device.lastSeenAt.getTime() > AWAY_AFTER_MS) return { state: 'away', why: null }
  if (fault !== null) return { state: 'fault', why: fault }
  const ready = readyResultSchema.safeParse(device.ready)
  if (!ready.success || nowMs - Date.parse(ready.data.testedAt) > READY_LASTS_MS) return { state: 'not-tested', why: null }
  if (ready.data.isReady) return { state: 'ready', why: null }
  return { state: 'not-ready', why: ready.data.verdicts.find(({ state }) => state === 'bad')?.found ?? null }
}
