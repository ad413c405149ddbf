/** What can go wrong between agent and server. */
import type { Refusal } from '@/protocol/agent-messages'

export type UplinkErrorReason = 'unreachable' | 'refused' | 'nonsense'

export class UplinkError extends Error {
  override readonly name = 'UplinkError'

  private constructor(
    readonly reason: UplinkErrorReason,
    message: string,
    /** Why the server refused, when it said so. */
    readonly refusal: Refusal['reason'] | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  static unreachable(serverUrl: string, cause: unknown): UplinkError {
    return new UplinkError('unreachable', `The server ${serverUrl} does not answer: ${cause instanceof Error ? cause.message : String(cause)}.`, null, { cause })
  }

  static refused(message: string, refusal: Refusal['reason'] | null): UplinkError {
    return new UplinkError('refused', message, refusal)
  }

  static nonsense(what: string, cause: unknown): UplinkError {
    return new UplinkError('nonsense', `The server's answer to ${what} is not of this agent's protocol. Agent and server must be of the same release.`, null, { cause })
  }
}
