/** What a log says so far, folded entry by entry: the recorder goes on from it after a crash, the uplink deletes by it. */
import type { EntryOf, LogEntry, OpenData } from '@/protocol/entries'
import type { Track } from '@/protocol/tracks'

export type TrackSummary = {
  /** Everything before it is recorded or declared as lost. */
  endMs: number
  /** Payloads so far, headers and fillers included. */
  payloads: number
}

export type LogSummary = {
  open: OpenData | null
  /** The last tie between the timeline and the clocks of the computer. */
  clock: EntryOf<'clock'> | null
  tracks: ReadonlyMap<Track, TrackSummary>
  pause: EntryOf<'pause'> | null
  /** Who is with the call, by role and id. */
  present: ReadonlyMap<string, EntryOf<'presence'>['data']>
  hangUpAtMs: number | null
  closedSeq: number | null
  lastSealSeq: number | null
  /** Seq of the newest seal for which there is a receipt. */
  lastReceiptedSeq: number
  /** Seq of the entry that holds the receipt for a seal after the close: nothing more will follow. */
  closingReceiptSeq: number | null
  /** Latest position of any entry, durations included. */
  lastMs: number
}

export const EMPTY_SUMMARY: LogSummary = {
  open: null,
  clock: null,
  tracks: new Map(),
  pause: null,
  present: new Map(),
  hangUpAtMs: null,
  closedSeq: null,
  lastSealSeq: null,
  lastReceiptedSeq: -1,
  closingReceiptSeq: null,
  lastMs: 0,
}

export function foldEntry(summary: LogSummary, entry: LogEntry): LogSummary {
  const next = { ...summary, lastMs: Math.max(summary.lastMs, entry.atMs + ('durationMs' in entry ? entry.durationMs : 0)) }
  switch (entry.kind) {
    case 'open':
      return { ...next, open: entry.data }
    case 'clock':
      return { ...next, clock: entry }
    case 'audio':
    case 'screen':
    case 'gap':
      return { ...next, tracks: withTrack(summary.tracks, entry.track, entry.atMs + entry.durationMs, entry.kind !== 'gap') }
    case 'pause':
      return { ...next, pause: entry }
    case 'resume':
      return { ...next, pause: null }
    case 'presence':
      return { ...next, present: withPresence(summary.present, entry.data) }
    case 'hangup':
      return { ...next, hangUpAtMs: entry.atMs }
    case 'close':
      return { ...next, closedSeq: entry.seq }
    case 'seal':
      return { ...next, lastSealSeq: entry.seq }
    case 'receipt': {
      const isClosing = summary.closedSeq !== null && entry.data.receiptedSeq > summary.closedSeq
      const lastReceiptedSeq = Math.max(summary.lastReceiptedSeq, entry.data.receiptedSeq)
      return { ...next, lastReceiptedSeq, closingReceiptSeq: isClosing ? entry.seq : summary.closingReceiptSeq }
    }
    default:
      return next
  }
}

function withPresence(present: LogSummary['present'], data: EntryOf<'presence'>['data']): LogSummary['present'] {
  const changed = new Map(present)
  const key = `${data.as} ${data.person.id}`
  if (data.state === 'joined') changed.set(key, data)
  else changed.delete(key)
  return changed
}

function withTrack(tracks: LogSummary['tracks'], track: Track, endMs: number, isPayload: boolean): LogSummary['tracks'] {
  const before = tracks.get(track) ?? { endMs: 0, payloads: 0 }
  return new Map(tracks).set(track, { endMs: Math.max(before.endMs, endMs), payloads: before.payloads + (isPayload ? 1 : 0) })
}
