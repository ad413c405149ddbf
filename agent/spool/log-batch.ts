/** Turns what is to be appended into lines: numbers, chain, place and hash of the payload. Pure but for hashing. */
import { makeLine, MAX_LINE_BYTES, type EntryBody, type MediaEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { Track } from '@/protocol/tracks'
import { SpoolError } from './errors'
import { hashOf, type IndexedLine } from './scan-log'

/** The last entry; `seq` -1 and the genesis hash of an empty log. */
export type LogHead = { seq: number; hash: string }
export type PlainBody = Exclude<EntryBody, { kind: MediaEntry['kind'] }>
type WithoutPayload<B> = B extends EntryBody ? Omit<B, 'offsetBytes' | 'bytes' | 'sha256'> : never
export type MediaBody = WithoutPayload<Extract<EntryBody, { kind: MediaEntry['kind'] }>>

export type Draft = { form: 'plain'; makeBody: (head: LogHead) => PlainBody } | { form: 'media'; body: MediaBody; chunk: Uint8Array }
export type MadeLine = IndexedLine & { seq: number; line: Uint8Array; chunk: Uint8Array | null }

export class LogBatch {
  readonly lines: MadeLine[] = []
  private readonly trackEnds = new Map<Track, number>()

  constructor(
    private readonly callId: CallId,
    private head: LogHead,
    private offsetBytes: number,
    private isClosed: boolean,
  ) {}

  /** Adds a line. Throws, and changes nothing, when the log cannot take the entry. `fileBytes`: length of its track's file. */
  add(draft: Draft, fileBytes: number): MadeLine {
    const chunk = draft.form === 'media' ? draft.chunk : null
    const payload = draft.form === 'media' ? this.place(draft.body.track, draft.chunk.length, fileBytes) : null
    const body = draft.form === 'media' ? withMeasures(draft, payload?.offsetBytes ?? 0) : draft.makeBody(this.head)
    if (this.isClosed && body.kind !== 'seal' && body.kind !== 'receipt') throw SpoolError.logClosed(this.callId, body.kind)
    const seq = this.head.seq + 1
    const line = makeLine(body, seq, this.head.hash)
    if (line.length > MAX_LINE_BYTES) throw SpoolError.tooLong(this.callId, body.kind, line.length, MAX_LINE_BYTES)

    const made = { seq, line, hash: hashOf(line), offsetBytes: this.offsetBytes, lengthBytes: line.length, payload, chunk }
    this.lines.push(made)
    this.head = { seq, hash: made.hash }
    this.offsetBytes += line.length + 1
    if (payload) this.trackEnds.set(payload.track, payload.offsetBytes + payload.bytes)
    this.isClosed ||= body.kind === 'close'
    return made
  }

  private place(track: Track, bytes: number, fileBytes: number): NonNullable<IndexedLine['payload']> {
    return { track, offsetBytes: this.trackEnds.get(track) ?? fileBytes, bytes }
  }
}

const withMeasures = ({ body, chunk }: Extract<Draft, { form: 'media' }>, offsetBytes: number): EntryBody => ({
  ...body,
  offsetBytes,
  bytes: chunk.length,
  sha256: hashOf(chunk),
})
