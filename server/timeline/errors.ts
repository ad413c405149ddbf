/** Why a note could not be attached or taken away, in words for whoever wrote it. */
export type NoteErrorReason = 'beyond-the-call' | 'no-such-note'

export class NoteError extends Error {
  override readonly name = 'NoteError'

  private constructor(readonly reason: NoteErrorReason, message: string) {
    super(message)
  }

  static beyondTheCall(startMs: number, endMs: number, lastMs: number): NoteError {
    return new NoteError('beyond-the-call', `A moment lies between 0 and ${lastMs} ms of this call and begins before it ends; this one is ${startMs} to ${endMs} ms.`)
  }

  static noSuchNote(): NoteError {
    return new NoteError('no-such-note', 'There is no such note that you may delete.')
  }
}
