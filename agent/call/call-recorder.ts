/**
 * Records one call at a time.
 *
 *   idle ──begin──▶ starting ──first delivery──▶ recording ⇄ paused ──hang-up──▶ wrap-up ──done, limit──▶ idle
 *
 * `idle` keeps nothing. `starting` holds what is delivered in memory, because the first delivery is the timeline's origin.
 * `recording` spools voice and screen, `paused` neither of them nor actions. In `wrap-up` only actions and notes are taken.
 * Commands run one after another; the gate of a pause and the state itself change at once, before the command's turn.
 * A pause that cannot be confirmed closes the call (`recording-failed`). A disk that refuses a write ends the recording and
 * leaves the log as it is: the next start finishes it. Never is a recording left that only seems to go on.
 */
import type { ActionData, OpenData, Person } from '@/protocol/entries'
import { makeCallId, type CallId } from '@/protocol/ids'
import type { LiveItem } from '@/protocol/live-items'
import type { AudioTrack } from '@/protocol/tracks'
import type { CaptureDriver, SoftphoneCall } from '../capture/ports'
import type { PauseReason } from '../panel/ports'
import type { CallLog } from '../spool/call-log'
import type { RecoveredCall } from '../spool/spool'
import { beginCall, continueCall, type CallDeps, type CallHooks } from './call-factory'
import { CallStart } from './call-start'
import { Captures, type CapturedItem } from './captures'
import { DiskWatch } from './disk-watch'
import { RecorderError } from './errors'
import type { FaultBoard } from './fault-board'
import { FAILED_ID, noScreen, NO_SCREEN_ID, notStarting, NOT_STARTING_ID, recordingFailed } from './faults'
import type { LevelMeters } from './level-meter'
import { RunningCall } from './running-call'
import { clearTrackFaults, tellTrackFaults, watchSilence } from './track-faults'
import { planAudio } from './track-plan'
import { SerialCommands, within } from './serial-commands'

const TICK_MS = 250
/** A track that is to be ended gets this long to tell what it heard until then. */
const DRAIN_MS = 500
const CONFIRM_PAUSE_MS = 2_000
const STOP_CAPTURES_MS = 3_000
const NOT_STARTING_MS = 4_000
const DEFAULT_WRAP_UP_MS = 120_000

export type RecorderState =
  | { phase: 'idle' }
  | { phase: 'starting'; start: CallStart; captures: Captures; sinceMs: number }
  | { phase: 'recording'; call: RunningCall; captures: Captures }
  | { phase: 'paused'; call: RunningCall; captures: Captures; pause: { fromMs: number; reason: PauseReason; by: Person } }
  | { phase: 'wrap-up'; call: RunningCall; hangUpAtMs: number; endsAtMs: number }

export type RecorderDeps = CallDeps & { driver: CaptureDriver; faults: FaultBoard; meters: LevelMeters; wrapUpMs?: number }

/** What others are told, in this order for every call. */
export type RecorderListener = {
  onOpened(log: CallLog, startedWallMs: number): void
  /** A packet or frame that the log will hold, before it does. */
  onKept(item: LiveItem): void
  onAction(atMs: number, action: ActionData): void
  onClosed(callId: CallId): void
  onStateChanged(): void
}

export class CallRecorder {
  private state: RecorderState = { phase: 'idle' }
  private readonly commands = new SerialCommands()
  private readonly stopTicking: () => void
  private readonly disk: DiskWatch

  constructor(
    private readonly deps: RecorderDeps,
    private readonly listener: RecorderListener,
  ) {
    this.disk = new DiskWatch(() => deps.spool.hasRoom())
    this.stopTicking = deps.clock.every(TICK_MS, () => this.tick())
  }

  get current(): RecorderState {
    return this.state
  }

  /** Resolves when the call has its log. A call in wrap-up is closed first. */
  begin(startedBy: OpenData['startedBy'], softphone: SoftphoneCall | null): Promise<void> {
    return this.commands.run(async () => {
      if (this.state.phase === 'wrap-up') await this.close(this.state.call, 'done', 'the next call began')
      if (this.state.phase !== 'idle') throw RecorderError.wrongPhase('start a recording', this.state.phase)
      await this.start(startedBy, softphone)
    })
  }

