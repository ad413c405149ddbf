/** Which picture of the screen belongs to a position. Pure. */
import { findItemAt } from './column'

/** The screen is taken five times a second, and an action's position is sure to ± 40 ms: by then its change can be seen. */
const SHOWN_AFTER_MS = 250

/** The position whose picture shows what was done by `atMs`: that one itself, or a little later just after an action. */
export function pictureAt(actions: readonly { atMs: number }[], lengthMs: number, atMs: number): number {
  const last = actions[findItemAt(actions, atMs)]
  return last ? Math.max(atMs, Math.min(last.atMs + SHOWN_AFTER_MS, lengthMs - 1)) : atMs
}
