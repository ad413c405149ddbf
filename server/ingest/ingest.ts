/**
 * The logs of all calls on the server: the one door through which entries come in.
 *
 * Bounds: WAITING_BYTES_PER_DEVICE of entries that wait for storage, and UNCLOSED_CALLS_PER_DEVICE calls (of those that it
 * has used since the server started). A device beyond them is refused and told to wait; others do not notice.
 */
import { join } from 'node:path'
import type { Append, ReplicaHead, WireEntry } from '@/protocol/agent-messages'
import type { ReceiptData } from '@/protocol/entries'
import type { CallId, DeviceId } from '@/protocol/ids'
import type { Log } from '../log'
import type { MediaStore } from '../media/media-store'
import type { CallFeed } from './call-feed'
import { type Appended, CallLog, type CallLogDeps } from './call-log'
import type { AgentDevice } from './check-entry'
import { IngestError } from './errors'
import { Journal } from './journal'
import { LoadedCalls } from './loaded-calls'
import type { ServerKey } from './server-key'

const WAITING_BYTES_PER_DEVICE = 64 * 1024 * 1024
const UNCLOSED_CALLS_PER_DEVICE = 200

type Options = { dataDir: string; store: MediaStore; feed: CallFeed; serverKey: ServerKey; log: Log; now?: () => Date }

export class Ingest {
  private readonly calls: LoadedCalls
  private readonly unclosed = new Map<DeviceId, Set<CallId>>()
  private readonly waitingBytes = new Map<DeviceId, number>()

  private constructor(private readonly deps: CallLogDeps) {
    this.calls = new LoadedCalls((callId) => CallLog.load(deps, callId))
  }

  /** Finishes what an earlier process had promised, then is ready. */
  static async open({ dataDir, now = () => new Date(), ...deps }: Options): Promise<Ingest> {
    const journal = await Journal.open({ dir: join(dataDir, 'journal'), store: deps.store, log: deps.log })
    return new Ingest({ ...deps, journal, now })
  }

  /** How far the durable copy of a call reaches, and a receipt that its agent may have missed. */
  async head(device: AgentDevice, callId: CallId): Promise<{ head: ReplicaHead; receipt: ReceiptData | null }> {
    return this.withRecovered(callId, (call) => {
      this.countUnclosed(device, callId, call)
      return { head: call.replicaHead(device), receipt: call.outstandingReceipt(device) }
    })
  }

  /** Resolves when what was taken is durable. A refusal stands in the answer, with the head that it left. */
  async append(device: AgentDevice, { callId, entries }: Append): Promise<Appended> {
    const bytes = entries.reduce((sum, { line, payload }) => sum + line.length + (payload?.length ?? 0), 0)
    const waiting = this.waitingBytes.get(device.id) ?? 0
    if (waiting > 0 && waiting + bytes > WAITING_BYTES_PER_DEVICE) throw IngestError.tooMuchWaiting(WAITING_BYTES_PER_DEVICE)
    this.waitingBytes.set(device.id, waiting + bytes)
    try {
      return await this.withRecovered(callId, async (call) => {
        if (call.isNew && (this.unclosed.get(device.id)?.size ?? 0) >= UNCLOSED_CALLS_PER_DEVICE) throw IngestError.tooManyCalls(UNCLOSED_CALLS_PER_DEVICE)
        const appended = await call.append(device, entries)
        this.countUnclosed(device, callId, call)
        return appended
      })
    } finally {
      const left = this.waitingBytes.get(device.id)! - bytes
      if (left > 0) this.waitingBytes.set(device.id, left)
      else this.waitingBytes.delete(device.id)
    }
  }

  async fetch(device: AgentDevice, callId: CallId, fromSeq: number): Promise<WireEntry[]> {
    return this.withRecovered(callId, (call) => call.fetch(device, fromSeq))
  }

  /** Writes down what was done with a closed call: who, what, when. `false` for a call that still runs. */
  async appendCustody(callId: CallId, { verb, ...data }: { verb: string } & Record<string, unknown>): Promise<boolean> {
    return this.calls.with(callId, (call) => call.appendCustody(verb, data))
  }

  /** Takes a call's files away, so that no restart brings them back. Its rows are their owners' affair. */
  async remove(callId: CallId): Promise<void> {
    await this.calls.with(callId, (call) => call.remove())
    for (const callIds of this.unclosed.values()) callIds.delete(callId)
  }

  /** Lets running work finish, syncs everything and empties the journal. */
  async dispose(): Promise<void> {
    await this.deps.journal.dispose()
  }

  private withRecovered<T>(callId: CallId, use: (call: CallLog) => T | Promise<T>): Promise<T> {
    return this.calls.with(callId, async (call) => {
      await call.recover()
      return use(call)
    })
  }

  private countUnclosed(device: AgentDevice, callId: CallId, call: CallLog): void {
    const unclosed = this.unclosed.get(device.id) ?? new Set()
    if (call.isOpenFor(device)) this.unclosed.set(device.id, unclosed.add(callId))
    else unclosed.delete(callId)
  }
}
