import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CaptureError } from '@/agent/capture/errors'
import { keepTrying, retryDelayMs, type Run } from '@/agent/capture/linux/keep-trying'
import type { CaptureFault } from '@/agent/capture/ports'

const STALLED: CaptureFault = { cause: 'capture-stalled', detail: 'it hangs' }

let told: (string | number)[]
const listener = { onItem: (item: number) => told.push(item), onFault: (fault: CaptureFault) => told.push(fault.cause) }
beforeEach(() => {
  told = []
})

/** Attempts that do, one after the other, what the steps say; the last one is repeated. */
function makeAttempt(...steps: ((run: Run<number>) => void)[]) {
  let attempts = 0
  return async (run: Run<number>): Promise<void> => {
    steps[Math.min(attempts++, steps.length - 1)]!(run)
    await run.over
  }
}

describe('a capture', () => {
  it('is tried again after a fault, and nothing comes behind the fault', async () => {
    const capture = keepTrying(makeAttempt(
      (run) => {
        run.deliver(1)
        run.fail(STALLED)
        run.deliver(2)
      },
      (run) => run.deliver(3),
    ), listener)
    await vi.waitFor(() => expect(told).toEqual([1, 'capture-stalled', 3]))
    await capture.stop()
  })

  it('tells a fault once while it lasts, and another cause when it changes', async () => {
    let attempts = 0
    const capture = keepTrying<number>((run) => {
      if (++attempts > 6) run.deliver(attempts)
      if (attempts > 3) throw CaptureError.soundServerUnreachable('refused')
      run.fail(STALLED)
      return Promise.resolve()
    }, listener)
    await vi.waitFor(() => expect(told.slice(0, 4)).toEqual(['capture-stalled', 'sound-server-lost', 7, 'sound-server-lost']), { timeout: 8_000 })
    await capture.stop()
  })

  it('stops while it waits for the next attempt, as often as it is told', async () => {
    const capture = keepTrying(makeAttempt((run) => run.fail(STALLED)), listener)
    await vi.waitFor(() => expect(told).toEqual(['capture-stalled']))
    await Promise.all([capture.stop(), capture.stop()])
    await capture.stop()
    expect(told).toEqual(['capture-stalled'])
  })
})

it('is tried again at once, and never more seldom than every second', () => {
  expect([0, 1, 2, 3, 4, 50].map(retryDelayMs)).toEqual([100, 200, 400, 800, 1_000, 1_000])
})
