/** Makes a running call: anew with its first entries, or from the log that an agent which has died left behind. */
import type { ConsentRule, OpenData, Person } from '@/protocol/entries'
import type { DeviceId } from '@/protocol/ids'
import type { Track } from '@/protocol/tracks'
import type { ScreenSize } from '../capture/ports'
import type { CallLog } from '../spool/call-log'
import type { MediaItem } from '../spool/pending-items'
import type { RecoveredCall, Spool } from '../spool/spool'
import { AudioChunker } from './audio-chunker'
import type { Clock } from './clock'
import { CoachTrack } from './coach-track'
import { RunningCall, type Signer } from './running-call'
import { ScreenChunker } from './screen-chunker'
import { TimelineClock } from './timeline-clock'
import { makeAudioMuxer, makeScreenMuxer } from './track-muxer'
import { describeTracks, type AudioPlan } from './track-plan'
import { TrackRecorder } from './track-recorder'

/** Heartbeats of the screen come every 5.2 s. */
const STALL_MS = { audio: 2_000, screen: 6_000 }

export type Identity = { deviceId: DeviceId; technician: Person; timeZone: string; agentVersion: string; consentRule: ConsentRule }
export type CallDeps = { spool: Spool; clock: Clock; signer: Signer; identity: Identity }
export type CallHooks = { onKept: (track: Track, item: MediaItem) => void; onTrackState: () => void; onWriteFailed: (error: unknown) => void }

export type CallBeginning = { log: CallLog; originWallMs: number; startedBy: OpenData['startedBy']; audio: readonly AudioPlan[]; screen: ScreenSize | null }

export function beginCall(deps: CallDeps, { log, originWallMs, startedBy, audio, screen }: CallBeginning, hooks: CallHooks): RunningCall {
  const timeline = TimelineClock.beginningAt(deps.clock, originWallMs)
  const descriptions = describeTracks(audio, screen)
  const open: OpenData = {
    callId: log.callId,
    ...deps.identity,
    deviceKey: deps.signer.publicKey,
    bootId: deps.clock.bootId,
    startedAt: new Date(originWallMs).toISOString(),
    startedBy,
    tracks: descriptions,
  }
  const tracks = descriptions.map(({ track }) => makeTrack(deps, hooks, { log, track, startMs: 0, written: new Uint8Array(), fragments: null, screen }))
  const coach = makeCoachTrack(deps, hooks, log, new Uint8Array())
  const call = new RunningCall({ log, timeline, tracks, coach, present: [], signer: deps.signer, clock: deps.clock, onWriteFailed: hooks.onWriteFailed })
  call.append({ kind: 'open', atMs: 0, data: open })
  call.tellClock('started')
  return call
}

/** Everything that was still pending becomes the last chunk; from there on each track is lost because the agent was not there. */
export function continueCall(deps: CallDeps, { log, pending, written }: RecoveredCall, hooks: CallHooks): RunningCall {
  const { open, clock, pause, hangUpAtMs, tracks: summaries } = log.summary
  const lastTie = clock ?? { atMs: 0, data: { wallMs: Date.parse(open?.startedAt ?? ''), monotonicMs: Infinity, bootId: '', reason: 'started' as const } }
  const timeline = TimelineClock.continuing(deps.clock, lastTie)
  const tracks = (open?.tracks ?? []).map((description) => {
    const { track } = description
    const summary = summaries.get(track)
    const recorder = makeTrack(deps, hooks, {
      log,
      track,
      startMs: summary?.endMs ?? 0,
      written: written.get(track) ?? new Uint8Array(),
      fragments: summary && summary.payloads > 0 ? summary.payloads - 1 : null,
      screen: description.codec === 'vp9' ? description : null,
    })
    if (hangUpAtMs !== null) return recorder
    for (const item of unsealed(pending.get(track) ?? [], summary?.endMs ?? 0)) recorder.push(item)
    recorder.lose({ cause: 'agent-stopped' })
    return recorder
  })
  const coach = makeCoachTrack(deps, hooks, log, written.get('coach') ?? new Uint8Array())
  if (hangUpAtMs === null) for (const item of unsealed(pending.get('coach') ?? [], summaries.get('coach')?.endMs ?? 0)) coach.push(item, false, Infinity)
  coach.endPress(Infinity)
  const call = new RunningCall({ log, timeline, tracks, coach, present: log.summary.present.values(), signer: deps.signer, clock: deps.clock, onWriteFailed: hooks.onWriteFailed })
  if (pause && hangUpAtMs === null) call.beginPause(pause.atMs)
  call.tellClock('restart')
  return call
}

/** Half a packet of tolerance: a chunk's end is rounded. */
function unsealed(items: readonly MediaItem[], endMs: number): MediaItem[] {
  const kept: MediaItem[] = []
  for (const item of items) if (item.atMs > endMs - 10 && item.atMs > (kept.at(-1)?.atMs ?? -Infinity)) kept.push(item)
  return kept
}

const makeCoachTrack = (deps: CallDeps, hooks: CallHooks, log: CallLog, written: Uint8Array): CoachTrack =>
  new CoachTrack((startMs) => makeTrack(deps, hooks, { log, track: 'coach', startMs, written, fragments: null, screen: null }))

type TrackBeginning = { log: CallLog; track: Track; startMs: number; written: Uint8Array; fragments: number | null; screen: ScreenSize | null }

function makeTrack(deps: CallDeps, hooks: CallHooks, { log, track, startMs, written, fragments, screen }: TrackBeginning): TrackRecorder {
  return new TrackRecorder({
    track,
    log,
    pending: deps.spool.openPending(log.callId, track),
    ...(track === 'screen' && screen
      ? { chunker: new ScreenChunker(startMs), muxer: makeScreenMuxer(screen, fragments), stallMs: STALL_MS.screen }
      : { chunker: new AudioChunker(startMs), muxer: makeAudioMuxer(written), stallMs: STALL_MS.audio }),
    onKept: (item) => hooks.onKept(track, item),
    onStateChange: hooks.onTrackState,
    onWriteFailed: hooks.onWriteFailed,
  })
}
