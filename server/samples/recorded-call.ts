/** The call that was recorded to be the sample (server/samples/README.md), entry by entry. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EntryBody, isMediaEntry, type KnownEntry, LOG_FILE, type LogEntry, parseLine } from '@/protocol/entries'
import { type Track, trackFile, trackSchema } from '@/protocol/tracks'
import { wholeLines } from '../media/log-lines'

export type RecordedEntry = { body: EntryBody; payload?: Uint8Array<ArrayBuffer> }

export async function readRecordedCall(folder: string): Promise<RecordedEntry[]> {
  const entries = [...wholeLines(await readFile(join(folder, LOG_FILE)))].map(({ line }) => parseLine(line)).filter(isKnown)
  const tracks = new Map<Track, Buffer<ArrayBuffer>>()
  for (const track of trackSchema.options) {
    if (entries.some((entry) => isMediaEntry(entry) && entry.track === track)) tracks.set(track, await readFile(join(folder, trackFile(track))))
  }
  return entries.map((entry) => {
    const body = withoutFrame(entry)
    if (!isMediaEntry(entry)) return { body }
    const { track, offsetBytes, bytes } = entry
    return { body, payload: tracks.get(track)!.subarray(offsetBytes, offsetBytes + bytes) }
  })
}

const isKnown = (entry: LogEntry): entry is KnownEntry => entry.kind !== 'unknown'

function withoutFrame({ v: _v, seq: _seq, prev: _prev, ...body }: KnownEntry): EntryBody {
  // The compiler forgets which kind has which data once something is taken off.
  return body
}
