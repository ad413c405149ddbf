/** `--check`: compares what was recorded with what was played and done, and says it in one object. */
import { relative } from 'node:path'
import type { Completeness } from '@/protocol/completeness'
import type { LogEntry } from '@/protocol/entries'
import type { Database } from '@/server/database/client'
import { wordErrorRate } from '@/server/transcribe/word-error-rate'
import { checkLog } from '@/verify/check-log'
import { openDiskFolder } from '@/verify/disk-folder'
import { saidBy, type Party } from './call-script'
import { EXPECTED_ACTIONS, type ExpectedAction } from './crm/technician'
import { readUtterances } from './recorded-call'
import { compareClicks, compareDeed, compareFlashes, merge, startOfCall, summarise, type Alignment } from './reference/alignment'
import { findRecordedClicks, findRecordedFlashes, readEntries } from './reference/recorded'
import type { References } from './reference/references'

const MAX_WORD_ERROR_RATE = 0.15
const MAX_ALIGNMENT_MS = 40
/** Starting the captures may take half a second; nothing else may be lost. */
const MAX_LOST_MS = 500
const MAX_SECONDS_TO_TRANSCRIPT = 5
const EXPECTED_TRACKS = ['technician', 'customer', 'screen'] as const

export type CheckResult = {
  ok: boolean
  callId: string
  logFolder: string
  durationMs: number
  tracks: Record<string, { recordedMs: number; pausedMs: number; lostMs: number }>
  actions: { expected: number; recorded: number }
  wordErrorRate: Record<Party, number>
  alignmentMs: { p50: number; max: number } | null
  chain: 'verified' | 'broken'
  secondsToTranscript: number
}

export type CheckInput = {
  callId: string
  folder: string
  database: Database
  references: References | null
  secondsToTranscript: number
}

/** `faults` are sentences: why `ok` is false. */
export async function checkCall({ callId, folder, database, references, secondsToTranscript }: CheckInput): Promise<{ result: CheckResult; faults: string[] }> {
  const entries = await readEntries(folder)
  const report = await checkLog(openDiskFolder(folder))
  const heard = await readUtterances(database, callId)
  const alignment = await compare(folder, entries, report.completeness, references)
  const missing = EXPECTED_ACTIONS.filter((action) => !entries.some((entry) => isAction(entry, action)))
  const { lengthMs, tracks } = report.completeness

  const result = {
    callId,
    logFolder: relative(process.cwd(), folder),
    durationMs: lengthMs,
    tracks: Object.fromEntries(tracks.map(({ track, recordedMs, pausedMs, lostMs }) => [track, { recordedMs, pausedMs, lostMs }])),
    actions: { expected: EXPECTED_ACTIONS.length, recorded: EXPECTED_ACTIONS.length - missing.length },
    wordErrorRate: { technician: errorRate('technician', heard.technician), customer: errorRate('customer', heard.customer) },
    alignmentMs: summarise(alignment.errorsMs),
    chain: report.isVerified ? ('verified' as const) : ('broken' as const),
    secondsToTranscript,
  }
  const faults = [
    ...report.verdicts.filter(({ state }) => state === 'failed').map(({ check, summary }) => `${check}: ${summary}`),
    ...EXPECTED_TRACKS.filter((track) => !result.tracks[track]).map((track) => `there is no ${track} track`),
    ...tracks.filter(({ lostMs }) => lostMs > MAX_LOST_MS).map(({ track, lostMs }) => `${track}: ${lostMs} ms lost, at most ${MAX_LOST_MS} expected`),
    ...missing.map((action) => `no entry for the action ${JSON.stringify(action)}`),
    ...Object.entries(result.wordErrorRate).filter(([, rate]) => rate > MAX_WORD_ERROR_RATE).map(([party, rate]) => `${party}: word error rate ${rate}, at most ${MAX_WORD_ERROR_RATE} expected`),
    ...alignment.missed,
    ...(result.alignmentMs && result.alignmentMs.max <= MAX_ALIGNMENT_MS ? [] : [`alignment is ${result.alignmentMs?.max ?? 'not measurable:'} ms at worst, at most ${MAX_ALIGNMENT_MS} expected`]),
    ...(secondsToTranscript <= MAX_SECONDS_TO_TRANSCRIPT ? [] : [`the transcript took ${secondsToTranscript} s after hang-up, at most ${MAX_SECONDS_TO_TRANSCRIPT} expected`]),
  ]
  return { result: { ok: faults.length === 0, ...result }, faults }
}

async function compare(folder: string, entries: readonly LogEntry[], completeness: Completeness, references: References | null): Promise<Alignment> {
  if (!references) return { errorsMs: [], missed: ['nothing was there to compare the timeline with'] }
  const startMs = startOfCall(entries)
  const onWallClock = (positionsMs: readonly number[]): number[] => positionsMs.map((atMs) => startMs + atMs)
  const parties = await Promise.all((['technician', 'customer'] as const).map(async (party) => {
    const recordedMs = onWallClock(await findRecordedClicks(folder, party, entries))
    const beginsMs = startMs + firstRecordedMs(completeness, party)
    // A softphone is noticed after it has begun to play: what sounded before is lost time, judged as such.
    const playedMs = references.playedClicksMs[party].filter((ms) => ms > beginsMs)
    return compareClicks(party, playedMs, references.heardClicksMs[party], recordedMs)
  }))
  const deeds = EXPECTED_ACTIONS.map((action) => compareDeed(action.step, references.deedsMs[action.step], onWallClock(entries.filter((entry) => isAction(entry, action)).map(({ atMs }) => atMs))))
  const flashes = compareFlashes(references.flashes, onWallClock(await findRecordedFlashes(folder, references.flashCrop)))
  return merge([...parties, flashes, ...deeds])
}

const firstRecordedMs = ({ tracks }: Completeness, party: Party): number =>
  tracks.find(({ track }) => track === party)?.ranges.find(({ state }) => state === 'recorded')?.fromMs ?? 0

function isAction(entry: LogEntry, { verb, objectName, field, from, to }: ExpectedAction): boolean {
  if (entry.kind !== 'action' || entry.data.verb !== verb || entry.data.object.name !== objectName) return false
  return field === undefined || entry.data.changes.some((change) => change.field === field && change.from === from && change.to === to)
}

const errorRate = (party: Party, heard: string): number => Math.round(wordErrorRate(saidBy(party), heard) * 10_000) / 10_000
