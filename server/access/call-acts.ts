/**
 * What people do with a call, written down twice: in the audit trail, for whoever asks about people, and in the call's
 * custody log, for whoever asks about the call. An act is written before what it tells of is shown or sent.
 */
import type { CallId } from '@/protocol/ids'
import type { Database, DatabaseOrTransaction } from '../database/client'
import { recordAudit, type AuditVerb } from './audit'
import type { Viewer } from './sessions'

const ONCE_PER_MS = 3_600_000
/** Of the latest acts that go on; one that was dropped is looked up in the audit trail. */
const MAX_REMEMBERED = 10_000

type ClipVerb = 'clip-added' | 'clip-renamed' | 'clip-removed' | 'clip-comment-added' | 'clip-comment-deleted'
export type CallVerb = Extract<AuditVerb, 'looked' | 'listened' | 'listened-live' | 'coached' | 'witnessed' | 'downloaded' | 'task-retried' | 'note-added' | 'note-deleted' | ClipVerb>
export type CallAct = { verb: CallVerb; viewer: Viewer; callId: CallId; address: string | null; detail?: Record<string, string> }

type Deps = {
  database: Database
  /** Writes nothing for a call that still runs: its log is not the server's to write. */
  appendCustody: (callId: CallId, act: { verb: string } & Record<string, unknown>) => Promise<boolean>
}

export class CallActs {
  readonly #deps: Deps
  readonly #ongoing = new Map<string, { sinceMs: number; recorded: Promise<void> }>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** `database`: the transaction of a larger change that it is a part of. */
  record(act: CallAct, database: DatabaseOrTransaction = this.#deps.database): Promise<void> {
    return this.#write(database, act)
  }

  /** A change and what is written of it: both or neither. `change` gives the detail. */
  async recordChange(act: Omit<CallAct, 'detail'>, change: (transaction: DatabaseOrTransaction) => Promise<CallAct['detail']>): Promise<void> {
    await this.#deps.database.$transaction(async (transaction) => this.#write(transaction, { ...act, detail: await change(transaction) }))
  }

  /**
   * For what goes on: a player asks for a file in many pieces, an open page for news of its call. One entry an hour for
   * each viewer, verb, and call or clip of one (`detail.clipId`).
   */
  recordOngoing(act: CallAct, nowMs = Date.now()): Promise<void> {
    const key = `${act.verb} ${act.viewer.id} ${act.detail?.['clipId'] ?? act.callId}`
    const known = this.#ongoing.get(key)
    if (known && nowMs - known.sinceMs < ONCE_PER_MS) return known.recorded
    const recorded = this.#recordUnlessRecent(act, nowMs)
    this.#remember(key, { sinceMs: nowMs, recorded })
    recorded.catch(() => this.#ongoing.delete(key))
    return recorded
  }

  /** After a restart the audit trail still knows. */
  async #recordUnlessRecent(act: CallAct, nowMs: number): Promise<void> {
    const { verb, viewer, callId } = act
    const since = new Date(nowMs - ONCE_PER_MS)
    const clipId = act.detail?.['clipId']
    const entries = await this.#deps.database.auditEntry.findMany({ where: { callId, verb, actorId: viewer.id, at: { gt: since } }, select: { detail: true } })
    const recent = entries.some(({ detail }) => auditedClip(detail) === clipId)
    if (!recent) await this.record(act)
  }

  /** Custody first: the audit trail is what says afterwards that both were written. */
  async #write(database: DatabaseOrTransaction, { verb, viewer, callId, address, detail }: CallAct): Promise<void> {
    await this.#deps.appendCustody(callId, { verb, by: { id: viewer.id, name: viewer.name }, ...detail })
    await recordAudit(database, { verb, actorId: viewer.id, address, callId, ...(detail && { detail }) })
  }

  #remember(key: string, act: { sinceMs: number; recorded: Promise<void> }): void {
    this.#ongoing.delete(key)
    const [oldest] = this.#ongoing.keys()
    if (this.#ongoing.size >= MAX_REMEMBERED && oldest !== undefined) this.#ongoing.delete(oldest)
    this.#ongoing.set(key, act)
  }
}

/** The clip that an entry tells of; `undefined` where it tells of the call. */
function auditedClip(detail: unknown): unknown {
  return typeof detail === 'object' && detail !== null && 'clipId' in detail ? detail.clipId : undefined
}
