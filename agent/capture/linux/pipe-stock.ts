/** Pipes made ahead, so that a call that begins does not wait for programs that make them. */
import type { Environment } from './child'
import { PolledPipe } from './polled-pipe'

/** A microphone, and a program before and behind its encoder. */
const KEPT = 3
/** A call that has just begun has better things to do. */
const REFILL_AFTER_MS = 10_000

export class PipeStock {
  private readonly kept: PolledPipe[] = []
  private refill: NodeJS.Timeout | undefined

  constructor(private readonly env: Environment) {}

  /** To be called when calls may begin. What cannot be made now is made when it is needed, and fails there. */
  async prepare(): Promise<void> {
    try {
      while (this.kept.length < KEPT) this.kept.push(await PolledPipe.make(this.env))
    } catch {
      // Whoever takes one is told.
    }
  }

  /** Rejects with CaptureError when there is none to be had. */
  async take(): Promise<PolledPipe> {
    clearTimeout(this.refill)
    this.refill = setTimeout(() => void this.prepare(), REFILL_AFTER_MS).unref()
    return this.kept.shift() ?? PolledPipe.make(this.env)
  }
}
