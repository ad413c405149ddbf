/**
 * The words of a call on their way to its page, as one text: they are most of what a call weighs, so they come after it, as
 * rows without names. Pure.
 */
import type { CallView, UtteranceView, WordView } from '@/server/timeline/view'

type PackedWord = [text: string, startMs: number, endMs: number, confidence: number, joinsPrevious?: true]
/** By the utterance's id. */
type Packed = Record<string, PackedWord[]>
export type WordsOfUtterances = ReadonlyMap<string, WordView[]>

export const packWords = (utterances: readonly UtteranceView[]): string => JSON.stringify(Object.fromEntries(utterances.map(({ id, words }) => [id, words.map(packWord)])) satisfies Packed)

/** `text` by packWords; confidences come back in hundredths, rounded down: what was doubtful stays so. */
export const unpackWords = (text: string): WordsOfUtterances => new Map(Object.entries(JSON.parse(text) as Packed).map(([id, words]) => [id, words.map(unpackWord)]))

/** Utterances that have words already keep them: of a call that runs, they are newer. */
export const withWords = (call: CallView, words: WordsOfUtterances): CallView => ({
  ...call,
  utterances: call.utterances.map((utterance) => (utterance.words.length > 0 ? utterance : { ...utterance, words: words.get(utterance.id) ?? [] })),
})

function packWord({ text, startMs, endMs, confidence, joinsPrevious }: WordView): PackedWord {
  const word = [text, startMs, endMs, Math.floor(confidence * 100) / 100] as const
  return joinsPrevious ? [...word, true] : [...word]
}

const unpackWord = ([text, startMs, endMs, confidence, joinsPrevious]: PackedWord): WordView => ({ text, startMs, endMs, confidence, ...(joinsPrevious && { joinsPrevious }) })
