/** Tells the server once a second while a call runs, and at each change, how this agent fares. */
import type { AgentStatus } from '@/protocol/agent-status'
import type { Clock } from '../call/clock'
import type { LiveLink } from './link'

const EVERY_MS = 1_000
/** Changes come in bursts: when a call begins, when a device is unplugged. */
const GATHER_MS = 50

type Options = { clock: Clock; read: () => AgentStatus }

export class StatusTeller {
  private link: LiveLink | null = null
  private isAsked = false
  private readonly stop: () => void

  constructor(private readonly options: Options) {
    this.stop = options.clock.every(EVERY_MS, () => {
      const status = options.read()
      if (status.phase !== 'idle') this.link?.sendStatus(status)
    })
  }

  useLink(link: LiveLink | null): void {
    this.link = link
    this.tell()
  }

  /** To be called at every change. */
  tell(): void {
    if (this.isAsked) return
    this.isAsked = true
    this.options.clock.after(GATHER_MS, () => {
      this.isAsked = false
      this.link?.sendStatus(this.options.read())
    })
  }

  dispose(): void {
    this.link = null
    this.stop()
  }
}
