/** Numbers as they are spoken, to their digits. */

const SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth']

const VALUES: ReadonlyMap<string, number> = new Map([
  ...SMALL.map((word, value): [string, number] => [word, value]),
  ...TENS.map((word, index): [string, number] => [word, (index + 2) * 10]),
  ...ORDINALS.map((word, index): [string, number] => [word, index + 1]),
  ['thirtieth', 30],
])

/** `oh` is a zero only next to other digits. */
export const isOh = (word: string | undefined): boolean => word === 'oh' || word === 'o'
/** The digit that a word alone stands for: `seven` is 7, `seventy` none. */
export function digitOfWord(word: string): string | null {
  const value = SMALL.indexOf(word)
  return value >= 0 && value <= 9 ? String(value) : null
}

/** The words with each number, in words or figures, replaced by its digits, one element each. */
export function digitsOfNumberWords(words: readonly string[]): string[] {
  const result: string[] = []
  let at = 0
  while (at < words.length) {
    const word = words[at]!
    if (/^\d+$/.test(word)) {
      result.push(...word)
      at++
    } else if (isOh(word) && (isNumber(words[at - 1]) || isNumber(words[at + 1]) || isOh(words[at - 1]))) {
      result.push('0')
      at++
    } else if (VALUES.has(word)) {
      const number = readNumber(words, at)
      result.push(...String(number.value))
      at = number.next
    } else {
      result.push(word)
      at++
    }
  }
  return result
}

const isNumber = (word: string | undefined): boolean => word !== undefined && (VALUES.has(word) || /^\d+$/.test(word))

type Reading = { value: number; next: number }

/** `two thousand four hundred and fifty six`, from the first of its words on. */
function readNumber(words: readonly string[], at: number): Reading {
  const head = readHundreds(words, at)
  if (words[head.next] !== 'thousand') return head
  const restAt = head.next + (words[head.next + 1] === 'and' ? 2 : 1)
  if (!VALUES.has(words[restAt] ?? '')) return { value: head.value * 1_000, next: head.next + 1 }
  const rest = readHundreds(words, restAt)
  return { value: head.value * 1_000 + rest.value, next: rest.next }
}

function readHundreds(words: readonly string[], at: number): Reading {
  const head = readTens(words, at)
  if (words[head.next] !== 'hundred') return head
  const restAt = head.next + (words[head.next + 1] === 'and' ? 2 : 1)
  if (!VALUES.has(words[restAt] ?? '')) return { value: head.value * 100, next: head.next + 1 }
  const rest = readTens(words, restAt)
  return { value: head.value * 100 + rest.value, next: rest.next }
}

function readTens(words: readonly string[], at: number): Reading {
  const value = VALUES.get(words[at]!)!
  const unit = VALUES.get(words[at + 1] ?? '') ?? 0
  const hasUnit = value >= 20 && value % 10 === 0 && unit > 0 && unit < 10
  return hasUnit ? { value: value + unit, next: at + 2 } : { value, next: at + 1 }
}