  /** Goes on with a call whose agent died, because its softphone still runs. */
  continue(recovered: RecoveredCall, softphone: SoftphoneCall): Promise<void> {
    return this.commands.run(async () => {
      if (this.state.phase !== 'idle') throw RecorderError.wrongPhase('go on with a call', this.state.phase)
      const call = continueCall(this.deps, recovered, this.hooks())
      const captures = this.makeCaptures()
      const plan = planAudio(softphone).filter(({ track }) => call.track(track))
      this.deps.meters.begin(tracksOf(plan), call.nowMs)
      const { pause } = recovered.log.summary
      if (pause) this.enter({ phase: 'paused', call, captures, pause: { fromMs: pause.atMs, reason: pause.data.reason, by: pause.data.by } })
      else this.enter({ phase: 'recording', call, captures })
      this.listener.onOpened(call.log, this.deps.clock.wallMs() - call.nowMs)
      captures.openAudio(plan)
      if (!pause && call.track('screen')) await this.reopenScreen(call, captures)
    })
  }

  /** Ends sound and screen. `atOnce`: leaves no time for wrap-up. */
  hangUp(by: 'softphone' | 'hand', atOnce = false): Promise<void> {
    if (this.state.phase === 'starting') this.state.start.callOff()
    if (this.state.phase === 'recording') this.state.call.closeGate(this.state.call.nowMs)
    return this.commands.run(async () => {
      const { state } = this
      if (state.phase === 'recording' || state.phase === 'paused') await this.endConversation(state, by)
      if (atOnce && this.state.phase === 'wrap-up') await this.close(this.state.call, 'done')
    })
  }

  async pause(reason: PauseReason): Promise<void> {
    if (this.state.phase !== 'recording') throw RecorderError.wrongPhase('pause', this.state.phase)
    const { call, captures } = this.state
    const fromMs = call.nowMs
    call.beginPause(fromMs)
    const by = this.deps.identity.technician
    this.enter({ phase: 'paused', call, captures, pause: { fromMs, reason, by } })
    call.append({ kind: 'pause', atMs: fromMs, data: { by, reason } })
    await this.commands.run(async () => {
      const isStopped = await within(captures.stopScreen(), CONFIRM_PAUSE_MS, this.deps.clock)
      await call.drained(DRAIN_MS)
      call.cutAt(fromMs)
      if (isStopped) return
      const error = RecorderError.pauseNotConfirmed(CONFIRM_PAUSE_MS)
      await this.breakOff(error.message)
      await this.close(call, 'recording-failed', error.message)
      throw error
    })
  }

  resume(): Promise<void> {
    return this.commands.run(async () => {
      if (this.state.phase !== 'paused') throw RecorderError.wrongPhase('resume', this.state.phase)
      const { call, captures } = this.state
      const atMs = call.nowMs
      call.append({ kind: 'resume', atMs, data: { by: this.deps.identity.technician } })
      call.endPause(atMs)
      call.openGate(atMs)
      this.enter({ phase: 'recording', call, captures })
      if (call.track('screen')) await this.reopenScreen(call, captures)
    })
  }

  async note(text: string): Promise<void> {
    if (!('call' in this.state)) throw RecorderError.wrongPhase('write a note', this.state.phase)
    const { call } = this.state
    await call.log.append({ kind: 'note', atMs: call.nowMs, data: { by: this.deps.identity.technician, text } })
  }

  done(): Promise<void> {
    return this.commands.run(async () => {
      if (this.state.phase !== 'wrap-up') throw RecorderError.wrongPhase('close the call', this.state.phase)
      await this.close(this.state.call, 'done')
    })
  }

