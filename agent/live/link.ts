/** What live parts of the agent use of the connection to the server; gone when it breaks. */
import type { AgentStatus } from '@/protocol/agent-status'
import type { LiveItems } from '@/protocol/live-items'

export interface LiveLink {
  /** Resolves when the server has taken them; rejects when the connection breaks. */
  sendItems(items: LiveItems): Promise<void>
  sendStatus(status: AgentStatus): void
  /** The server's wall clock. */
  askTime(): Promise<number>
}
