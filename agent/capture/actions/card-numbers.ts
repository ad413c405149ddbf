/**
 * Finds what may be a payment card number (ISO/IEC 7812-1: 13 to 19 digits, Luhn) in any text, however it is written.
 *
 * It fails closed: every run of digits, with up to three characters other than letters between groups, is tried from each
 * group's start to each group's end, and inside a group for what the large issuers print. Other numbers of that length are
 * withheld one time in ten; that is the price.
 */
import type { ActionData } from '@/protocol/entries'

const MIN_DIGITS = 13
const MAX_DIGITS = 19
const DIGIT_RUN = /\d(?:[^\p{L}\d]{0,3}\d){12,}/gu
/** A number glued to its date or code: American Express, then Visa, Mastercard, JCB, Discover, UnionPay (16 digits). */
const ISSUED_NUMBER = /(?=(3[47]\d{13}|(?:4\d|5[0-5]|6\d|2[2-7]|35)\d{14}))/g
/** Stands in the log where a text was withheld. */
export const WITHHELD = '[withheld: looks like a card number]'

export function hasCardNumber(text: string): boolean {
  return (toAsciiDigits(text).match(DIGIT_RUN) ?? []).some(hasLuhnPart)
}

/** The same action with every text that holds a card number replaced whole: what stands beside the number is as secret. */
export function withholdCardNumbers(action: ActionData): ActionData {
  const { type, id, name, url } = action.object
  return {
    ...action,
    source: withhold(action.source),
    object: { type: withhold(type), id: withhold(id), name: withhold(name), url: withhold(url) },
    changes: action.changes.map(({ field, label, from, to }) => ({ field: withhold(field), label: withhold(label), from: withhold(from), to: withhold(to) })),
  }
}

const withhold = <T extends string | null | undefined>(text: T): T | string => (typeof text === 'string' && hasCardNumber(text) ? WITHHELD : text)

/** Digits of any script to ASCII; full-width forms and invisible characters between digits are no hiding place. */
function toAsciiDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
}

/** Unicode keeps the ten digits of a script together, so the value is the distance to the script's zero. */
function digitValue(digit: string): number {
  const codePoint = digit.codePointAt(0) ?? 0
  if (codePoint < 0x80) return codePoint - 0x30
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value += 1
  return value
}

function hasLuhnPart(run: string): boolean {
  const groups = run.match(/\d+/g) ?? []
  return groups.some((group, first) => isLuhnSomewhereIn(group) || isLuhnAcross(groups.slice(first)))
}

function isLuhnAcross(groups: readonly string[]): boolean {
  let digits = ''
  for (const group of groups) {
    digits += group
    if (digits.length > MAX_DIGITS) return false
    if (isLuhn(digits)) return true
  }
  return false
}

function isLuhnSomewhereIn(group: string): boolean {
  return Array.from(group.matchAll(ISSUED_NUMBER), (match) => match[1] ?? '').some(isLuhn)
}

/** The check digit of ISO/IEC 7812-1, annex B. A number of one repeated zero is none. */
function isLuhn(digits: string): boolean {
  if (digits.length < MIN_DIGITS || /^0+$/.test(digits)) return false
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 0x30
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
