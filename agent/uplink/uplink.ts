/**
 * Brings every log of the spool to the server and never holds recording up.
 *
 * States: `away` (tries again by the retry policy), `connected` (after hello; every call has at most one batch in flight,
 * and a batch a second when little happens), `revoked` (tries rarely). Whatever it is, calls go on into the spool.
 */
import type { DeskReport, ReceiptMessage } from '@/protocol/agent-messages'
import type { CallId } from '@/protocol/ids'
import type { Clock } from '../call/clock'
import type { UplinkState } from '../panel/ports'
import type { CoachLink } from '../coach/link'
import type { LiveLink } from '../live/link'
import type { CallLog } from '../spool/call-log'
import { connect, type Connection, type ServerAddress, type ServerListener } from './connection'
import { UplinkError } from './errors'
import { Replica } from './replica'
import { retryDelayMs } from './retry-policy'

const CADENCE_MS = 1_000
/** While somebody listens: actions are to be seen as they are done. Sound and screen he has already. */
const HURRIED_CADENCE_MS = 200
/** Less than this is the ordinary rhythm of batches. */
const BEHIND_MS = 4_000
const MAX_HELLO_CALLS = 1_000

export type UplinkListener = ServerListener & {
  onStateChanged(): void
  /** A connection is there to be used, or `null`: it has gone. */
  onLink(link: (LiveLink & CoachLink) | null): void
  /** The server's copy is known and this one lacks nothing of it. */
  onReconciled(log: CallLog): void
  /** The server will not take this log as it is; its files stay. */
  onRefused(log: CallLog, kind: 'forked' | 'refused', message: string): void
  /** The server holds the whole call and has signed for it. */
  onSafe(log: CallLog): void
}

type LinkState = { state: 'away'; sinceWallMs: number; why: string | null } | { state: 'connected'; connection: Connection } | { state: 'revoked'; message: string }
/** `isUrgent`: an entry waits that is more than sound and screen. */
type Sender = { replica: Replica; isSending: boolean; isUrgent: boolean; sentAtMs: number; callOffTimer: () => void; unsubscribe: () => void }

export type UplinkOptions = { server: ServerAddress; agentVersion: string; clock: Clock; log: (line: string) => void; /** How things stand at the desk now. */ desk: () => DeskReport }

export class Uplink {
  private link: LinkState
  private readonly senders = new Map<CallId, Sender>()
  private attempt = 0
  private callOffRetry = (): void => undefined
  private hurries = 0
  private isDisposed = false

  constructor(
    private readonly options: UplinkOptions,
    private readonly listener: UplinkListener,
  ) {
    this.link = { state: 'away', sinceWallMs: options.clock.wallMs(), why: null }
  }

  start(): void {
    void this.connect()
  }

  /** Sends what is more than sound and screen sooner until the answer is called. */
  hurry(): () => void {
    this.hurries += 1
    return () => void (this.hurries -= 1)
  }

  /** What the panel shows; `message` of a refusal comes with `revoked`. */
  get state(): UplinkState {
    if (this.link.state === 'away') return { state: 'away', since: new Date(this.link.sinceWallMs).toISOString() }
    if (this.link.state === 'revoked') return { state: 'revoked' }
    const behindMs = Math.max(0, ...[...this.senders.values()].map(({ replica }) => replica.behindMs()))
    return behindMs > BEHIND_MS ? { state: 'behind', behindMs: Math.round(behindMs) } : { state: 'saved' }
  }

  /** Calls that the server does not have for good yet. */
  get callCount(): number {
    return this.senders.size
  }

  /** Why the server is away or does not want this device. */
  get trouble(): string | null {
    return this.link.state === 'away' ? this.link.why : this.link.state === 'revoked' ? this.link.message : null
  }

  /** From now on the server gets this call's entries as they become durable. `isNew`: the server cannot know of it. */
  add(log: CallLog, isNew: boolean): void {
    const { clock } = this.options
    const sender: Sender = { replica: new Replica(log, clock), isSending: false, isUrgent: false, sentAtMs: -Infinity, callOffTimer: () => undefined, unsubscribe: () => undefined }
    sender.unsubscribe = log.onAppended((isMediaOnly) => {
      sender.isUrgent ||= !isMediaOnly
      this.schedule(sender)
    })
    this.senders.set(log.callId, sender)
    if (this.link.state !== 'connected') return
    const { connection } = this.link
    if (isNew) void this.reconcile(sender, { callId: log.callId, seq: -1, hash: log.hashAt(-1) ?? '' }, connection)
    else void this.greet(connection, [sender]).catch((error: unknown) => this.handleBroken(connection, error))
  }

  remove(callId: CallId): void {
    const sender = this.senders.get(callId)
    sender?.unsubscribe()
    sender?.callOffTimer()
    this.senders.delete(callId)
  }

  /** Tells the server how things stand at the desk; whenever it is reached again it is told anyway. */
  tellDesk(): void {
    if (this.link.state === 'connected') void this.sendDesk(this.link.connection)
  }

  /** Whether the server got everything within the limit. */
  async flush(limitMs: number): Promise<boolean> {
    const { clock } = this.options
    const untilMs = clock.monotonicMs() + limitMs
    const isUnsafe = ({ replica }: Sender): boolean => replica.state.state === 'unknown' || (replica.state.state === 'following' && !replica.isSafe)
    while ([...this.senders.values()].some(isUnsafe)) {
      if (clock.monotonicMs() >= untilMs) return false
      for (const sender of this.senders.values()) this.schedule(sender, 0)
      await new Promise<void>((resolve) => clock.after(50, resolve))
    }
    return true
  }

  dispose(): void {
    this.isDisposed = true
    this.callOffRetry()
    for (const callId of [...this.senders.keys()]) this.remove(callId)
    if (this.link.state === 'connected') this.link.connection.close()
  }

