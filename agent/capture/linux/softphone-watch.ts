/** Follows the sound server and tells when a program begins, holds and ends a call. */
import type { Capture, SoftphoneListener } from '../ports'
import type { PulseServer } from './pulse-server'
import type { PulseState } from './pulse-state'
import { SoftphoneTracker, type SoftphoneEvent } from './softphone-tracker'

/** While the sound server is away nothing is known and nothing is told. */
export function watchSoftphones(listener: SoftphoneListener, pulse: PulseServer): Capture {
  const tracker = new SoftphoneTracker()
  let timer: NodeJS.Timeout | undefined
  const look = (state: PulseState): void => {
    clearTimeout(timer)
    const nowMs = performance.now()
    tracker.update(state, nowMs).forEach((event) => tell(listener, event))
    const dueMs = tracker.nextDueMs(nowMs)
    if (dueMs !== null) timer = setTimeout(() => look(state), Math.ceil(dueMs - nowMs))
  }
  const unwatch = pulse.watch({ onState: look, onLost: () => clearTimeout(timer) })
  return {
    stop() {
      clearTimeout(timer)
      return unwatch()
    },
  }
}

function tell(listener: SoftphoneListener, event: SoftphoneEvent): void {
  switch (event.kind) {
    case 'began':
      return listener.onBegan(event.call)
    case 'hold':
      return listener.onHold(event.call, event.isHeld)
    case 'ended':
      return listener.onEnded(event.call)
  }
}
