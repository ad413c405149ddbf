/** An utterance of the transcript as those see it who listen: it replaces the captions of its time (`protocol/live-words.ts`). */
import type { LiveWords } from '@/protocol/live-messages'
import type { Utterance } from '../transcribe/utterances'

export const finalWordsOf = ({ track, startMs, endMs, text }: Utterance): LiveWords => ({ track, startMs, endMs, text, isFinal: true })
