/** Hands a page's actions to the service worker, one after the other; it waits while the worker is being started. */
import type { ActionData } from '@/protocol/entries'
import { withholdCardNumbers } from '../../capture/actions/card-numbers'
import type { PageMessage } from '../messages'

/** A worker that does not answer in all of these is gone for good: the extension was reloaded or removed. */
const RETRY_AFTER_MS = [0, 100, 500, 2_000, 5_000]

export class Outbox {
  private last: Promise<void> = Promise.resolve()

  send(action: ActionData, wallMs: number): void {
    const message: PageMessage = { kind: 'action', id: crypto.randomUUID(), wallMs, action: withholdCardNumbers(action) }
    this.last = this.last.then(() => this.deliver(message))
  }

  private async deliver(message: PageMessage): Promise<void> {
    for (const delayMs of RETRY_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, delayMs))
      if (chrome.runtime.id === undefined) return
      try {
        if ((await chrome.runtime.sendMessage(message)) === 'held') return
      } catch {
        // The worker was stopped before it answered; the id makes it harmless to send again.
      }
    }
  }
}
