/**
 * Keeps the rows of calls (`Call`, `Action`) up to date with their durable logs, behind the feed.
 *
 * The feed only says which call has news; what is new is read from the log, so nothing is lost when the database is away or
 * the process ends, and a projection can be thrown away and made again. Openings and closings are projected at once, the
 * rest INTERVAL_MS later with whatever else has come by then. A call that fails is read anew RETRY_MS later, by itself, and
 * holds up no other.
 *
 * Bound: one small state for each of the MAX_STATES calls that changed last; a call beyond them is read from its beginning.
 */
import { makeCompleteness } from '@/protocol/completeness'
import { isMediaEntry, LOG_FILE, type LogEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import type { Log } from '../log'
import { readEntries } from '../media/log-reader'
import type { MediaStore } from '../media/media-store'
import type { CallFeed } from './call-feed'
import { CallProjection } from './call-projection'
import { type ProjectedCall, writeProjectedCalls } from './projection-rows'

const INTERVAL_MS = 500
const RETRY_MS = 5_000
const CALLS_PER_TRANSACTION = 200
const MAX_STATES = 2_000

type Deps = { database: Database; media: MediaStore; feed: CallFeed; log: Log }
type State = { projection: CallProjection; readBytes: number }

export class Projector {
  private readonly states = new Map<CallId, State>()
  private readonly dirty = new Set<CallId>()
  private readonly faults = new Map<CallId, string>()
  private nextRun: NodeJS.Timeout | null = null
  private readonly retries = new Set<NodeJS.Timeout>()
  private readonly unfollow: (() => void)[]
  private running: Promise<void> | null = null
  private isDisposed = false

  private constructor(private readonly deps: Deps) {
    const { feed } = deps
    this.unfollow = [
      feed.on('call.opened', ({ callId }) => this.markDirty(callId, 0)),
      feed.on('call.appended', ({ callId }) => this.markDirty(callId, INTERVAL_MS)),
      feed.on('call.closed', ({ callId }) => this.markDirty(callId, 0)),
      feed.on('call.refused', ({ callId, message }) => {
        this.faults.set(callId, message)
        this.markDirty(callId, 0)
      }),
      feed.on('call.removed', ({ callId }) => {
        this.states.delete(callId)
        this.dirty.delete(callId)
      }),
    ]
  }

  /** Follows the feed, and catches up with calls that are open or unknown in the database. */
  static async start(deps: Deps): Promise<Projector> {
    const projector = new Projector(deps)
    const rows = await deps.database.call.findMany({ select: { id: true, state: true } })
    const closed = new Set(rows.filter(({ state }) => state === 'closed').map(({ id }) => id))
    const stored = await deps.media.listCalls()
    for (const callId of stored.filter((id) => !closed.has(id))) projector.markDirty(callId, 0)
    return projector
  }

  /** Resolves when the rows reflect everything that the feed has told so far, or the database has failed. */
  async flush(): Promise<void> {
    await this.running
    while (this.dirty.size > 0) await this.run()
  }

  /** Makes the rows of all calls again from their logs. */
  async rebuild(): Promise<void> {
    this.states.clear()
    for (const callId of await this.deps.media.listCalls()) this.dirty.add(callId)
    await this.flush()
  }

  async dispose(): Promise<void> {
    this.isDisposed = true
    for (const stop of this.unfollow) stop()
    for (const timer of [this.nextRun, ...this.retries]) clearTimeout(timer ?? undefined)
    await this.running
  }

  private markDirty(callId: CallId, delayMs: number): void {
    if (this.isDisposed) return
    this.dirty.add(callId)
    this.runIn(delayMs)
  }

  private runIn(delayMs: number): void {
    if (this.nextRun && delayMs > 0) return
    clearTimeout(this.nextRun ?? undefined)
    this.nextRun = setTimeout(() => {
      this.nextRun = null
      void this.run()
    }, delayMs)
  }

  private run(): Promise<void> {
    this.running ??= this.projectDirty().finally(() => {
      this.running = null
      if (this.dirty.size > 0 && !this.isDisposed) this.runIn(INTERVAL_MS)
    })
    return this.running
  }

  private async projectDirty(): Promise<void> {
    const callIds = [...this.dirty].slice(0, CALLS_PER_TRANSACTION)
    const calls: ProjectedCall[] = []
    for (const callId of callIds) {
      this.dirty.delete(callId)
      const call = await this.read(callId).catch((cause: unknown) => this.giveUpForNow(callId, cause))
      if (call) calls.push(call)
    }
    try {
      if (calls.length > 0) await this.write(calls)
    } catch {
      // One of them is to blame; each by itself shows which.
      for (const call of calls) await this.write([call]).catch((cause: unknown) => this.giveUpForNow(call.callId, cause))
    }
  }

  /** `null` when the call has no entry yet. */
  private async read(callId: CallId): Promise<ProjectedCall | null> {
    const state = this.states.get(callId) ?? { projection: new CallProjection(), readBytes: 0 }
    this.remember(callId, state)
    if ((await this.deps.media.findSize(callId, LOG_FILE)) === null) return null
    const { entries, sizeBytes } = await readEntries(this.deps.media, callId, state.readBytes)
    state.readBytes = sizeBytes
    for (const entry of entries) state.projection.take(entry)
    if (state.projection.seq < 0) return null
    const isCounted = state.projection.state !== 'recording' && entries.some(changesCompleteness)
    const completeness = isCounted ? makeCompleteness((await readEntries(this.deps.media, callId, 0)).entries) : null
    return { callId, projection: state.projection, completeness, fault: this.faults.get(callId) ?? null }
  }

  private async write(calls: ProjectedCall[]): Promise<void> {
    await writeProjectedCalls(this.deps.database, calls)
    for (const { callId, projection, fault } of calls) {
      projection.newActions = []
      if (fault !== null && this.faults.get(callId) === fault) this.faults.delete(callId)
      this.deps.feed.publish('call.projected', { callId, seq: projection.seq, state: projection.state })
    }
  }

  private giveUpForNow(callId: CallId, cause: unknown): null {
    this.states.delete(callId)
    if (this.isDisposed) return null
    this.deps.log.error(`the rows of call ${callId} could not be written; it is tried again in ${RETRY_MS / 1_000} s`, cause)
    const retry = setTimeout(() => {
      this.retries.delete(retry)
      this.markDirty(callId, 0)
    }, RETRY_MS)
    this.retries.add(retry)
    return null
  }

  private remember(callId: CallId, state: State): void {
    this.states.delete(callId)
    this.states.set(callId, state)
    const [oldest] = this.states.keys()
    if (this.states.size > MAX_STATES && oldest) this.states.delete(oldest)
  }
}

const changesCompleteness = (entry: LogEntry): boolean => isMediaEntry(entry) || ['gap', 'pause', 'resume', 'hangup', 'close'].includes(entry.kind)
