/** Why a clip could not be made or a list not be assigned, in words for whoever tried. */
export type TrainingErrorReason = 'beyond-the-call' | 'no-clip-length' | 'still-runs' | 'clips-of-others'

export class TrainingError extends Error {
  override readonly name = 'TrainingError'

  private constructor(readonly reason: TrainingErrorReason, message: string) {
    super(message)
  }

  static beyondTheCall(lengthMs: number): TrainingError {
    return new TrainingError('beyond-the-call', `A clip lies between 0 and ${(lengthMs / 1_000).toFixed(1)} s of this call, where its sound ends. Set its start and end so.`)
  }

  static noClipLength(shortestMs: number, longestMs: number): TrainingError {
    return new TrainingError('no-clip-length', `A clip is ${shortestMs / 1_000} to ${longestMs / 1_000} s long. Set its start and end so.`)
  }

  static stillRuns(): TrainingError {
    return new TrainingError('still-runs', 'The call still runs. Clips can be made of it when it is closed.')
  }

  static clipsOfOthers(): TrainingError {
    return new TrainingError('clips-of-others', 'This list has clips of calls that you may not see. Somebody who may see all of them can assign it.')
  }
}
