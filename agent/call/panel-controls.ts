/** What the panel sees and may ask, put together from recorder, uplink and faults. */
import type { ActionData, Person } from '@/protocol/entries'
import { EMPTY_MEMORY, rememberAction } from '../panel/action-memory'
import { READINGS_PER_SECOND } from '../panel/messages'
import type { LiveReading, PanelCall, PanelControls, PanelState, PanelTrack, PauseReason, UplinkState } from '../panel/ports'
import type { CoachDesk } from '../coach/coach-desk'
import type { CallRecorder } from './call-recorder'
import type { FaultBoard } from './fault-board'
import type { LevelMeters, LevelsDb } from './level-meter'
import type { RunningCall } from './running-call'

type Options = {
  recorder: CallRecorder
  coach: CoachDesk
  faults: FaultBoard
  meters: LevelMeters
  technician: Person
  uplinkState: () => UplinkState
  startByHand: () => Promise<void>
  /** Of the capture driver. */
  deliverEvery: (intervalMs: number) => () => void
  pauseKey: string | null
}

export class RecorderPanelControls implements PanelControls {
  private readonly listeners = new Set<(state: PanelState) => void>()
  private actions = EMPTY_MEMORY

  private readonly readLevels: () => LevelsDb

  constructor(private readonly options: Options) {
    this.readLevels = options.meters.openReader()
    options.faults.onChange(() => this.tell())
  }

  state(): PanelState {
    const { recorder, faults, technician, uplinkState, pauseKey } = this.options
    const surroundings = { technician, uplink: uplinkState(), faults: faults.list(), pauseKey }
    const state = recorder.current
    switch (state.phase) {
      case 'idle':
        return { ...surroundings, phase: 'idle', startsBy: 'softphone-or-hand' }
      case 'starting':
        return { ...surroundings, phase: 'starting' }
      case 'recording':
        return { ...surroundings, phase: 'recording', call: this.callOf(state.call) }
      case 'paused':
        return { ...surroundings, phase: 'paused', call: this.callOf(state.call), pause: state.pause }
      case 'wrap-up':
        return { ...surroundings, phase: 'wrap-up', call: this.callOf(state.call), hangUpAtMs: state.hangUpAtMs, endsAtMs: state.endsAtMs }
      default:
        return state satisfies never
    }
  }

  subscribe(listener: (state: PanelState) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  watchReadings = (): (() => void) => this.options.deliverEvery(1_000 / READINGS_PER_SECOND)

  reading(): LiveReading | null {
    const { recorder } = this.options
    const state = recorder.current
    if (!('call' in state)) return null
    return { atMs: state.call.nowMs, levelsDb: state.phase === 'recording' ? this.readLevels() : {} }
  }

  start = (): Promise<void> => this.options.startByHand()
  stop = (): Promise<void> => this.options.recorder.hangUp('hand')
  pause = (reason: PauseReason): Promise<void> => this.options.recorder.pause(reason)
  resume = (): Promise<void> => this.options.recorder.resume()
  note = (text: string): Promise<void> => this.options.recorder.note(text)
  read = (id: string): Promise<void> => Promise.resolve(this.options.coach.markRead(id))
  done = (): Promise<void> => this.options.recorder.done()

  /** To be called on every change of recorder or uplink. */
  tell(): void {
    const state = this.state()
    for (const listener of this.listeners) listener(state)
  }

  beginCall(): void {
    this.actions = EMPTY_MEMORY
  }

  showAction(atMs: number, action: ActionData): void {
    this.actions = rememberAction(this.actions, atMs, action)
    this.tell()
  }

  private callOf(call: RunningCall): PanelCall {
    const tracks = call.tracks.map(({ track, state }): PanelTrack => {
      return state.state === 'recording' ? { track, state: 'recording' } : { track, state: 'lost', cause: state.cause, fromMs: Math.round(state.fromMs) }
    })
    return { tracks, consent: null, ...this.actions, coaching: this.options.coach.coaching }
  }
}
