/** Puts the log and the tracks of a sample call where a server keeps them, as if they had been received. */
import { LOG_FILE, parseLine } from '@/protocol/entries'
import { trackFile } from '@/protocol/tracks'
import type { MediaStore } from '@/server/media/media-store'
import type { SampleCall } from '../server/ingest/sample-call'

export async function storeCall(media: MediaStore, { callId, entries }: SampleCall): Promise<void> {
  const files = new Map<string, Uint8Array[]>([[LOG_FILE, entries.flatMap(({ line }) => [line, Buffer.from('\n')])]])
  for (const { line, payload } of entries) {
    const entry = parseLine(line)
    if (!payload || (entry.kind !== 'audio' && entry.kind !== 'screen')) continue
    const file = trackFile(entry.track)
    files.set(file, [...(files.get(file) ?? []), payload])
  }
  for (const [file, parts] of files) await media.write(callId, file, 0, Buffer.concat(parts))
}
