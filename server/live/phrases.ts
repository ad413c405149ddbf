/** Which of a team's phrases occur in words. */
export const findPhrases = (text: string, phrases: readonly string[]): string[] => phrases.filter((phrase) => text.toLowerCase().includes(phrase.toLowerCase()))
