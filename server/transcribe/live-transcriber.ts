/**
 * Keeps the transcripts of running calls up to the moment, so that little is left to do when they end.
 *
 * A call is followed from its first news on: each news wakes its transcriber, which reads the call's own files as far as
 * they go. Nothing is queued here, so a slow machine only falls behind, and a restart needs no other path than a late start.
 * What fails is left to the `transcript` job, which reads the whole call again.
 */
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import type { CallFeed } from '../ingest/call-feed'
import type { MediaStore } from '../media/media-store'
import { CallTranscriber } from './call-transcriber'
import type { SpeechService } from './speech-service'
import { findStoredEnds, saveUtterance } from './utterances'

export type LiveTranscriberDeps = {
  feed: CallFeed
  media: MediaStore
  database: Database
  speech: SpeechService
  /** Names and terms that the engine should lean towards. */
  vocabulary?: readonly string[]
  log: { error(message: string, cause: unknown): void }
}

export type LiveTranscriber = {
  /** The transcriber of a closed call once it has reached its end; `null` if the call was not followed, or not without a fault. */
  finish(callId: CallId): Promise<CallTranscriber | null>
  /** Ends the following; what is not transcribed yet is left to the next start. */
  dispose(): Promise<void>
}

/** `idle` until the next news; `again` when news came while the last was worked on. */
type Followed = { transcriber: CallTranscriber | null; work: Promise<void>; state: 'idle' | 'working' | 'again' | 'failed' }

export async function startLiveTranscriber(deps: LiveTranscriberDeps): Promise<LiveTranscriber> {
  const live = new Follower(deps)
  const unfollow = [
    deps.feed.on('call.appended', ({ callId }) => live.wake(callId)),
    deps.feed.on('call.projected', ({ callId }) => live.wake(callId)),
    deps.feed.on('call.removed', ({ callId }) => live.forget(callId)),
  ]
  const running = await deps.database.call.findMany({ where: { state: { not: 'closed' } }, select: { id: true } })
  const isOurs = new Set<string>(await deps.media.listCalls())
  for (const { id } of running) if (isOurs.has(id)) live.wake(id as CallId) // ids of this column were call ids when they were written
  return {
    finish: (callId) => live.finish(callId),
    dispose: async () => {
      for (const end of unfollow) end()
      await live.dispose()
    },
  }
}

class Follower {
  private readonly calls = new Map<CallId, Followed>()
  private readonly stopping = new AbortController()

  constructor(private readonly deps: LiveTranscriberDeps) {}

  wake(callId: CallId): void {
    if (this.stopping.signal.aborted) return
    const followed = this.calls.get(callId) ?? { transcriber: null, work: Promise.resolve(), state: 'idle' as const }
    this.calls.set(callId, followed)
    if (followed.state === 'working') followed.state = 'again'
    if (followed.state === 'idle') followed.work = this.work(callId, followed)
  }

  /** What is being worked on fails by itself, for want of a call. */
  forget(callId: CallId): void {
    this.calls.delete(callId)
  }

  async finish(callId: CallId): Promise<CallTranscriber | null> {
    const followed = this.calls.get(callId)
    if (!followed) return null
    this.wake(callId)
    await followed.work
    this.calls.delete(callId)
    return followed.transcriber?.isFinished ? followed.transcriber : null
  }

  async dispose(): Promise<void> {
    this.stopping.abort()
    await Promise.all([...this.calls.values()].map(({ work }) => work))
  }

  private async work(callId: CallId, followed: Followed): Promise<void> {
    try {
      do {
        followed.state = 'working'
        followed.transcriber ??= await this.open(callId)
        await followed.transcriber?.advance()
      } while (isAgain(followed) && !this.stopping.signal.aborted)
      followed.state = 'idle'
      if (!followed.transcriber) this.calls.delete(callId)
    } catch (cause) {
      followed.state = 'failed'
      followed.transcriber = null
      if (!this.stopping.signal.aborted && this.calls.has(callId)) this.deps.log.error(`live transcription of call ${callId} stopped; the whole call is transcribed at its end`, cause)
    }
  }

  /** Null while the call has no row that utterances could belong to, and for a call that closed before this process began. */
  private async open(callId: CallId): Promise<CallTranscriber | null> {
    const { feed, database, media, speech, vocabulary = [] } = this.deps
    const call = await database.call.findUnique({ where: { id: callId }, select: { state: true } })
    if (!call || call.state === 'closed') return null
    const storedEnds = await findStoredEnds(database, callId)
    return new CallTranscriber({
      callId, media, speech, vocabulary, storedEnds,
      priority: 'live',
      signal: this.stopping.signal,
      onUtterance: async (utterance) => {
        await saveUtterance(database, callId, utterance)
        feed.publish('call.utterance', { callId, utterance })
      },
    })
  }
}

/** A function, because the state changes while `work` awaits and the compiler would not believe it. */
const isAgain = ({ state }: Followed): boolean => state === 'again'
