/**
 * The server's copy of one call, as far as this agent knows it.
 *
 * States: `unknown` until the server has said how far its copy reaches; `following` while entries are sent; `forked` or
 * `refused` when the server will not take the log as it is: then nothing more is sent and the files are kept.
 */
import { type AppendReply, MAX_BATCH_BYTES, NO_ENTRIES_SEQ, type Refusal, type ReplicaHead } from '@/protocol/agent-messages'
import type { ReceiptData } from '@/protocol/entries'
import type { Clock } from '../call/clock'
import { positionNow } from '../call/timeline-clock'
import type { CallLog } from '../spool/call-log'
import { SpoolError } from '../spool/errors'
import type { Connection } from './connection'
import { UplinkError } from './errors'

const MAX_BATCH_ENTRIES = 4_096

export type ReplicaState = { state: 'unknown' } | { state: 'following'; ackedSeq: number } | { state: 'forked' | 'refused'; message: string }

export class Replica {
  private current: ReplicaState = { state: 'unknown' }
  private behindSinceMs: number | null = null

  constructor(
    readonly log: CallLog,
    private readonly clock: Clock,
  ) {}

  get state(): ReplicaState {
    return this.current
  }

  get hasMore(): boolean {
    return this.current.state === 'following' && this.current.ackedSeq < this.log.head.seq
  }

  /** The server has all of it and has signed for it. */
  get isSafe(): boolean {
    const { closingReceiptSeq } = this.log.summary
    return this.current.state === 'following' && closingReceiptSeq !== null && this.current.ackedSeq >= closingReceiptSeq
  }

  /** For how long the server has lacked something. */
  behindMs(): number {
    const isBehind = this.current.state === 'unknown' || this.hasMore
    this.behindSinceMs = isBehind ? (this.behindSinceMs ?? this.clock.monotonicMs()) : null
    return this.behindSinceMs === null ? 0 : this.clock.monotonicMs() - this.behindSinceMs
  }

  /** The connection broke: the server may have stored what it did not acknowledge any more. */
  forget(): void {
    if (this.current.state === 'following') this.current = { state: 'unknown' }
  }

  /** Compares both copies; what this disk has lost and the server holds is fetched back first. */
  async reconcile(head: ReplicaHead, connection: Connection): Promise<void> {
    if (this.current.state !== 'unknown') return
    if (head.seq > this.log.head.seq) await this.fetchLost(head.seq, connection)
    this.follow(head)
  }

  /** Sends the next batch. Throws UplinkError when it should be tried again later. */
  async sendNext(connection: Connection): Promise<void> {
    if (this.current.state !== 'following') return
    const entries = await this.log.read(this.current.ackedSeq + 1, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES)
    if (entries.length === 0) return
    this.handleReply(await connection.append({ callId: this.log.callId, entries }))
  }

  /** Writes the server's receipt into the log, once. */
  async keepReceipt(receipt: ReceiptData): Promise<void> {
    const { lastReceiptedSeq, closingReceiptSeq, clock } = this.log.summary
    const isNews = receipt.receiptedSeq > lastReceiptedSeq && closingReceiptSeq === null
    if (!isNews || this.log.hashAt(receipt.receiptedSeq) !== receipt.hash) return
    const atMs = clock ? Math.round(positionNow(this.clock, clock.atMs, clock.data)) : this.log.summary.lastMs
    await this.log.append({ kind: 'receipt', atMs, data: receipt })
  }

  private handleReply(reply: AppendReply): void {
    if (reply.ok) return this.follow(reply.head)
    switch (reply.reason) {
      case 'storage':
        throw UplinkError.refused(reply.message, reply.reason)
      case 'out-of-order':
        return reply.head ? this.follow(reply.head) : this.stop('refused', reply)
      case 'fork':
        return this.stop('forked', reply)
      default:
        return this.stop('refused', reply)
    }
  }

  private follow({ seq, hash }: ReplicaHead): void {
    const isSame = seq === NO_ENTRIES_SEQ || this.log.hashAt(seq) === hash
    this.current = isSame
      ? { state: 'following', ackedSeq: seq }
      : { state: 'forked', message: `entry ${seq} is not the same on this computer and on the server` }
  }

  private stop(state: 'forked' | 'refused', { message }: Refusal): void {
    this.current = { state, message }
  }

  private async fetchLost(untilSeq: number, connection: Connection): Promise<void> {
    while (this.log.head.seq < untilSeq) {
      const reply = await connection.fetch({ callId: this.log.callId, fromSeq: this.log.head.seq + 1 })
      if (!reply.ok) throw UplinkError.refused(reply.message, reply.reason)
      if (reply.entries.length === 0) return
      try {
        await this.log.appendLost(reply.entries)
      } catch (error) {
        if (!(error instanceof SpoolError) || error.reason !== 'chain-mismatch') throw error
        // The two copies differ before the end of this one; `follow` finds that out and calls it a fork.
        return
      }
    }
  }
}
