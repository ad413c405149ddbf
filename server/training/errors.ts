/** Why a clip could not be made or a list not be assigned. The sentence is `training.refused.<reason>` of messages/en.json. */
export type TrainingErrorReason = 'beyond-the-call' | 'no-clip-length' | 'still-runs' | 'clips-of-others'

export class TrainingError extends Error {
  override readonly name = 'TrainingError'

  private constructor(
    readonly reason: TrainingErrorReason,
    /** What the sentence says, in seconds. */
    readonly seconds: Readonly<Record<string, number>> = {},
  ) {
    super(reason)
  }

  static beyondTheCall(lengthMs: number): TrainingError {
    return new TrainingError('beyond-the-call', { length: lengthMs / 1_000 })
  }

  static noClipLength(shortestMs: number, longestMs: number): TrainingError {
    return new TrainingError('no-clip-length', { shortest: shortestMs / 1_000, longest: longestMs / 1_000 })
  }

  static stillRuns(): TrainingError {
    return new TrainingError('still-runs')
  }

  static clipsOfOthers(): TrainingError {
    return new TrainingError('clips-of-others')
  }
}
