/** Notices when greedy decoding has begun to say the same thing for ever. */

const LONGEST_PHRASE_TOKENS = 10

/** The tail is one phrase of at most ten tokens, said at least four times (a single token: twelve times). */
export function isLooping(tokens: readonly number[]): boolean {
  for (let length = 1; length <= LONGEST_PHRASE_TOKENS; length++) {
    if (repeatedTail(tokens, length) >= length * (Math.max(4, Math.ceil(12 / length)) - 1)) return true
  }
  return false
}

/** How many tokens to keep so that a looping tail is said only once. */
export function lengthWithoutLoop(tokens: readonly number[]): number {
  for (let length = 1; length <= LONGEST_PHRASE_TOKENS; length++) {
    const repeated = repeatedTail(tokens, length)
    if (repeated >= length * 2) return tokens.length - repeated
  }
  return tokens.length
}

/** Number of tokens at the end that equal the token `length` places before them. */
function repeatedTail(tokens: readonly number[], length: number): number {
  let repeated = 0
  while (repeated + length < tokens.length && tokens.at(-1 - repeated) === tokens.at(-1 - repeated - length)) repeated++
  return repeated
}
