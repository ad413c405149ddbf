/** The final transcript of a closed call: what the live transcriber has not done, and the leaks that only the whole call shows. */
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import type { MediaStore } from '../media/media-store'
import { CallTranscriber } from '../transcribe/call-transcriber'
import type { LeakReport } from '../transcribe/leak-report'
import { markLeaks } from '../transcribe/leak'
import type { LiveTranscriber } from '../transcribe/live-transcriber'
import type { SpeechService } from '../transcribe/speech-service'
import { findUtterances, storeTranscript, type Utterance } from '../transcribe/utterances'

export type TranscriptDeps = {
  database: Database
  media: MediaStore
  speech: SpeechService
  live: LiveTranscriber
  vocabulary?: readonly string[]
}

export async function makeTranscript(deps: TranscriptDeps, callId: CallId, signal?: AbortSignal): Promise<LeakReport> {
  const live = await deps.live.finish(callId)
  const { utterances, envelopes } = live ? { utterances: await findUtterances(deps.database, callId), envelopes: live.envelopes } : await transcribeAnew(deps, callId, signal)
  const { utterances: marked, report } = await markLeaks(utterances, envelopes)
  await storeTranscript(deps.database, callId, marked, report)
  return report
}

async function transcribeAnew({ media, speech, vocabulary = [] }: TranscriptDeps, callId: CallId, signal: AbortSignal | undefined) {
  const utterances: Utterance[] = []
  const transcriber = new CallTranscriber({
    callId, media, speech, vocabulary, signal,
    priority: 'later',
    storedEnds: new Map(),
    onUtterance: (utterance) => Promise.resolve(void utterances.push(utterance)),
  })
  await transcriber.advance()
  return { utterances, envelopes: transcriber.envelopes }
}
