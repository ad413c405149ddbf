/**
 * A text as the words that one hears: without case, punctuation and fillers, contractions written out, and every number,
 * in words or figures, as its single digits (`eight ninety seven`, `897` and `eight hundred ninety seven` are the same).
 */
import { digitsOfNumberWords } from './number-words'

const FILLERS = new Set(['uh', 'um', 'hmm', 'mm', 'ah', 'er', 'erm', 'mhm', 'uhm', 'huh'])

const CONTRACTED_ENDINGS: readonly [RegExp, string][] = [
  [/\b(can)'?not\b|\bcan't\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/\blet's\b/g, 'let us'],
  [/\b(it|that|what|there|he|she|who|where|here)'s\b/g, '$1 is'],
  [/n't\b/g, ' not'],
  [/'re\b/g, ' are'],
  [/'ve\b/g, ' have'],
  [/'ll\b/g, ' will'],
  [/'d\b/g, ' would'],
  [/'m\b/g, ' am'],
]

const SAME_SOUND: Readonly<Record<string, string>> = {
  okay: 'ok',
  alright: 'all right',
  mr: 'mister',
  mrs: 'missus',
  dr: 'doctor',
  gonna: 'going to',
  wanna: 'want to',
  goodbye: 'good bye',
  wifi: 'wi fi',
  colour: 'color',
  grey: 'gray',
  dialled: 'dialed',
  programme: 'program',
  centre: 'center',
  yeah: 'yes',
  yep: 'yes',
}

export function spokenWords(text: string): string[] {
  const words = spellOut(text)
    .split(' ')
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '' && !FILLERS.has(word))
    .flatMap((word) => (SAME_SOUND[word] ?? word).split(' '))
  return digitsOfNumberWords(words)
}

/** Lower-case letters, figures and inner apostrophes, one space between words. */
function spellOut(text: string): string {
  const plain = text.toLowerCase().replace(/[’‘`]/g, "'")
  const written = CONTRACTED_ENDINGS.reduce((result, [ending, words]) => result.replace(ending, words), plain)
  return written
    .replace(/([$£€])\s?(\d[\d,.]*\d|\d)/g, (_, sign: string, amount: string) => `${amount} ${{ $: 'dollars', '£': 'pounds', '€': 'euros' }[sign] ?? ''}`)
    .replaceAll('%', ' percent ')
    .replaceAll('&', ' and ')
    .replaceAll('°', ' degrees ')
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/(\d)\.(\d)/g, '$1 point $2')
    .replace(/\b([ap])\.?\s?m\b\.?/g, ' $1 m ')
    .replace(/([a-z])\.(?=[a-z]\b)/g, '$1 ')
    .replace(/[^a-z0-9']+/g, ' ')
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1')
    .replace(/(\d)([a-z])/g, '$1 $2')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .trim()
}
