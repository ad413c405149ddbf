/** Tells the server how things stand at the desk over a connection of its own: for commands, which run beside the agent. */
import type { DeskReport } from '@/protocol/agent-messages'
import { connect, HEARS_NOTHING, type ServerAddress } from './connection'
import { UplinkError } from './errors'

/** Rejects with UplinkError when the server is away or does not take it. */
export async function tellDesk(server: ServerAddress, agentVersion: string, report: DeskReport): Promise<void> {
  const connection = await connect(server, HEARS_NOTHING)
  try {
    const greeting = await connection.hello({ agentVersion, callIds: [] })
    const reply = greeting.ok ? await connection.desk(report) : greeting
    if (!reply.ok) throw UplinkError.refused(reply.message, reply.reason)
  } finally {
    connection.close()
  }
}
