/**
 * One call's log to utterances, as far as the log goes: the same code follows a call that runs, takes one up again after a
 * restart, and transcribes one anew.
 */
import type { EntryOf, LogEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { AudioTrack } from '@/protocol/tracks'
import type { MediaStore } from '../media/media-store'
import type { Envelope } from './envelope'
import { TranscribeError } from './errors'
import { LogTail } from './log-tail'
import type { SpeechPriority, SpeechService } from './speech-service'
import { TrackPackets } from './track-packets'
import { TrackTranscriber } from './track-transcriber'
import type { Utterance } from './utterances'

/** What a coach says is for the technician's ear only and no part of the conversation. */
export const SPOKEN_TRACKS: readonly AudioTrack[] = ['technician', 'customer', 'mixed']

export type CallTranscriberOptions = {
  callId: CallId
  media: MediaStore
  speech: SpeechService
  priority: SpeechPriority
  vocabulary: readonly string[]
  /** Where each track's stored utterances end; empty to transcribe the call from its beginning. */
  storedEnds: ReadonlyMap<string, number>
  /** Ends the work before the next chunk; `advance` then rejects. */
  signal: AbortSignal | undefined
  onUtterance: (utterance: Utterance) => Promise<void>
}

type TrackWork = { transcriber: TrackTranscriber; packets: TrackPackets; done: Promise<void> }

export class CallTranscriber {
  private readonly tail: LogTail
  private readonly tracks = new Map<AudioTrack, TrackWork>()
  private hasClosed = false

  constructor(private readonly options: CallTranscriberOptions) {
    this.tail = new LogTail(options.media, options.callId)
  }

  /** The log up to its `close` has been transcribed. */
  get isFinished(): boolean {
    return this.hasClosed
  }

  get envelopes(): ReadonlyMap<AudioTrack, Envelope> {
    return new Map([...this.tracks].map(([track, { transcriber }]) => [track, transcriber.envelope]))
  }

  /** Transcribes what the log holds beyond what was read before. Tracks go side by side; each waits for itself. */
  async advance(): Promise<void> {
    for (let entries = await this.tail.next(); entries.length > 0; entries = await this.tail.next()) {
      for (const entry of entries) this.take(entry)
      await Promise.all([...this.tracks.values()].map(({ done }) => done))
      if (entries.some(({ kind }) => kind === 'close')) this.hasClosed = true
    }
  }

  private take(entry: LogEntry): void {
    switch (entry.kind) {
      case 'audio':
        return this.takeChunk(entry)
      case 'gap':
        return this.cut(entry.atMs, (track) => track === entry.track)
      case 'pause':
      case 'hangup':
        return this.cut(entry.atMs)
      case 'close':
        for (const work of this.tracks.values()) work.done = work.done.then(() => work.transcriber.finish())
        return
      default:
        return
    }
  }

  private takeChunk(entry: EntryOf<'audio'>): void {
    if (!SPOKEN_TRACKS.includes(entry.track)) return
    const work = this.tracks.get(entry.track) ?? this.openTrack(entry.track)
    const { atMs, durationMs } = entry
    work.done = work.done.then(async () => {
      if (this.options.signal?.aborted) throw TranscribeError.stopped()
      await work.transcriber.add({ atMs, durationMs, packets: await work.packets.read(entry) })
    })
  }

  private cut(atMs: number, isMeant: (track: AudioTrack) => boolean = () => true): void {
    for (const [track, work] of this.tracks) {
      if (isMeant(track)) work.done = work.done.then(() => work.transcriber.cutAt(atMs))
    }
  }

  private openTrack(track: AudioTrack): TrackWork {
    const { media, callId, storedEnds, signal: _, ...options } = this.options
    const transcriber = new TrackTranscriber({ ...options, track, knownUntilMs: storedEnds.get(track) ?? -1 })
    const work: TrackWork = { transcriber, packets: new TrackPackets(media, callId), done: Promise.resolve() }
    this.tracks.set(track, work)
    return work
  }
}
