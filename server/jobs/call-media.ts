/** What of a call's log concerns its sound and its screen, read once. */
import { makeCompleteness } from '@/protocol/completeness'
import { isMediaEntry, type EntryOf, type LogEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { AudioTrack } from '@/protocol/tracks'
import type { MediaStore } from '../media/media-store'
import { LogTail } from '../transcribe/log-tail'

export type CallMedia = {
  /** First sound to hang-up, or to the end of what was recorded. */
  lengthMs: number
  /** Chunks with recorded sound, in the order of the log. */
  audio: Map<AudioTrack, EntryOf<'audio'>[]>
  hasScreen: boolean
  /** As entry 0 announced it. */
  screenSize: { widthPx: number; heightPx: number } | null
}

export async function readCallMedia(media: MediaStore, callId: CallId): Promise<CallMedia> {
  const tail = new LogTail(media, callId)
  const entries: LogEntry[] = []
  for (let more = await tail.next(); more.length > 0; more = await tail.next()) entries.push(...more)
  const audio: CallMedia['audio'] = new Map()
  for (const entry of entries) {
    if (entry.kind !== 'audio' || entry.durationMs === 0) continue
    const chunks = audio.get(entry.track) ?? []
    chunks.push(entry)
    audio.set(entry.track, chunks)
  }
  const lastMs = entries.filter(isMediaEntry).reduce((last, { atMs, durationMs }) => Math.max(last, atMs + durationMs), 0)
  return {
    lengthMs: Math.max(makeCompleteness(entries).lengthMs, lastMs),
    audio,
    hasScreen: entries.some((entry) => entry.kind === 'screen' && entry.durationMs > 0),
    screenSize: findScreenSize(entries),
  }
}

function findScreenSize([open]: readonly LogEntry[]): CallMedia['screenSize'] {
  const screen = open?.kind === 'open' ? open.data.tracks.find((track) => track.codec === 'vp9') : undefined
  return screen ? { widthPx: screen.widthPx, heightPx: screen.heightPx } : null
}