  /** Resolves when the action is in the log; one that is there already or was done between calls, in a pause or before the call is left out. */
  async action(data: ActionData, wallMs: number): Promise<void> {
    if (!('call' in this.state)) return
    const { call } = this.state
    const atMs = Math.min(Math.round(call.toAtMs(wallMs)), call.nowMs)
    if (atMs < 0 || call.wasPausedAt(atMs) || (data.id !== undefined && call.log.hasAction(data.id))) return
    await call.log.append({ kind: 'action', atMs, data })
    this.listener.onAction(atMs, data)
  }

  hold(isHeld: boolean): void {
    if (this.state.phase !== 'recording' && this.state.phase !== 'paused') return
    const { call } = this.state
    call.append({ kind: 'hold', atMs: call.nowMs, data: { state: isHeld ? 'began' : 'ended' } })
  }

  /** Ends a running call and everything that this recorder started. */
  async dispose(): Promise<void> {
    await this.hangUp('hand', true)
    this.stopTicking()
  }

  private async start(startedBy: OpenData['startedBy'], softphone: SoftphoneCall | null): Promise<void> {
    const { spool, clock, faults, meters } = this.deps
    faults.clear(FAILED_ID)
    faults.clear(NO_SCREEN_ID)
    const audio = planAudio(softphone)
    const captures = this.makeCaptures()
    const start = new CallStart(clock)
    // Before the disk is asked: a hang-up that comes meanwhile must find something to call off.
    this.enter({ phase: 'starting', start, captures, sinceMs: clock.monotonicMs() })
    const log = await spool.create(makeCallId(), softphone).catch((error: Error) => {
      faults.raise(recordingFailed(error.message))
      this.enter({ phase: 'idle' })
      throw error
    })
    // The screen takes longest to deliver.
    const openingScreen = captures.openScreen()
    captures.openAudio(audio)
    const beginning = await start.ready(openingScreen)
    faults.clear(NOT_STARTING_ID)
    if (!beginning) {
      await captures.stop()
      await spool.remove(log)
      return this.enter({ phase: 'idle' })
    }
    const { originWallMs, screen } = beginning
    if (screen.size === null) faults.raise(noScreen(screen.why))
    const call = beginCall(this.deps, { log, originWallMs, startedBy, audio, screen: screen.size }, this.hooks())
    meters.begin(tracksOf(audio), call.nowMs)
    this.disk.begin()
    this.enter({ phase: 'recording', call, captures })
    this.listener.onOpened(log, originWallMs)
    for (const item of start.heldItems) this.take(item)
    for (const [track, loss] of start.losses) call.track(track)?.lose(loss)
  }

  private makeCaptures(): Captures {
    return new Captures(this.deps.driver, {
      onItem: (item) => this.take(item),
      onFault: (track, { cause, detail }) => {
        if (this.state.phase === 'starting') this.state.start.lose(track, { cause, detail })
        if (this.state.phase === 'recording') this.state.call.track(track)?.lose({ cause, detail })
      },
    })
  }

  private take(item: CapturedItem): void {
    const { state } = this
    if (state.phase === 'starting') state.start.take(item)
    // In a pause too: a packet that was spoken before it may still be on its way, and the gate lets no other through.
    if (state.phase !== 'recording' && state.phase !== 'paused') return
    state.call.push(item)
    if (state.phase === 'recording' && item.track !== 'screen') this.deps.meters.push(item.track, item.bytes, state.call.nowMs)
  }

  private async reopenScreen(call: RunningCall, captures: Captures): Promise<void> {
    try {
      await captures.openScreen(call.log.summary.open?.tracks.find((track) => track.codec === 'vp9'))
    } catch (error) {
      call.track('screen')?.lose({ cause: 'display-lost', detail: error instanceof Error ? error.message : String(error) })
    }
  }

