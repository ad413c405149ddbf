/** The audit trail for spreadsheets: what its page shows for the same address, whole, and written down before it is sent. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { recordAudit } from '../access/audit'
import { auditFilterSchema, auditScopeOf, listAudit, type AuditItem, type AuditQuery } from '../access/audit-trail'
import type { Sessions } from '../access/sessions'
import type { Database } from '../database/client'
import { CSV_BEGIN, formatCsvRow } from './csv'
import { HttpError, NOT_FOUND } from './problem'

export const AUDIT_CSV_PATH = '/api/audit.csv'
const ENTRIES_PER_QUERY = 1_000
const HEAD = ['Number', 'At (UTC)', 'Who', 'Did', 'Call', 'Person', 'Device', 'From address', 'Detail']

type Deps = { database: Database; sessions: Sessions }
const zoneSchema = z.string().refine(isZone).catch('UTC')

export async function handleAuditCsv({ database, sessions }: Deps, req: IncomingMessage, res: ServerResponse, url: URL, address: string): Promise<void> {
  if (req.method !== 'GET') throw new HttpError(405, 'The audit trail can only be read.')
  const viewer = await sessions.viewerOfHeaders(req.headers)
  const scope = viewer && (await auditScopeOf(database, viewer))
  if (!viewer || !scope) throw NOT_FOUND
  const filter = auditFilterSchema.parse(Object.fromEntries(url.searchParams))
  await recordAudit(database, { verb: 'audit-downloaded', actorId: viewer.id, address, detail: { ...filter } })
  res.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="audit.csv"', 'Cache-Control': 'no-store' })
  const zone = zoneSchema.parse(url.searchParams.get('zone') ?? 'UTC')
  await pipeline(Readable.from(makeLines(database, { viewer, scope, filter, zone, limit: ENTRIES_PER_QUERY })), res)
}

/** Asks the database for more as the lines are taken. */
async function* makeLines(database: Database, query: AuditQuery): AsyncGenerator<string> {
  yield CSV_BEGIN + formatCsvRow(HEAD)
  for (let before: bigint | null | undefined; before !== null; ) {
    const page = await listAudit(database, { ...query, before })
    for (const item of page.items) yield formatCsvRow(toRow(item))
    before = page.next
  }
}

const toRow = ({ id, at, actor, guest, verb, call, user, device, address, detail }: AuditItem) => [
  Number(id),
  at,
  actor ? (actor.name ?? actor.id) : guest,
  verb,
  call && call.id,
  user && (user.name ?? user.id),
  device && (device.name ?? device.id),
  address,
  detail && JSON.stringify(detail),
]

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    // RangeError: no calendar knows it.
    return false
  }
}
