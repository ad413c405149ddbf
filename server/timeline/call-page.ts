/** What the list's page shows at once: its rows, and with the first of them what they add up to. Looking is written down. */
import { formatCallFilter, type CallFilter } from '@/protocol/call-filter'
import { recordAudit } from '../access/audit'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { listCalls } from './load-calls'
import { summariseCalls } from './summarise-calls'
import type { CallList, CallSummary } from './view'

export const ROWS_PER_PAGE = 50

export type LoadedCallPage = CallList & { /** `null` on later pages: it is the same for all. */ summary: CallSummary | null }
export type CallPageRequest = { viewer: Viewer; address: string | null; filter: CallFilter; zone: string; before: string | null }

export async function loadCallPage({ database }: { database: Database }, { viewer, address, filter, zone, before }: CallPageRequest): Promise<LoadedCallPage> {
  const now = new Date()
  const selection = { viewer, filter, zone: knownZone(zone), now }
  if (before !== null) return { ...(await listCalls({ database }, viewer, { limit: ROWS_PER_PAGE, before, ...selection }, now)), summary: null }
  const [list, summary] = await Promise.all([
    listCalls({ database }, viewer, { limit: ROWS_PER_PAGE, ...selection }, now),
    summariseCalls({ database }, selection),
    recordAudit(database, { verb: 'calls-listed', actorId: viewer.id, address, detail: { filter: formatCallFilter(filter) } }),
  ])
  return { ...list, summary }
}

/** A zone that no calendar knows is taken for UTC: the browser names it, and it only says where days begin. */
export function knownZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
