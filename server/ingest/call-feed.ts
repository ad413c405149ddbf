/**
 * What has become durable, told to whoever follows calls: the live transcriber, jobs, pages.
 *
 * Back-pressure: publishing never waits. A follower gets each event in the turn in which it is published and must not do
 * its work there: it takes what it needs into a queue of its own with a bound, and reads what it had to let go again from
 * the call's files, which hold everything that was ever published. A follower that throws is logged and harms nobody.
 */
import type { LogEntry, OpenData } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { Log } from '../log'
import type { Utterance } from '../transcribe/utterances'

export type CallFeedEvents = {
  /** Entry 0 of a call is durable. Its `Call` row may not be there yet: see `call.projected`. */
  'call.opened': { callId: CallId; open: OpenData }
  /** Entries in order of `seq` (entry 0 among them) and the chunks of the media entries, by `seq`. */
  'call.appended': { callId: CallId; entries: readonly LogEntry[]; payloads: ReadonlyMap<number, Uint8Array> }
  /** The `close` entry is durable; only seals and receipts can follow. */
  'call.closed': { callId: CallId }
  /** The agent sent what cannot belong to the log; `message` is for people. */
  'call.refused': { callId: CallId; message: string }
  /** The call is being removed: whoever follows it lets go of it. */
  'call.removed': { callId: CallId }
  /** The `Call` row reflects the log up to `seq`. From the first of these on, rows that point at the call can be written. */
  'call.projected': { callId: CallId; seq: number; state: 'recording' | 'wrapup' | 'closed' }
  /** An utterance of a running call is stored; the transcript of the closed call replaces them all. */
  'call.utterance': { callId: CallId; utterance: Utterance }
}

type Listener<K extends keyof CallFeedEvents> = (event: CallFeedEvents[K]) => void

export class CallFeed {
  private readonly listeners = new Map<keyof CallFeedEvents, Set<Listener<never>>>()

  constructor(private readonly log: Pick<Log, 'error'>) {}

  /** Returns what ends the following. */
  on<K extends keyof CallFeedEvents>(event: K, listener: Listener<K>): () => void {
    const listeners = this.listeners.get(event) ?? new Set()
    this.listeners.set(event, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  publish<K extends keyof CallFeedEvents>(event: K, value: CallFeedEvents[K]): void {
    for (const listener of this.listeners.get(event) ?? []) {
      try {
        // Listeners are only ever added under the name of the event whose value they take.
        ;(listener as Listener<K>)(value)
      } catch (cause) {
        this.log.error(`a follower of ${event} failed on call ${value.callId}`, cause)
      }
    }
  }
}
