/** Follows a call's log as it grows: the entries that became whole since the last look. */
import { LOG_FILE, parseLine, type LogEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { wholeLines } from '../media/log-lines'
import type { MediaStore } from '../media/media-store'

/** Bytes of log that are read at a time: some thousand entries, and more than the longest line. */
const READ_BYTES = 512 * 1024

export class LogTail {
  private offsetBytes = 0

  constructor(private readonly media: MediaStore, private readonly callId: CallId) {}

  /** Empty when there is nothing new. */
  async next(): Promise<LogEntry[]> {
    const size = (await this.media.findSize(this.callId, LOG_FILE)) ?? 0
    if (size <= this.offsetBytes) return []
    const bytes = await this.media.read(this.callId, LOG_FILE, this.offsetBytes, this.offsetBytes + READ_BYTES)
    const lines = [...wholeLines(bytes, this.offsetBytes)]
    this.offsetBytes = lines.at(-1)?.endByte ?? this.offsetBytes
    return lines.map(({ line }) => parseLine(line))
  }
}
