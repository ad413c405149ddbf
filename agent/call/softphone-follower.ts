/**
 * Starts and ends recordings as softphones begin and end calls, and finds the call to go on with after a restart.
 *
 * After a restart the call that the agent died in is a `candidate` until its softphone is seen again (go on) or another one
 * begins or nothing does for a while (close it).
 */
import { z } from 'zod'
import type { SoftphoneCall, SoftphoneListener } from '../capture/ports'
import type { RecoveredCall } from '../spool/spool'
import type { CallRecorder } from './call-recorder'
import type { Clock } from './clock'

/** The driver tells what runs already well within this time. */
const CANDIDATE_LIMIT_MS = 3_000

const softphoneSchema = z.object({ application: z.string(), playbackStream: z.int(), microphoneStream: z.int(), microphoneDevice: z.string() })

type Options = {
  recorder: CallRecorder
  clock: Clock
  candidate: RecoveredCall | null
  closeCandidate: (recovered: RecoveredCall) => Promise<void>
  log: (line: string) => void
}

export class SoftphoneFollower implements SoftphoneListener {
  private readonly running: SoftphoneCall[] = []
  private followed: SoftphoneCall | null = null
  private candidate: RecoveredCall | null
  private readonly callOffLimit: () => void

  constructor(private readonly options: Options) {
    this.candidate = options.candidate
    this.callOffLimit = options.clock.after(CANDIDATE_LIMIT_MS, () => void this.giveUpCandidate())
  }

  /** A softphone that is in a call now, for a recording that is started by hand. */
  get inCall(): SoftphoneCall | null {
    return this.running.at(-1) ?? null
  }

  /** The softphone of the recording, if it has one. */
  get followedCall(): SoftphoneCall | null {
    return this.followed
  }

  /** Whether the call that the agent died in may still go on. */
  get hasCandidate(): boolean {
    return this.candidate !== null
  }

  onBegan(softphone: SoftphoneCall): void {
    this.running.push(softphone)
    const { phase } = this.options.recorder.current
    if (phase === 'idle' || phase === 'wrap-up') this.begin(softphone)
  }

  onHold(softphone: SoftphoneCall, isHeld: boolean): void {
    if (this.followed?.playbackStream === softphone.playbackStream) this.options.recorder.hold(isHeld)
  }

  onEnded(softphone: SoftphoneCall): void {
    const index = this.running.findIndex(({ playbackStream }) => playbackStream === softphone.playbackStream)
    if (index >= 0) this.running.splice(index, 1)
    if (this.followed?.playbackStream !== softphone.playbackStream) return
    this.followed = null
    this.options.recorder.hangUp('softphone').catch((error: unknown) => this.options.log(`the call could not be ended: ${messageOf(error)}`))
    // Another one began while this one was being recorded.
    if (this.inCall) this.begin(this.inCall)
  }

  /** A recording that was started by hand ends with its softphone too. */
  startByHand(): Promise<void> {
    this.followed = this.inCall
    return this.options.recorder.begin('hand', this.followed)
  }

  dispose(): void {
    this.callOffLimit()
  }

  private begin(softphone: SoftphoneCall): void {
    this.followed = softphone
    this.follow(softphone).catch((error: unknown) => this.options.log(`the call of ${softphone.application} is not recorded: ${messageOf(error)}`))
  }

  private async follow(softphone: SoftphoneCall): Promise<void> {
    const { candidate } = this
    if (candidate && isSame(candidate.origin, softphone)) {
      this.candidate = null
      await this.options.recorder.continue(candidate, softphone)
    } else {
      await this.giveUpCandidate()
      await this.options.recorder.begin('softphone', softphone)
    }
  }

  private async giveUpCandidate(): Promise<void> {
    const { candidate } = this
    this.candidate = null
    if (candidate) await this.options.closeCandidate(candidate)
  }
}

/** Streams are numbered anew only when the sound server starts anew, and then the program's stream has ended. */
function isSame(origin: unknown, softphone: SoftphoneCall): boolean {
  const before = softphoneSchema.safeParse(origin)
  return before.success && before.data.playbackStream === softphone.playbackStream && before.data.application === softphone.application
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
