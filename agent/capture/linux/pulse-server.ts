/**
 * The sound server as the agent sees it: its state on demand, and told anew after each change while somebody watches.
 *
 * Watching costs one `pactl subscribe`; each change one `pactl list` and one `pactl info`, and changes that come while
 * these run cost one more together. PipeWire's PulseAudio server answers the same questions.
 */
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { CaptureError } from '../errors'
import { type Child, type Environment, query, startChild } from './child'
import { parsePulseState, type PulseState } from './pulse-state'

const RECONNECT_MS = 300
/**
 * Not clients: every query makes one come and go, and we would ask for ever. Not changes of devices: software that adjusts
 * the microphone's volume makes several a second.
 */
const EVENTS_OF_INTEREST = /'(new|remove)' on (sink|source) | on (sink-input|source-output|server) /

export type PulseWatcher = {
  /** Something changed; what it was is known with the next `onState`. */
  onChanging?(): void
  onState(state: PulseState): void
  onLost?(): void
}

export class PulseServer {
  private readonly watchers = new Set<PulseWatcher>()
  private subscription: Promise<void> = Promise.resolve()
  private subscriber: Child | null = null
  private refreshing: 'no' | 'yes' | 'again' = 'no'

  /** As it was told last, while somebody watches. */
  private told: PulseState | null = null
  private lastComplaint: string | null = null
  private asking: Promise<PulseState> | null = null

  constructor(private readonly env: Environment, private readonly log: (line: string) => void) {}

  /** Throws CaptureError when the server does not answer. Captures that begin together ask once. */
  read(): Promise<PulseState> {
    if (this.asking) return this.asking
    setImmediate(() => (this.asking = null))
    return (this.asking = this.readNow())
  }

  private async readNow(): Promise<PulseState> {
    const [list, info] = await Promise.all([this.ask('list'), this.ask('info')])
    try {
      return parsePulseState(list, info)
    } catch (error) {
      if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error
      throw CaptureError.soundServerUnreachable(`pactl printed something unexpected: ${error.message}`)
    }
  }

  /** As far as the watchers know it, at once if there are any. Rejects with CaptureError when the server does not answer. */
  async latest(): Promise<PulseState> {
    return this.told ?? (await this.read())
  }

  /** Tells the state now and after each change, until the returned function is called; that resolves when no child is left. */
  watch(watcher: PulseWatcher): () => Promise<void> {
    this.watchers.add(watcher)
    if (this.watchers.size === 1) this.subscription = this.subscription.then(() => this.stayInformed())
    void this.refresh()
    return async () => {
      this.watchers.delete(watcher)
      if (this.watchers.size > 0) return
      this.told = null
      await this.subscriber?.kill()
    }
  }

  private async ask(question: 'list' | 'info'): Promise<string> {
    const answer = await query('pactl', ['--format=json', question], this.env)
    if (answer.isMissing) throw CaptureError.programMissing('pactl', answer.stderr)
    if (!answer.isOk) throw CaptureError.soundServerUnreachable(answer.stderr)
    return answer.stdout
  }

  private async stayInformed(): Promise<void> {
    while (this.watchers.size > 0) {
      const subscriber = startChild('pactl', ['subscribe'], { env: this.env })
      this.subscriber = subscriber
      createInterface({ input: subscriber.stdout }).on('line', (line) => {
        if (EVENTS_OF_INTEREST.test(line)) void this.refresh()
      })
      void this.refresh()
      await subscriber.ended
      this.subscriber = null
      this.told = null
      if (this.watchers.size === 0) return
      this.watchers.forEach((watcher) => watcher.onLost?.())
      await sleep(RECONNECT_MS)
    }
  }

  private async refresh(): Promise<void> {
    this.watchers.forEach((watcher) => watcher.onChanging?.())
    if (this.refreshing !== 'no') {
      this.refreshing = 'again'
      return
    }
    do {
      this.refreshing = 'yes'
      const state = await this.readIfReachable()
      // What was asked before the last change may tell of the time before it.
      if (state && this.isCurrent()) this.tell(state)
    } while (!this.isCurrent())
    this.refreshing = 'no'
  }

  private tell(state: PulseState): void {
    if (this.watchers.size > 0) this.told = state
    this.watchers.forEach((watcher) => watcher.onState(state))
  }

  private isCurrent(): boolean {
    return this.refreshing === 'yes'
  }

  /** Null when the server is away, which is logged once. */
  private async readIfReachable(): Promise<PulseState | null> {
    try {
      const state = await this.read()
      this.lastComplaint = null
      return state
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      if (error.message !== this.lastComplaint) this.log(error.message)
      this.lastComplaint = error.message
      return null
    }
  }
}