  private async endConversation(state: Extract<RecorderState, { phase: 'recording' | 'paused' }>, by: 'softphone' | 'hand'): Promise<void> {
    const { call, captures } = state
    const atMs = state.phase === 'recording' ? await call.endTracks(by === 'softphone' ? 'customer' : null, DRAIN_MS) : call.nowMs
    await within(captures.stop(), STOP_CAPTURES_MS, this.deps.clock)
    call.endPause(atMs)
    for (const track of call.tracks) track.finish(atMs)
    call.coach.finish()
    call.append({ kind: 'hangup', atMs, data: { by } })
    clearTrackFaults(this.deps.faults)
    this.enter({ phase: 'wrap-up', call, hangUpAtMs: atMs, endsAtMs: atMs + (this.deps.wrapUpMs ?? DEFAULT_WRAP_UP_MS) })
  }

  private async close(call: RunningCall, reason: 'done' | 'wrap-up-limit' | 'recording-failed', detail?: string): Promise<void> {
    call.presence.leaveAll()
    call.append({ kind: 'close', atMs: call.nowMs, data: { reason, detail } })
    call.seal()
    await call.log.settled()
    this.enter({ phase: 'idle' })
    this.listener.onClosed(call.callId)
  }

  /** Stops the captures for a reason that is not the conversation's end. Answers the call if there was one. */
  private async breakOff(why: string): Promise<RunningCall | null> {
    const { state } = this
    if (!('call' in state)) return null
    this.deps.faults.raise(recordingFailed(why))
    clearTrackFaults(this.deps.faults)
    if (state.phase !== 'wrap-up') await within(state.captures.stop(), STOP_CAPTURES_MS, this.deps.clock)
    if (state.phase !== 'wrap-up') for (const track of state.call.tracks) track.release()
    state.call.coach.finish()
    return state.call
  }

  private tick(): void {
    const { state } = this
    const { faults, clock } = this.deps
    switch (state.phase) {
      case 'idle':
        return
      case 'starting':
        if (clock.monotonicMs() - state.sinceMs >= NOT_STARTING_MS) faults.raise(notStarting([...state.start.losses.values()]))
        return
      case 'recording':
        state.call.tick(true)
        watchSilence(faults, this.deps.meters, state.call)
        this.watchDisk(state.call, state.captures)
        return
      case 'paused':
        state.call.tick(false)
        return
      case 'wrap-up':
        state.call.tick(false)
        if (state.call.nowMs >= state.endsAtMs) void this.commands.run(() => this.closeAtLimit(state))
        return
      default:
        return state satisfies never
    }
  }

  private async closeAtLimit(expected: RecorderState): Promise<void> {
    if (this.state === expected && expected.phase === 'wrap-up') await this.close(expected.call, 'wrap-up-limit')
  }

  /** Keeps the log going without media while the disk is nearly full, so that what is missing stands in it. */
  private watchDisk(call: RunningCall, captures: Captures): void {
    this.disk.isFullAt(call.nowMs).then(
      async (isFull) => {
        if (!isFull || this.state.phase !== 'recording' || this.state.call !== call) return
        call.loseAll({ cause: 'disk-full', detail: 'the disk that holds the recordings is nearly full' })
        await within(captures.stop(), STOP_CAPTURES_MS, this.deps.clock)
      },
      (error: unknown) => this.handleWriteFailure(call, error),
    )
  }

  private readonly hooks = (): CallHooks => ({
    onKept: (track, { atMs, bytes, isKey }) => this.listener.onKept({ track, atMs, bytes, isKey }),
    onTrackState: () => {
      if (this.state.phase === 'recording') tellTrackFaults(this.deps.faults, this.state.call)
      this.listener.onStateChanged()
    },
    onWriteFailed: (error: unknown) => {
      if ('call' in this.state) this.handleWriteFailure(this.state.call, error)
    },
  })

  private handleWriteFailure(call: RunningCall, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error)
    void this.commands.run(async () => {
      if (!('call' in this.state) || this.state.call !== call) return
      await this.breakOff(why)
      this.enter({ phase: 'idle' })
      this.listener.onClosed(call.callId)
    })
  }

  private enter(state: RecorderState): void {
    this.state = state
    this.listener.onStateChanged()
  }
}

const tracksOf = (plan: readonly { track: AudioTrack }[]): AudioTrack[] => plan.map(({ track }) => track)
