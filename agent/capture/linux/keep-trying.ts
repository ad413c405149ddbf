/** The one place where captures are tried again: an attempt delivers until it fails, then the next one starts. */
import { CaptureError, gapCauseOf } from '../errors'
import type { Capture, CaptureFault, CaptureListener } from '../ports'
import { pause } from './pause'

const FIRST_DELAY_MS = 100
const LONGEST_DELAY_MS = 1_000

/** What an attempt is given to tell how it fares. */
export type Run<Item> = {
  /** Passes an item on; after a failure it is dropped, so that nothing comes behind a fault. */
  deliver(item: Item): void
  /** Ends the attempt. The first reason stands. */
  fail(fault: CaptureFault): void
  /** Resolves when the attempt has failed or the capture is to stop. */
  readonly over: Promise<'failed' | 'stopped'>
}

/**
 * Delivers until `run.over`, then ends what it started and returns; when stopped it delivers first what it still holds.
 * Throws CaptureError when it cannot even begin.
 */
export type Attempt<Item> = (run: Run<Item>) => Promise<void>

/** A fault is told once, until something was delivered again or its cause changes. */
export function keepTrying<Item>(attempt: Attempt<Item>, listener: CaptureListener<Item>): Capture {
  const stopping = new AbortController()
  let failures = 0
  let toldCause: CaptureFault['cause'] | null = null

  const running = tryUntilStopped()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }

  async function tryUntilStopped(): Promise<void> {
    while (!stopping.signal.aborted) {
      const fault = await tryOnce()
      if (stopping.signal.aborted || !fault) return
      if (fault.cause !== toldCause) listener.onFault(fault)
      toldCause = fault.cause
      await pause(retryDelayMs(failures++), stopping.signal)
    }
  }

  /** Null when it ran until it was stopped. */
  async function tryOnce(): Promise<CaptureFault | null> {
    let fault: CaptureFault | null = null
    let end: (outcome: 'failed' | 'stopped') => void = () => undefined
    const over = new Promise<'failed' | 'stopped'>((resolve) => (end = resolve))
    const stop = (): void => end('stopped')
    stopping.signal.addEventListener('abort', stop, { once: true })
    const run: Run<Item> = {
      over,
      deliver(item) {
        if (fault) return
        failures = 0
        toldCause = null
        listener.onItem(item)
      },
      fail(reason) {
        fault ??= reason
        end('failed')
      },
    }
    try {
      await attempt(run)
    } catch (error) {
      run.fail(faultOf(error))
    } finally {
      stopping.signal.removeEventListener('abort', stop)
    }
    return fault
  }
}

/** Doubles from a tenth of a second to a second: a device that is plugged in again is recorded at once. */
export const retryDelayMs = (failures: number): number => Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS)

/** Throws what is no CaptureError: that is a bug. */
export function faultOf(error: unknown): CaptureFault {
  if (!(error instanceof CaptureError)) throw error
  return { cause: gapCauseOf(error), detail: error.message }
}