  private cadenceOf({ isUrgent }: Sender): number {
    return this.hurries > 0 && isUrgent ? HURRIED_CADENCE_MS : CADENCE_MS
  }

  private async connect(): Promise<void> {
    try {
      const connection: Connection = await connect(this.options.server, {
        onReceipt: (message) => void this.keepReceipt(message),
        onListen: (demand) => this.listener.onListen(demand),
        onCoachText: (message) => this.listener.onCoachText(message),
        onCoachVoice: (packet) => this.listener.onCoachVoice(packet),
        onPresence: (message) => this.listener.onPresence(message),
        onBroken: (error) => this.handleBroken(connection, error),
      })
      if (this.isDisposed) return connection.close()
      this.enter({ state: 'connected', connection })
      await this.greet(connection, [...this.senders.values()]).catch((error: unknown) => this.handleBroken(connection, error))
      this.tellDesk()
    } catch (error) {
      this.handleAway(error)
    }
  }

  private async greet(connection: Connection, senders: readonly Sender[]): Promise<void> {
    const callIds = senders.map(({ replica }) => replica.log.callId)
    // Once without calls as well: the server wants a hello before anything else.
    for (let first = 0; first === 0 || first < callIds.length; first += MAX_HELLO_CALLS) {
      const reply = await connection.hello({ agentVersion: this.options.agentVersion, callIds: callIds.slice(first, first + MAX_HELLO_CALLS) })
      if (!reply.ok) throw UplinkError.refused(reply.message, reply.reason)
      this.attempt = 0
      for (const head of reply.heads) {
        const sender = this.senders.get(head.callId)
        if (sender) await this.reconcile(sender, head, connection)
      }
    }
  }

  private async reconcile(sender: Sender, head: Parameters<Replica['reconcile']>[0], connection: Connection): Promise<void> {
    const { replica } = sender
    try {
      await replica.reconcile(head, connection)
      this.tellRefusal(replica)
      if (replica.state.state === 'following') this.listener.onReconciled(replica.log)
      this.afterAck(sender)
    } catch (error) {
      this.handleBroken(connection, error)
    }
  }

  /** No call depends on it: an older server, which does not know it, is no reason to leave. */
  private async sendDesk(connection: Connection): Promise<void> {
    const refusal = await connection.desk(this.options.desk()).then((reply) => (reply.ok ? null : reply.message), String)
    if (refusal !== null && !this.isDisposed) this.options.log(`the server was not told about the desk: ${refusal}`)
  }

  private schedule(sender: Sender, cadenceMs = this.cadenceOf(sender)): void {
    if (sender.isSending || this.isDisposed) return
    const { clock } = this.options
    sender.callOffTimer()
    sender.callOffTimer = clock.after(Math.max(0, sender.sentAtMs + cadenceMs - clock.monotonicMs()), () => void this.send(sender))
  }

  private async send(sender: Sender): Promise<void> {
    if (this.link.state !== 'connected' || sender.isSending || !sender.replica.hasMore) return
    const { connection } = this.link
    const untilSeq = sender.replica.log.head.seq
    sender.isSending = true
    sender.isUrgent = false
    sender.sentAtMs = this.options.clock.monotonicMs()
    try {
      await sender.replica.sendNext(connection)
      this.tellRefusal(sender.replica)
    } catch (error) {
      this.handleBroken(connection, error)
    } finally {
      sender.isSending = false
    }
    const { state } = sender.replica
    const isCatchingUp = state.state === 'following' && state.ackedSeq < untilSeq
    this.afterAck(sender, isCatchingUp ? 0 : this.cadenceOf(sender))
  }

  private afterAck(sender: Sender, cadenceMs = this.cadenceOf(sender)): void {
    if (sender.replica.isSafe && this.senders.has(sender.replica.log.callId)) {
      this.remove(sender.replica.log.callId)
      this.listener.onSafe(sender.replica.log)
    } else if (sender.replica.hasMore) this.schedule(sender, cadenceMs)
    this.listener.onStateChanged()
  }

  private async keepReceipt({ callId, receipt }: ReceiptMessage): Promise<void> {
    const sender = this.senders.get(callId)
    await sender?.replica.keepReceipt(receipt).catch((error: unknown) => this.options.log(`a receipt for call ${callId} could not be kept: ${String(error)}`))
  }

  private tellRefusal({ state, log }: Replica): void {
    if (state.state === 'forked' || state.state === 'refused') this.listener.onRefused(log, state.state, state.message)
  }

  private handleBroken(connection: Connection, error: unknown): void {
    if (this.link.state !== 'connected' || this.link.connection !== connection) return
    connection.close()
    this.handleAway(error)
  }

  private handleAway(error: unknown): void {
    if (this.isDisposed) return
    const { clock, log } = this.options
    const why = error instanceof Error ? error.message : String(error)
    const isRevoked = error instanceof UplinkError && error.reason === 'refused' && error.refusal !== 'storage'
    if (!(error instanceof UplinkError)) log(`the uplink failed: ${why}`)
    for (const { replica } of this.senders.values()) replica.forget()
    this.callOffRetry()
    this.callOffRetry = clock.after(retryDelayMs(isRevoked ? Infinity : this.attempt++, Math.random()), () => void this.connect())
    if (isRevoked) this.enter({ state: 'revoked', message: why })
    else this.enter({ state: 'away', sinceWallMs: this.link.state === 'away' ? this.link.sinceWallMs : clock.wallMs(), why })
  }

  private enter(link: LinkState): void {
    this.link = link
    this.listener.onLink(link.state === 'connected' ? link.connection : null)
    this.listener.onStateChanged()
  }
}
