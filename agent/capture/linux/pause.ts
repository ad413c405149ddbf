/** A wait that ends early, without an error, when it is no longer wanted. */
import { setTimeout as sleep } from 'node:timers/promises'

export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
