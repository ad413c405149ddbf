/** A link that opens this page where the player stands. */

/** `t` is a position in milliseconds; the rest of the address stays. */
export function momentUrl(address: string, atMs: number): string {
  const url = new URL(address)
  url.searchParams.set('t', String(atMs))
  return url.href
}

/** A position from an address, 0 when it names none. */
export function parseMoment(value: string | string[] | undefined): number {
  const atMs = Number(Array.isArray(value) ? value[0] : value)
  return Number.isSafeInteger(atMs) && atMs > 0 ? atMs : 0
}
