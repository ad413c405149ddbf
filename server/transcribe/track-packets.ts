/** The Opus packets of one audio track, chunk by chunk in the order of the log. */
import type { EntryOf } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { trackFile } from '@/protocol/tracks'
import type { MediaStore } from '../media/media-store'
import { OpusPacketReader } from '../media/opus-packets'

export class TrackPackets {
  private readonly reader = new OpusPacketReader()

  constructor(private readonly media: MediaStore, private readonly callId: CallId) {}

  /** None for a payload that records nothing: headers, and the silence that fills a gap in the file. */
  async read({ track, offsetBytes, bytes, durationMs }: EntryOf<'audio'>): Promise<Uint8Array[]> {
    if (durationMs === 0) return []
    const payload = await this.media.read(this.callId, trackFile(track), offsetBytes, offsetBytes + bytes)
    return this.reader.read(payload).flatMap((page) => page.packets)
  }
}
