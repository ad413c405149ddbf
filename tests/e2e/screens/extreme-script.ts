/** What is in a call of which only the page matters: a script, its log as an agent would have written it, and its words. Pure. */
import { addReceipt } from './receipt'
import type { ActionData, GapCause } from '@/protocol/entries'
import { type Track, trackFile, type TrackDescription } from '@/protocol/tracks'
import { SampleCall, type TestDevice } from '../../server/ingest/sample-call'
import type { Spoken } from '../../support/sample-call'

export type Gap = Readonly<{ track: Track; fromMs: number; toMs: number; cause: GapCause; detail?: string }>

/** Gaps and the pause begin and end at whole chunks. */
export type ExtremeScript = Readonly<{
  startedAt: string
  lengthMs: number
  hasScreen: boolean
  sentences: readonly Spoken[]
  actions: readonly (Partial<ActionData> & { atMs: number })[]
  notes?: readonly { atMs: number; text: string }[]
  gaps?: readonly Gap[]
  pause?: { fromMs: number; toMs: number }
}>

/** Ten seconds, so that three hours are some thousand entries. */
export const CHUNK_MS = 10_000
const SCREEN: TrackDescription = { track: 'screen', codec: 'vp9', file: trackFile('screen'), widthPx: 1_280, heightPx: 720 }
/** What a chunk holds is another test's matter. */
const PAYLOAD = new Uint8Array(8)

export function writeExtremeCall(device: TestDevice, script: ExtremeScript): SampleCall {
  const voices = (['technician', 'customer'] as const).map((track): TrackDescription => ({ track, codec: 'opus', file: trackFile(track), sampleRateHz: 48_000, channels: 1 }))
  const call = new SampleCall(device, undefined, { startedAt: script.startedAt, tracks: script.hasScreen ? [...voices, SCREEN] : voices, consentRule: { jurisdiction: 'ID', requires: 'all-parties' } })
  const by = device.technician
  const { pause } = script
  const deeds = [
    { atMs: 400, write: () => call.add({ kind: 'consent', atMs: 400, data: { state: 'announced', by: 'technician' } }) },
    ...script.actions.map(({ atMs, ...action }) => ({ atMs, write: () => call.action(action) })),
    ...(script.notes ?? []).map(({ atMs, text }) => ({ atMs, write: () => call.add({ kind: 'note', atMs, data: { by, text } }) })),
    ...(pause ? [{ atMs: pause.fromMs, write: () => call.add({ kind: 'pause', atMs: pause.fromMs, data: { by, reason: 'card' } }) }] : []),
    ...(pause ? [{ atMs: pause.toMs, write: () => call.add({ kind: 'resume', atMs: pause.toMs, data: { by } }) }] : []),
  ].sort((a, b) => a.atMs - b.atMs)
  const write = (untilMs: number): void => {
    while (deeds[0] && deeds[0].atMs < untilMs) {
      call.atMs = deeds[0].atMs
      deeds.shift()!.write()
    }
  }
  for (let atMs = 0; atMs < script.lengthMs; atMs += CHUNK_MS) {
    write(atMs + CHUNK_MS)
    call.atMs = atMs
    writeChunks(call, script, Math.min(CHUNK_MS, script.lengthMs - atMs))
    if (atMs % 60_000 === 0) addReceipt(call.seal(), script.startedAt)
  }
  call.atMs = script.lengthMs
  call.hangUp()
  write(Infinity)
  return call.close().seal()
}

function writeChunks(call: SampleCall, { hasScreen, gaps = [], pause }: ExtremeScript, durationMs: number): void {
  const { atMs } = call
  const isIn = ({ fromMs, toMs }: { fromMs: number; toMs: number }): boolean => fromMs <= atMs && atMs < toMs
  if (pause && isIn(pause)) return
  for (const track of hasScreen ? (['technician', 'customer', 'screen'] as const) : (['technician', 'customer'] as const)) {
    const gap = gaps.find((one) => one.track === track && isIn(one))
    if (gap?.fromMs === atMs) call.add({ kind: 'gap', track, atMs, durationMs: gap.toMs - gap.fromMs, data: { cause: gap.cause, ...(gap.detail && { detail: gap.detail }) } })
    if (gap) continue
    if (track === 'screen') call.screen(PAYLOAD, durationMs)
    else call.audio(track, PAYLOAD, durationMs)
  }
}
