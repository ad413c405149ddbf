/** When to try again. Pure: the loop that waits is in `uplink.ts`. */

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000

/**
 * Doubles up to 30 s, then spread over the upper half, so that the agents of a building do not all come back in the same
 * instant. `attempt` counts from 0; `random` is in `[0, 1)`.
 */
export function retryDelayMs(attempt: number, random: number): number {
  const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 16))
  return Math.round(delayMs * (0.5 + random / 2))
}
