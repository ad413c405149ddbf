/** The server's end of an agent's connection, as far as live listening uses it. */
import type { CoachTextForAgent, CoachVoiceForAgent, LiveDemand, PresenceForAgent } from '@/protocol/agent-messages'
import type { Person } from '@/protocol/entries'
import type { DeviceId } from '@/protocol/ids'

export interface AgentPort {
  readonly deviceId: DeviceId
  readonly technician: Person
  listen(demand: LiveDemand): void
  /** Resolves when the panel has it; rejects when the agent does not answer. */
  showText(message: CoachTextForAgent): Promise<void>
  playVoice(packet: CoachVoiceForAgent): void
  tellPresence(message: PresenceForAgent): void
}
