/**
 * The list of calls as data: more rows for the page (`/api/calls`), everything for a spreadsheet (`/api/calls.csv`), and a
 * few by a name that somebody types (`/api/calls/find`). The first two take the words of protocol/call-filter.ts, and `zone` for where the viewer's days begin.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { formatCallFilter, MAX_QUERY_LENGTH, parseCallFilter, type CallFilter } from '@/protocol/call-filter'
import { recordAudit, type AuditVerb } from '../access/audit'
import type { Sessions, Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { loadCallPage } from '../timeline/call-page'
import { findCallsByName } from '../timeline/find-calls'
import { makeCallRows } from '../timeline/calls-csv'
import { CSV_BEGIN, formatCsvRow } from './csv'
import { sendJson } from './json'
import { HttpError, NOT_FOUND } from './problem'

export const CALLS_PATH = '/api/calls'
export const CALLS_CSV_PATH = '/api/calls.csv'
export const FIND_CALLS_PATH = '/api/calls/find'
export const CALL_LIST_PATHS: ReadonlySet<string> = new Set([CALLS_PATH, CALLS_CSV_PATH, FIND_CALLS_PATH])

type Deps = { database: Database; sessions: Sessions; origin: string }
type Asked = { viewer: Viewer; filter: CallFilter; zone: string }

export async function handleCallList(deps: Deps, req: IncomingMessage, res: ServerResponse, url: URL, address: string): Promise<void> {
  if (req.method !== 'GET') throw new HttpError(405, 'The list can only be read.')
  const viewer = await deps.sessions.viewerOfHeaders(req.headers)
  if (!viewer) throw NOT_FOUND
  if (url.pathname === FIND_CALLS_PATH) return sendFound(deps, viewer, url.searchParams.get('q') ?? '', res, address)
  const asked = { viewer, filter: parseCallFilter(url.searchParams), zone: url.searchParams.get('zone') ?? 'UTC' }
  if (url.pathname === CALLS_CSV_PATH) return sendCsv(deps, asked, res, address)
  sendJson(res, 200, await loadCallPage(deps, { ...asked, address, before: url.searchParams.get('before') }))
}

async function sendFound({ database }: Deps, viewer: Viewer, asked: string, res: ServerResponse, address: string): Promise<void> {
  const text = asked.slice(0, MAX_QUERY_LENGTH)
  const calls = await findCallsByName(database, viewer, text)
  if (calls.length > 0) await recordAudit(database, { verb: 'calls-listed', actorId: viewer.id, address, detail: { name: text } })
  sendJson(res, 200, { calls })
}

async function sendCsv({ database, origin }: Deps, { viewer, filter, zone }: Asked, res: ServerResponse, address: string): Promise<void> {
  const verb: AuditVerb = 'calls-downloaded'
  await recordAudit(database, { verb, actorId: viewer.id, address, detail: { filter: formatCallFilter(filter) } })
  res.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="calls.csv"', 'Cache-Control': 'no-store' })
  await pipeline(Readable.from(makeLines({ database }, { viewer, filter, zone }, origin)), res)
}

async function* makeLines(deps: { database: Database }, { viewer, filter, zone }: Asked, origin: string): AsyncGenerator<string> {
  yield CSV_BEGIN
  for await (const row of makeCallRows(deps, viewer, { filter, zone, origin })) yield formatCsvRow(row)
}
