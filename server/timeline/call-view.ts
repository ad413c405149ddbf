/** A call's view from its log and its rows. Pure. */
import { CallClock } from '@/protocol/clock'
import { makeCompleteness } from '@/protocol/completeness'
import { type EntryKind, type EntryOf, isMediaEntry, type LogEntry, type OpenData } from '@/protocol/entries'
import { holdStretches, pauseStretches } from '@/protocol/stretches'
import { OPUS_SAMPLE_RATE_HZ, type Track, type TrackDescription, trackFile } from '@/protocol/tracks'
import type { ReadLog } from '../media/log-reader'
import { MODEL_NAME } from '../transcribe/moonshine/model-files'
import type { CallRow } from './call-row'
import type { CallView, MomentView, ProofView, TrackView, UtteranceView } from './view'

export type CallParts = { row: CallRow; utterances: UtteranceView[]; log: ReadLog; files: { file: string; bytes: number }[]; moments: MomentView[] }

export function makeCallView({ row, utterances, log, files, moments }: CallParts): CallView {
  const { entries } = log
  const [open] = entries
  if (open?.kind !== 'open') throw new Error(`the log of call ${row.id} does not begin with its opening; it has ${entries.length} entries`)
  const byKind = groupByKind(entries)
  const { lengthMs, tracks: completeness, coach } = makeCompleteness(entries)
  const close = byKind('close').at(-1)
  const hangUpAtMs = byKind('hangup')[0]?.atMs ?? close?.atMs ?? null

  return {
    id: row.id,
    isSample: row.isSample,
    // The log is ahead of its row by a moment.
    state: close ? 'closed' : hangUpAtMs !== null ? 'wrapup' : 'recording',
    startedAt: open.data.startedAt,
    timeZone: open.data.timeZone,
    closedAt: row.closedAt,
    closeReason: close?.data ?? null,
    lengthMs,
    hangUpAtMs,
    technician: row.technician,
    device: { id: open.data.deviceId, name: row.deviceName, agentVersion: open.data.agentVersion },
    agentAwaySince: close ? null : row.agentAwaySince,
    customer: row.customer,
    fault: row.fault,
    tracks: trackViews(row, open.data, entries, files),
    completeness,
    coach,
    clock: CallClock.fromEntries(entries).readings,
    consentRule: open.data.consentRule,
    speechModel: MODEL_NAME,
    utterances,
    actions: byPosition(byKind('action')).map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    notes: byPosition(byKind('note')).map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    consents: byPosition(byKind('consent')).map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    holds: holdStretches(byKind('hold')),
    presences: byPosition(byKind('presence')).map(({ seq, atMs, data }) => ({ seq, atMs, ...data })),
    pauses: pauseStretches(entries),
    gaps: byPosition(byKind('gap')).map(({ seq, atMs, durationMs, track, data }) => ({ seq, track, fromMs: atMs, toMs: atMs + durationMs, cause: data.cause, detail: data.detail ?? null })),
    unknown: entries.flatMap((entry) => (entry.kind === 'unknown' ? [{ seq: entry.seq, atMs: entry.atMs, kind: entry.originalKind, json: JSON.stringify(entry.raw) }] : [])),
    moments,
    proof: proofView(log, open.data, byKind('seal'), byKind('receipt')),
    tasks: row.tasks,
    playbackUrl: derivedUrl(row, 'playback', /^derived\/(playback\.\w+)$/, files),
    peaksUrl: derivedUrl(row, 'peaks', /^derived\/(peaks\.json)$/, files),
    stillsUrl: derivedUrl(row, 'stills', /^derived\/(stills\.json)$/, files),
    leak: row.leak,
  }
}

const mediaUrl = (callId: string, file: string): string => `/media/${callId}/${file}`

function derivedUrl({ id, tasks }: CallRow, kind: 'playback' | 'peaks' | 'stills', name: RegExp, files: CallParts['files']): string | null {
  if (!tasks.some((task) => task.kind === kind && task.state === 'done')) return null
  const found = files.map(({ file }) => name.exec(file)?.[1]).find((file) => file !== undefined)
  return found === undefined ? null : mediaUrl(id, found)
}

/** Tracks that entry 0 announced, and those that came with their own header later. */
function trackViews({ id }: CallRow, open: OpenData, entries: readonly LogEntry[], files: CallParts['files']): TrackView[] {
  const descriptions = new Map<Track, TrackDescription>(open.tracks.map((description) => [description.track, description]))
  for (const entry of entries) {
    if (entry.kind !== 'audio' || descriptions.has(entry.track)) continue
    descriptions.set(entry.track, { track: entry.track, codec: 'opus', file: trackFile(entry.track), sampleRateHz: OPUS_SAMPLE_RATE_HZ, channels: 1 })
  }
  return [...descriptions].map(([track, description]) => ({
    track,
    description,
    mediaUrl: mediaUrl(id, trackFile(track)),
    bytes: files.find(({ file }) => file === trackFile(track))?.bytes ?? 0,
  }))
}

function proofView({ entries, lastHash }: ReadLog, open: OpenData, seals: EntryOf<'seal'>[], receipts: EntryOf<'receipt'>[]): ProofView {
  const lastSealedSeq = seals.at(-1)?.data.sealedSeq ?? null
  return {
    entryCount: entries.length,
    lastSeq: entries.length - 1,
    lastHash,
    sealCount: seals.length,
    lastSealedSeq,
    unsignedCount: entries.slice((lastSealedSeq ?? -1) + 1).filter(({ kind }) => kind !== 'seal' && kind !== 'receipt').length,
    deviceKey: open.deviceKey,
    receipts: receipts.map(({ seq, atMs, data }) => ({ seq, atMs, receiptedSeq: data.receiptedSeq, receivedAt: data.receivedAt })),
  }
}

function groupByKind(entries: readonly LogEntry[]): <K extends EntryKind>(kind: K) => EntryOf<K>[] {
  const groups = new Map<string, LogEntry[]>()
  for (const entry of entries) {
    if (isMediaEntry(entry)) continue
    const group = groups.get(entry.kind)
    if (group) group.push(entry)
    else groups.set(entry.kind, [entry])
  }
  // A group holds the entries of the kind that it is filed under, and no others.
  return <K extends EntryKind>(kind: K) => (groups.get(kind) ?? []) as EntryOf<K>[]
}

const byPosition = <E extends { atMs: number; seq: number }>(entries: E[]): E[] => [...entries].sort((a, b) => a.atMs - b.atMs || a.seq - b.seq)
