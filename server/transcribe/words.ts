/** A word of an utterance and where it stands on the call's timeline. Stored in `Utterance.words`: add fields, never rename. */
import { z } from 'zod'

export const wordSchema = z.object({
  /** As it is read, with its punctuation. */
  text: z.string(),
  /** `[startMs, endMs)` on the call's timeline. */
  startMs: z.int().nonnegative(),
  endMs: z.int().nonnegative(),
  /** Mean probability of the word's tokens, 0 to 1. Below 0.5 a reader should doubt it. */
  confidence: z.number().min(0).max(1),
  /** No space before it: a digit of a longer number, which keeps its own time. */
  joinsPrevious: z.literal(true).optional(),
})
export type Word = z.infer<typeof wordSchema>

export const wordsSchema = z.array(wordSchema)

/** The words as a sentence. */
export const textOfWords = (words: readonly Pick<Word, 'text' | 'joinsPrevious'>[]): string =>
  words.map((word, index) => (index === 0 || word.joinsPrevious ? word.text : ` ${word.text}`)).join('')
