/** Empties the queue into the agent: oldest first, a batch at a time, one delivery at any time. */
import { MAX_BATCH_ACTIONS, MAX_BODY_BYTES, type ReportedAction } from '../../capture/actions/action-messages'
import type { ActionQueue } from './action-queue'
import { type AgentTrouble, deliverActions } from './agent-client'

/** Half of the limit leaves room for what UTF-8 adds to characters. */
const MAX_BATCH_CHARACTERS = MAX_BODY_BYTES / 2
/** While the worker lives; after that the alarm in worker.ts tries every half minute. */
const RETRY_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 15_000]

export type DeliveryListener = { onCall(call: string | null, delivered: readonly ReportedAction[]): void; onTrouble(trouble: AgentTrouble | null, message: string): void }

export class Delivery {
  private isRunning = false
  private failures = 0
  private retryTimer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly queue: ActionQueue, private readonly listener: DeliveryListener) {}

  async run(): Promise<void> {
    if (this.isRunning) return
    this.isRunning = true
    clearTimeout(this.retryTimer)
    try {
      for (let batch = await this.nextBatch(); batch.length > 0; batch = await this.nextBatch()) {
        if (!(await this.deliver(batch))) return this.retryLater()
      }
      this.failures = 0
    } finally {
      this.isRunning = false
    }
  }

  /** False when the agent did not take them and may do so later. */
  private async deliver(batch: ReportedAction[]): Promise<boolean> {
    const answer = await deliverActions(batch)
    this.listener.onTrouble(answer.ok ? null : answer.trouble, answer.ok ? '' : answer.message)
    if (!answer.ok) {
      // The agent will never read this batch, and everything behind it would wait for ever.
      if (answer.trouble === 'malformed') await this.queue.remove(batch.map(({ id }) => id))
      return answer.trouble === 'malformed'
    }
    if (answer.value.call === null) await this.queue.clear()
    else await this.queue.remove(answer.value.taken)
    this.listener.onCall(answer.value.call, batch)
    return true
  }

  private async nextBatch(): Promise<ReportedAction[]> {
    const waiting = await this.queue.peek(MAX_BATCH_ACTIONS)
    let characters = 0
    const end = waiting.findIndex((action) => (characters += JSON.stringify(action).length) > MAX_BATCH_CHARACTERS)
    return end < 0 ? waiting : waiting.slice(0, Math.max(1, end))
  }

  private retryLater(): void {
    const delayMs = RETRY_AFTER_MS[this.failures]
    this.failures += 1
    if (delayMs !== undefined) this.retryTimer = setTimeout(() => void this.run(), delayMs)
  }
}
