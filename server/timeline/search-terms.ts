/** What somebody types into the search, as terms that must all be met: words, the beginnings of words, phrases in quotes, numbers. */
import { Prisma } from '../database/generated/client'

/** Beginnings this short would stand for half of the dictionary. */
const MIN_BEGINNING = 3
const MAX_TERMS = 8
const QUOTED_OR_WORD = /"([^"]*)"?|(\S+)/g
/** Numbers are spoken and stored with all kinds of spaces between their digits. */
const PHONE = /^\+?[\d\s().-]{3,}$/

export type SearchTerm = {
  /** A `tsquery`. */
  query: Prisma.Sql
  /** Whether its words stand one after the other. */
  isPhrase: boolean
  /** Digits of a telephone number, if the whole search may be one. */
  digits: string | null
}

export function parseSearch(text: string): SearchTerm[] {
  if (PHONE.test(text.trim())) return [{ query: phrase(text), isPhrase: true, digits: text.replace(/\D/g, '') }]
  const terms = [...text.matchAll(QUOTED_OR_WORD)].map(([, quoted, word]) => ({ quoted, text: quoted ?? word ?? '' }))
  return terms
    .filter((term) => /[\p{L}\p{N}]/u.test(term.text))
    .slice(0, MAX_TERMS)
    .map(({ quoted, text: term }) => ({ query: quoted === undefined ? beginning(term) : phrase(term), isPhrase: quoted !== undefined, digits: null }))
}

const phrase = (text: string): Prisma.Sql => Prisma.sql`phraseto_tsquery('simple', ${text})`

/** `to_tsquery` takes what stands in single quotes as text; quotes and backslashes in it are doubled. */
function beginning(word: string): Prisma.Sql {
  const quoted = `'${word.replace(/['\\]/g, '$&$&')}'`
  return Prisma.sql`to_tsquery('simple', ${word.length < MIN_BEGINNING ? quoted : `${quoted}:*`})`
}
