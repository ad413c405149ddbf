/**
 * Relays a running call to the server while somebody listens: each packet and frame as it is captured, outside the log.
 *
 * `unwanted` keeps the latest items and sends nothing. `wanted` sends what follows the server's positions, at once and then as
 * it comes; what is not answered yet is bounded, so a slow line gets larger and later messages and the log is never held up.
 */
import type { LiveDemand } from '@/protocol/agent-messages'
import { ClockOffset } from '@/protocol/clock-offset'
import type { CallId } from '@/protocol/ids'
import type { LiveItem, LiveItems, LivePositions } from '@/protocol/live-items'
import { LiveWindow } from '@/protocol/live-window'
import type { Clock } from '../call/clock'
import type { LiveLink } from './link'

/** The uptime of some systems is only good to 10 ms. */
const SLEEP_MS = 1_000
/**
 * Half a packet. Looks a whole packet apart cost a tenth less processor and let looks and packets drift past each other: what
 * is heard is then 5 to 15 ms later (`npm run bench -- live`).
 */
const HURRY_MS = 10
const MAX_UNANSWERED = 10
/** Of as many messages the last one is answered. */
const ASK_EVERY = 5
const MAX_MESSAGE_BYTES = 256 * 1024
const ASK_TIME_EVERY_MS = 10_000
const FIRST_QUESTIONS = 4

type Options = {
  clock: Clock
  /** Makes capture and uplink hurry until the answer is called. */
  hurry: (everyMs: number) => () => void
}
type RunningCall = { callId: CallId; nowMs: () => number; window: LiveWindow }

export class LiveRelay {
  private call: RunningCall | null = null
  private link: LiveLink | null = null
  private wanted: { sent: LivePositions; calmDown: () => void } | null = null
  private unanswered = 0
  /** Of these, those behind the last one that was asked about. */
  private unasked = 0
  private isFlushAsked = false
  /** Of the server's wall clock from the monotonic one here, which nobody sets. */
  private offset = new ClockOffset()
  private asleepMs = 0
  private stopAsking = (): void => undefined

  constructor(private readonly options: Options) {}

  /** `nowMs`: where the call stands. */
  begin(callId: CallId, nowMs: () => number): void {
    this.call = { callId, nowMs, window: new LiveWindow() }
  }

  end(): void {
    this.unwant()
    this.call = null
  }

  /** A packet or frame that the log will hold. */
  push(item: LiveItem): void {
    if (!this.call?.window.push(item) || !this.wanted || this.isFlushAsked) return
    this.isFlushAsked = true
    // Gathers what comes in one look of the captures.
    setImmediate(() => {
      this.isFlushAsked = false
      this.flush()
    })
  }

  /** `null` when the connection has broken: the server asks anew on the next one. */
  useLink(link: LiveLink | null): void {
    this.unwant()
    this.stopAsking()
    this.link = link
    this.unanswered = 0
    this.unasked = 0
    if (!link) return
    this.offset = new ClockOffset()
    this.stopAsking = this.options.clock.every(ASK_TIME_EVERY_MS, () => void this.askTime(link))
    void this.askFirst(link)
  }

  handleDemand({ callId, isWanted, after }: LiveDemand): void {
    this.unwant()
    if (!isWanted || this.call?.callId !== callId) return
    this.wanted = { sent: { ...after }, calmDown: this.options.hurry(HURRY_MS) }
    this.flush()
  }

  dispose(): void {
    this.useLink(null)
  }

  private unwant(): void {
    this.wanted?.calmDown()
    this.wanted = null
  }

  private flush(): void {
    const { call, link, wanted } = this
    while (call && link && wanted && this.unanswered < MAX_UNANSWERED) {
      const items = upTo(MAX_MESSAGE_BYTES, call.window.after(wanted.sent))
      if (items.length === 0) return
      for (const { track, atMs } of items) wanted.sent[track] = atMs
      this.unanswered += 1
      this.unasked += 1
      const message = { callId: call.callId, originMs: this.originMs(call), items }
      if (this.unasked < ASK_EVERY && this.unanswered < MAX_UNANSWERED) link.sendItems(message)
      else this.ask(link, message)
    }
  }

  private ask(link: LiveLink, message: LiveItems): void {
    const count = this.unasked
    this.unasked = 0
    link.sendItemsAndAsk(message).then(
      () => this.settle(link, count) && this.flush(),
      // Nobody answered: what comes next is sent as it comes, for a link that has broken would refuse it at once again.
      () => this.settle(link, count),
    )
  }

  /** False when the link is another by now. */
  private settle(link: LiveLink, count: number): boolean {
    if (this.link !== link) return false
    this.unanswered -= count
    return true
  }

  /** Until the server has told its time, by the computer's own clock. */
  private originMs({ nowMs }: RunningCall): number {
    const { clock } = this.options
    const serverMs = Number.isFinite(this.offset.errorMs) ? clock.monotonicMs() + this.offset.offsetMs : clock.wallMs()
    return serverMs - nowMs()
  }

  private async askFirst(link: LiveLink): Promise<void> {
    for (let question = 0; question < FIRST_QUESTIONS; question++) await this.askTime(link)
  }

  private async askTime(link: LiveLink): Promise<void> {
    const { clock } = this.options
    this.forgetAfterSleep()
    const askedMs = clock.monotonicMs()
    const serverMs = await link.askTime().catch(() => null)
    if (serverMs !== null && this.link === link) this.offset.add(askedMs, serverMs, clock.monotonicMs())
  }

  /** A connection outlives a short sleep, in which the monotonic clock stood still. */
  private forgetAfterSleep(): void {
    const asleepMs = this.options.clock.uptimeMs() - this.options.clock.monotonicMs()
    if (asleepMs - this.asleepMs > SLEEP_MS) this.offset = new ClockOffset()
    this.asleepMs = asleepMs
  }
}

/** At least one, however large. */
function upTo(maxBytes: number, items: readonly LiveItem[]): LiveItem[] {
  let bytes = 0
  const end = items.findIndex((item, index) => (bytes += item.bytes.length) > maxBytes && index > 0)
  return end === -1 ? [...items] : items.slice(0, end)
}
