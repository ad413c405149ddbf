/**
 * Which of a team's phrases occur in what was said: whole words in order, whatever their case and punctuation. Each word of a
 * phrase stands for its inflected forms too: `cancel` is also heard in "cancelled" and "cancelling", not the other way round.
 */

/** Shorter words have no endings here: "at" is not heard in "ates". */
const LEAST_INFLECTED_LETTERS = 3
const ENDINGS = ['s', 'es', 'd', 'ed', 'ing']
const CONSONANT = /[bcdfghjklmnpqrstvwxz]$/

/** The phrases as the team wrote them, in its order. */
export function findPhrases(text: string, phrases: readonly string[]): string[] {
  const said = wordsOf(text)
  return phrases.filter((phrase) => {
    const wanted = wordsOf(phrase)
    return wanted.length > 0 && said.some((_, at) => wanted.every((word, index) => isFormOf(said[at + index], word)))
  })
}

/** Without apostrophes and what follows them in a possessive: "the lawyer’s" is a lawyer. */
const wordsOf = (text: string): string[] =>
  text.toLowerCase().normalize('NFC').replace(/['’]s\b/g, '').replace(/['’]/g, '').match(/[\p{L}\p{N}]+/gu) ?? []

function isFormOf(said: string | undefined, word: string): boolean {
  if (said === undefined || said === word || word.length < LEAST_INFLECTED_LETTERS) return said === word
  return stemsOf(word).some((stem) => said.startsWith(stem) && ENDINGS.includes(said.slice(stem.length)))
}

/** What endings are put to: cancel, cancell-; charge, charg-; reply, repli-. */
function stemsOf(word: string): string[] {
  const stems = [word]
  if (CONSONANT.test(word)) stems.push(word + word.at(-1)!)
  if (word.endsWith('e')) stems.push(word.slice(0, -1))
  if (word.endsWith('y')) stems.push(`${word.slice(0, -1)}i`)
  return stems
}
