/**
 * What people do with a call, written down twice: in the audit trail, for whoever asks about people, and in the call's
 * custody log, for whoever asks about the call. An act is written before what it tells of is shown or sent.
 */
import type { CallId } from '@/protocol/ids'
import type { Database, DatabaseOrTransaction } from '../database/client'
import { recordAudit, type AuditVerb } from './audit'
import type { Viewer } from './sessions'

const LISTEN_ONCE_PER_MS = 3_600_000
/** Of the latest listenings; one that was dropped is looked up in the audit trail. */
const MAX_REMEMBERED = 10_000

export type CallVerb = Extract<AuditVerb, 'looked' | 'listened' | 'downloaded' | 'task-retried' | 'note-added' | 'note-deleted'>
export type CallAct = { verb: CallVerb; viewer: Viewer; callId: CallId; address: string | null; detail?: Record<string, string> }

type Deps = {
  database: Database
  /** Writes nothing for a call that still runs: its log is not the server's to write. */
  appendCustody: (callId: CallId, act: { verb: string } & Record<string, unknown>) => Promise<boolean>
}

export class CallActs {
  readonly #deps: Deps
  readonly #listening = new Map<string, { sinceMs: number; recorded: Promise<void> }>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  record(act: CallAct): Promise<void> {
    return this.#write(this.#deps.database, act)
  }

  /** A change and what is written of it: both or neither. `change` gives the detail. */
  async recordChange(act: Omit<CallAct, 'detail'>, change: (transaction: DatabaseOrTransaction) => Promise<CallAct['detail']>): Promise<void> {
    await this.#deps.database.$transaction(async (transaction) => this.#write(transaction, { ...act, detail: await change(transaction) }))
  }

  /** A player asks for a file in many pieces: one entry an hour for each viewer and call. */
  recordListening(viewer: Viewer, callId: CallId, address: string | null, nowMs = Date.now()): Promise<void> {
    const key = `${viewer.id} ${callId}`
    const known = this.#listening.get(key)
    if (known && nowMs - known.sinceMs < LISTEN_ONCE_PER_MS) return known.recorded
    const recorded = this.#recordUnlessRecent({ verb: 'listened', viewer, callId, address }, nowMs)
    this.#remember(key, { sinceMs: nowMs, recorded })
    recorded.catch(() => this.#listening.delete(key))
    return recorded
  }

  /** After a restart the audit trail still knows. */
  async #recordUnlessRecent(act: CallAct, nowMs: number): Promise<void> {
    const { verb, viewer, callId } = act
    const since = new Date(nowMs - LISTEN_ONCE_PER_MS)
    const recent = await this.#deps.database.auditEntry.findFirst({ where: { callId, verb, actorId: viewer.id, at: { gt: since } }, select: { id: true } })
    if (!recent) await this.record(act)
  }

  async #write(database: DatabaseOrTransaction, { verb, viewer, callId, address, detail }: CallAct): Promise<void> {
    await recordAudit(database, { verb, actorId: viewer.id, address, callId, ...(detail && { detail }) })
    await this.#deps.appendCustody(callId, { verb, by: { id: viewer.id, name: viewer.name }, ...detail })
  }

  #remember(key: string, listening: { sinceMs: number; recorded: Promise<void> }): void {
    this.#listening.delete(key)
    const [oldest] = this.#listening.keys()
    if (this.#listening.size >= MAX_REMEMBERED && oldest !== undefined) this.#listening.delete(oldest)
    this.#listening.set(key, listening)
  }
}
