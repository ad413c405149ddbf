/** Keeps the fault board in step with the tracks of the running call. */
import { audioTrackSchema, trackSchema } from '@/protocol/tracks'
import type { FaultBoard } from './fault-board'
import { silentSide, silentSideId, trackFaultId, trackLost } from './faults'
import type { LevelMeters } from './level-meter'
import type { RunningCall } from './running-call'

export function tellTrackFaults(faults: FaultBoard, call: RunningCall): void {
  for (const { track, state } of call.tracks) {
    if (state.state === 'lost') faults.raise(trackLost(track, state))
    else faults.clear(trackFaultId(track))
  }
}

export function watchSilence(faults: FaultBoard, meters: LevelMeters, call: RunningCall): void {
  const silent = new Set(meters.silentTracks(call.nowMs))
  for (const { track, state } of call.tracks) {
    if (track === 'screen') continue
    if (silent.has(track) && state.state === 'recording') faults.raise(silentSide(track))
    else faults.clear(silentSideId(track))
  }
}

export function clearTrackFaults(faults: FaultBoard): void {
  for (const track of trackSchema.options) faults.clear(trackFaultId(track))
  for (const track of audioTrackSchema.options) faults.clear(silentSideId(track))
}
