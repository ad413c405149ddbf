/** Notices that something which should come regularly has stopped coming. */

const TICK_MS = 200

export type Watchdog = {
  /** It came. */
  feed(): void
  stop(): void
}

/**
 * Counts ticks without food instead of reading a clock, so that a computer or a process that was itself asleep does not
 * take its own absence for somebody else's. `firstLimitMs` holds until the first food.
 */
export function startWatchdog({ firstLimitMs, limitMs, onStarved }: { firstLimitMs: number; limitMs: number; onStarved: () => void }): Watchdog {
  let ticksLeft = Math.ceil(firstLimitMs / TICK_MS)
  const timer = setInterval(() => {
    if (--ticksLeft > 0) return
    clearInterval(timer)
    onStarved()
  }, TICK_MS)
  return {
    feed() {
      ticksLeft = Math.ceil(limitMs / TICK_MS)
    },
    stop() {
      clearInterval(timer)
    },
  }
}
