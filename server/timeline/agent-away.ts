/** Whether the agent of a running call is out of touch: its call stays as it is and goes on when the agent returns. */
import { SEEN_EVERY_MS } from '../ingest/agent-namespace'

/** A connected device is written down as seen every SEEN_EVERY_MS; two that were missed are no accident. */
export const AWAY_AFTER_MS = 2.5 * SEEN_EVERY_MS

/** When the device was last seen, if that is too long ago for one that is connected. */
export const awaySince = (lastSeenAt: Date | null, now: Date): string | null =>
  lastSeenAt && now.getTime() - lastSeenAt.getTime() > AWAY_AFTER_MS ? lastSeenAt.toISOString() : null
