import type { LiveAgents } from '@/server/ingest/agent-namespace'

/** For servers that have nobody who could listen. */
export const NO_LIVE: LiveAgents = {
  connectAgent: () => ({ handleStatus: () => undefined, handleItems: () => undefined, handleGone: () => undefined }),
  handleCoachRead: () => undefined,
}
