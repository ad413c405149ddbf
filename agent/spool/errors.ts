/** What can go wrong with the log on disk. */
import type { CallId } from '@/protocol/ids'

export type SpoolErrorReason = 'disk-full' | 'corrupt' | 'closed' | 'chain-mismatch' | 'too-long' | 'write-failed'

export class SpoolError extends Error {
  override readonly name = 'SpoolError'

  private constructor(
    readonly reason: SpoolErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  static diskFull(freeBytes: number, neededBytes: number, folder: string): SpoolError {
    return new SpoolError(
      'disk-full',
      `The disk has ${megabytes(freeBytes)} left and a recording needs ${megabytes(neededBytes)} to start. Free some space on the disk that holds ${folder}.`,
    )
  }

  static corrupt(callId: string, problem: string): SpoolError {
    return new SpoolError('corrupt', `The recording ${callId} on this disk was damaged: ${problem}`)
  }

  static logClosed(callId: CallId, kind: string): SpoolError {
    return new SpoolError('closed', `The log of call ${callId} is closed: expected a seal or a receipt, came ${kind}.`)
  }

  static chainMismatch(callId: CallId, seq: number): SpoolError {
    return new SpoolError('chain-mismatch', `Entry ${seq} of call ${callId} does not follow the last entry on this disk.`)
  }

  static tooLong(callId: CallId, kind: string, bytes: number, allowedBytes: number): SpoolError {
    return new SpoolError('too-long', `An entry of kind ${kind} for call ${callId} has ${bytes} bytes; ${allowedBytes} are allowed.`)
  }

  static writeFailed(callId: CallId, cause: unknown): SpoolError {
    const why = cause instanceof Error ? cause.message : String(cause)
    return new SpoolError('write-failed', `The log of call ${callId} could not be written: ${why}. What was written before is safe.`, { cause })
  }
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_000_000)} MB`
