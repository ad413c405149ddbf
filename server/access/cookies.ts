/** Cookies of a plain Node request. */

export type Cookies = Readonly<Record<string, string>>

/** RFC 6265 §4.2.1. A value that is not percent-encoded text is taken as it is. */
export function parseCookies(header: string): Cookies {
  const pairs = header.split(/; */).filter((pair) => pair.includes('='))
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))]))
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // A stray percent sign of another application's cookie on the same host.
    return value
  }
}
