/** Why something cannot be captured, in words that a technician can act on. */
import { agentCommand } from '@/protocol/agent-command'
import type { GapCause } from '@/protocol/entries'

export type CaptureErrorReason = 'program-missing' | 'sound-server-unreachable' | 'device-missing' | 'stream-missing' | 'display-unreachable' | 'malformed-media'

export class CaptureError extends Error {
  override readonly name = 'CaptureError'

  private constructor(readonly reason: CaptureErrorReason, message: string, cause?: unknown) {
    super(message, { cause })
  }

  static programMissing(program: string, cause: unknown): CaptureError {
    return new CaptureError('program-missing', `the program ${program} could not be started; install it ("${agentCommand('doctor')}" tells the package)`, cause)
  }

  static soundServerUnreachable(detail: string): CaptureError {
    return new CaptureError('sound-server-unreachable', `the sound server does not answer (${detail}); start PulseAudio, or PipeWire with pipewire-pulse`)
  }

  static deviceMissing(kind: 'microphone' | 'speaker', wanted: string | null, present: string[]): CaptureError {
    const what = wanted === null ? `there is no ${kind}` : `the ${kind} ${wanted} is not there`
    return new CaptureError('device-missing', `${what}; plugged in: ${present.join(', ') || 'none'}`)
  }

  static streamMissing(program: string): CaptureError {
    return new CaptureError('stream-missing', `${program} plays no sound now; its track goes on when it plays again`)
  }

  static displayUnreachable(detail: string): CaptureError {
    return new CaptureError('display-unreachable', `the screen cannot be recorded: ${detail}; log in to an X11 session and check DISPLAY`)
  }

  static malformedMedia(what: string): CaptureError {
    return new CaptureError('malformed-media', what)
  }
}

const CAUSES: Record<CaptureErrorReason, GapCause> = {
  'program-missing': 'capture-stopped',
  'sound-server-unreachable': 'sound-server-lost',
  'device-missing': 'device-unplugged',
  'stream-missing': 'capture-stopped',
  'display-unreachable': 'display-lost',
  'malformed-media': 'capture-stopped',
}

/** What the log says of a capture that failed with this error. */
export const gapCauseOf = (error: CaptureError): GapCause => CAUSES[error.reason]
