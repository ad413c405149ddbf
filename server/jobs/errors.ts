/** Why something could not be derived from a call, in words for the call's page. */
export type JobErrorReason = 'no-sound' | 'ffmpeg-missing' | 'ffmpeg-failed' | 'no-such-task'

export class JobError extends Error {
  override readonly name = 'JobError'

  private constructor(readonly reason: JobErrorReason, message: string, cause?: unknown) {
    super(message, { cause })
  }

  static noSound(): JobError {
    return new JobError('no-sound', 'The call has no recorded sound and no recorded screen, so there is nothing to play.')
  }

  static ffmpegMissing(cause: unknown): JobError {
    return new JobError('ffmpeg-missing', 'ffmpeg is not installed on the server: install it (Debian: apt-get install ffmpeg) and run this again. The recording itself is complete.', cause)
  }

  static ffmpegFailed(ending: string, lastLines: string): JobError {
    return new JobError('ffmpeg-failed', `ffmpeg ended with ${ending}: ${lastLines || 'it said nothing'}. The recording itself is not touched.`)
  }

  static noSuchTask(callId: string, kind: string): JobError {
    return new JobError('no-such-task', `Call ${callId} has no task ${kind}: tasks begin when a call is closed.`)
  }
}
