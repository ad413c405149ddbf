/** What live parts of the agent use of the connection to the server; gone when it breaks. */
import type { AgentStatus } from '@/protocol/agent-status'
import type { LiveItems } from '@/protocol/live-items'

export interface LiveLink {
  /** Nobody answers: an answer to each costs as much as what it is an answer to. */
  sendItems(items: LiveItems): void
  /** Resolves when the server has taken them and all before; rejects when the connection breaks. */
  sendItemsAndAsk(items: LiveItems): Promise<void>
  sendStatus(status: AgentStatus): void
  /** The server's wall clock. */
  askTime(): Promise<number>
}
