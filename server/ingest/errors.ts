/** Why ingest refuses an agent; the reasons are those of the protocol, so a refusal goes to the agent as it is. */
import { MAX_BATCH_BYTES, type Refusal } from '@/protocol/agent-messages'

export class IngestError extends Error {
  override readonly name = 'IngestError'

  private constructor(readonly reason: Refusal['reason'], message: string, options?: ErrorOptions & { isFault?: boolean }) {
    super(message, options)
    this.isFault = options?.isFault ?? false
  }

  /** The log itself cannot be what its device says it is: the call's page must tell. */
  readonly isFault: boolean

  /** socket.io sends it along when a handshake is refused: an agent must tell a revoked device from a passing fault. */
  get data(): { reason: Refusal['reason'] } {
    return { reason: this.reason }
  }

  static malformed(seq: number, what: string, cause?: unknown): IngestError {
    return new IngestError('malformed', `entry ${seq} was refused: ${what}`, { cause })
  }

  static message(what: string): IngestError {
    return new IngestError('malformed', `the message was not understood: ${what}`)
  }

  static fork(seq: number, what: string): IngestError {
    return new IngestError('fork', `the log forks at entry ${seq}: ${what}`, { isFault: true })
  }

  static badSeal(seq: number, what: string): IngestError {
    return new IngestError('malformed', `the seal at entry ${seq} does not hold: ${what}`, { isFault: true })
  }

  static outOfOrder(seq: number, expectedSeq: number): IngestError {
    return new IngestError('out-of-order', `entry ${seq} came where ${expectedSeq} was expected; send on from there`)
  }

  static notYours(): IngestError {
    return new IngestError('not-yours', 'this call belongs to another device, or its entry 0 names another device or technician than the token does')
  }

  static unknownDevice(): IngestError {
    return new IngestError('not-yours', 'the server does not know this device, or it was revoked; pair the agent with the server again')
  }

  static closed(seq: number, kind: string): IngestError {
    return new IngestError('closed', `entry ${seq} of kind ${kind} came after the call was closed; only seals and receipts may follow`)
  }

  static tooManyCalls(limit: number): IngestError {
    return new IngestError('storage', `this device has ${limit} calls that are not closed; close them before it opens another`)
  }

  static tooMuchWaiting(limitBytes: number): IngestError {
    return new IngestError('storage', `more than ${limitBytes} bytes of this device wait to be stored; wait for acknowledgements and send again (${MAX_BATCH_BYTES} bytes a batch)`)
  }

  static storage(cause: unknown): IngestError {
    return new IngestError('storage', 'the server could not store the entries; keep them and send them again later', { cause })
  }

  static damaged(callId: string, seq: number): IngestError {
    return new IngestError('storage', `the server's files of call ${callId} are damaged at entry ${seq}; nothing was changed, restore them from a copy or ask for support`)
  }

  static stopping(): IngestError {
    return new IngestError('storage', 'the server is stopping; keep the entries and send them again later')
  }
}
