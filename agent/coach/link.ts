/** What coaching uses of the connection to the server; gone when it breaks. */
import type { CallId } from '@/protocol/ids'

export interface CoachLink {
  sendCoachRead(message: { callId: CallId; id: string }): void
}
