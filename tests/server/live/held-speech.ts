/** An engine in this process, whose answers can be held back: what a busy queue does. */
import type { SpeechEngine } from '@/server/transcribe/engine'
import { LocalSpeechService, type SpeechService } from '@/server/transcribe/speech-service'

export class HeldSpeech implements SpeechService {
  readonly priorities = new Set<string>()
  waiting = 0
  mostWaiting = 0
  fault: Error | null = null
  private readonly local: LocalSpeechService
  private gate: Promise<void> = Promise.resolve()
  private open: () => void = () => undefined

  private isHeld = false

  constructor(engine: SpeechEngine) {
    this.local = new LocalSpeechService(engine)
  }

  hold(): void {
    this.isHeld = true
    this.gate = new Promise((resolve) => (this.open = resolve))
  }

  release(): void {
    this.isHeld = false
    this.open()
  }

  /** Lets everything finish that is not held back. */
  async settle(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 5; quietTurns++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.waiting > 0 && !this.isHeld) quietTurns = -1
    }
  }

  hear: SpeechService['hear'] = (packets, memory, priority) => this.answer(priority, () => this.local.hear(packets, memory))
  transcribe: SpeechService['transcribe'] = (samples, options, priority) => this.answer(priority, () => this.local.transcribe(samples, options))
  dispose = () => this.local.dispose()

  private async answer<T>(priority: string, work: () => Promise<T>): Promise<T> {
    this.priorities.add(priority)
    this.mostWaiting = Math.max(this.mostWaiting, ++this.waiting)
    try {
      await this.gate
      if (this.fault) throw this.fault
      return await work()
    } finally {
      this.waiting--
    }
  }
}
