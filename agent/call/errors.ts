/** What a technician asked that the recorder cannot do now; messages are for the technician. */
export type RecorderErrorReason = 'wrong-phase' | 'nothing-to-record' | 'pause-not-confirmed'

export class RecorderError extends Error {
  override readonly name = 'RecorderError'

  private constructor(
    readonly reason: RecorderErrorReason,
    message: string,
  ) {
    super(message)
  }

  static wrongPhase(wanted: string, phase: string): RecorderError {
    return new RecorderError('wrong-phase', `Cannot ${wanted} now: the recorder is in ${phase}.`)
  }

  static pauseNotConfirmed(limitMs: number): RecorderError {
    return new RecorderError(
      'pause-not-confirmed',
      `The screen could not be stopped within ${limitMs / 1000} s, so recording has ended altogether. Nothing of the pause is kept.`,
    )
  }
}
