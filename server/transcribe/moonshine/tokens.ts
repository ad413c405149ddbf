/** The model's tokens: Llama's vocabulary of 32 000 pieces, extended to 32 768. */
import tokenizer from 'llama-tokenizer-js'

export const VOCABULARY_SIZE = 32_768
export const BEGIN_TOKEN = 1
export const END_TOKEN = 2
/** Tokens below this are control tokens. */
export const FIRST_TEXT_TOKEN = 3
const SPACE = '▁'

export const startsWord = (token: number): boolean => tokenizer.vocabById[token]?.startsWith(SPACE) ?? false
/** Text without the space that a word begins with. */
export const textOfTokens = (tokens: number[]): string => tokenizer.decode(tokens, false, false).trim()
export const tokensOfTerm = (term: string): number[] => tokenizer.encode(term, false, true)
/** A token that is one digit and nothing else, apart from the space before it. */
export const isDigit = (token: number): boolean => /^▁?\d$/.test(tokenizer.vocabById[token] ?? '')
