/**
 * A call on its way from the server to its page, as one text: React would look at each of its hundred thousand values by
 * itself, on both sides. Words, which are most of it, are rows without names. Pure.
 */
import type { CallView, UtteranceView, WordView } from '@/server/timeline/view'

type PackedWord = [text: string, startMs: number, endMs: number, confidence: number, joinsPrevious?: true]
type Packed = Omit<CallView, 'utterances'> & { utterances: (Omit<UtteranceView, 'words'> & { words: PackedWord[] })[] }

export function packCall(call: CallView): string {
  const packed: Packed = { ...call, utterances: call.utterances.map((utterance) => ({ ...utterance, words: utterance.words.map(packWord) })) }
  return JSON.stringify(packed)
}

/** `text` by packCall; confidences come back in hundredths, rounded down: what was doubtful stays so. */
export function unpackCall(text: string): CallView {
  const packed = JSON.parse(text) as Packed
  return { ...packed, utterances: packed.utterances.map((utterance) => ({ ...utterance, words: utterance.words.map(unpackWord) })) }
}

function packWord({ text, startMs, endMs, confidence, joinsPrevious }: WordView): PackedWord {
  const word = [text, startMs, endMs, Math.floor(confidence * 100) / 100] as const
  return joinsPrevious ? [...word, true] : [...word]
}

const unpackWord = ([text, startMs, endMs, confidence, joinsPrevious]: PackedWord): WordView => ({ text, startMs, endMs, confidence, ...(joinsPrevious && { joinsPrevious }) })
