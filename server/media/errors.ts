/** What can go wrong with the files of a call. */
export type MediaErrorReason = 'bad-name' | 'missing' | 'hole'

export class MediaError extends Error {
  override readonly name = 'MediaError'

  private constructor(readonly reason: MediaErrorReason, message: string) {
    super(message)
  }

  static badName(file: string): MediaError {
    return new MediaError('bad-name', `"${file}" is not a file of a call; expected log.jsonl, custody.jsonl, receipts.jsonl, <track>.ogg, screen.mp4 or derived/<name>`)
  }

  static missing(callId: string, file: string): MediaError {
    return new MediaError('missing', `call ${callId} has no file ${file}; what is derived can be made again from the log`)
  }

  static hole(file: string, sizeBytes: number, offsetBytes: number): MediaError {
    return new MediaError('hole', `${file} ends at byte ${sizeBytes} and byte ${offsetBytes} was to be written: that would leave a hole`)
  }
}
