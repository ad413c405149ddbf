/** What the database's rows say of one call, from its entries in order. Pure: the same entries give the same rows. */
import { isMediaEntry, type EntryOf, type LogEntry, type OpenData } from '@/protocol/entries'
import { CustomerGuess } from '../timeline/customer'
import type { CallState } from '../timeline/view'

export class CallProjection {
  open: OpenData | null = null
  state: CallState = 'recording'
  seq = -1
  lengthMs = 0
  closedAtMs: number | null = null
  hasChange = false
  /** Of entries that were taken since they were last cleared. */
  newActions: EntryOf<'action'>[] = []
  readonly customer = new CustomerGuess()
  /** Position of the hang-up: what comes later makes the call no longer. */
  private hangUpAtMs: number | null = null

  take(entry: LogEntry): void {
    this.seq = entry.seq
    if (entry.kind === 'open') this.open = entry.data
    if (isMediaEntry(entry) || entry.kind === 'gap') this.lengthMs = Math.max(this.lengthMs, entry.atMs + entry.durationMs)
    if (entry.kind === 'action') {
      this.newActions.push(entry)
      this.hasChange ||= entry.data.changes.length > 0
      this.customer.add(entry.data)
    }
    if (entry.kind === 'hangup') this.hangUp(entry.atMs, 'wrapup')
    if (entry.kind === 'close') {
      this.hangUp(this.hangUpAtMs ?? entry.atMs, 'closed')
      this.closedAtMs = entry.atMs
    }
    if (this.hangUpAtMs !== null) this.lengthMs = this.hangUpAtMs
  }

  private hangUp(atMs: number, state: CallState): void {
    this.hangUpAtMs = atMs
    this.state = state
  }
}
