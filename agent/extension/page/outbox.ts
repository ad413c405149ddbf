/** Hands a page's actions to the service worker, one after the other; it waits while the worker is being started. */
import type { ActionData } from '@/protocol/entries'
import { withholdCardNumbers } from '../../capture/actions/card-numbers'
import type { PageMessage } from '../messages'

/** A worker that does not answer in all of these is gone for good: the extension was reloaded or removed. */
const RETRY_AFTER_MS = [50, 200, 500, 2_000, 5_000]

export class Outbox {
  private readonly waiting: PageMessage[] = []
  private isSending = false

  send(action: ActionData, wallMs: number): void {
    this.waiting.push({ kind: 'action', id: crypto.randomUUID(), wallMs, action: withholdCardNumbers(action) })
    void this.empty()
  }

  /** The page goes away and will see no answer: everything that waits is sent once more, and the ids make it harmless. */
  sendLast(): void {
    for (const message of this.waiting) void hand(message)
  }

  private async empty(): Promise<void> {
    if (this.isSending) return
    this.isSending = true
    for (let message = this.waiting[0]; message; message = this.waiting[0]) {
      await handUntilHeld(message)
      this.waiting.shift()
    }
    this.isSending = false
  }
}

async function handUntilHeld(message: PageMessage): Promise<void> {
  for (const delayMs of RETRY_AFTER_MS) {
    if ((await hand(message)) || chrome.runtime.id === undefined) return
    await new Promise((resolve) => setTimeout(resolve, delayMs))
  }
}

/** True once the worker holds the action. */
async function hand(message: PageMessage): Promise<boolean> {
  try {
    return (await chrome.runtime.sendMessage(message)) === 'held'
  } catch {
    return false // the worker was stopped before it answered
  }
}
