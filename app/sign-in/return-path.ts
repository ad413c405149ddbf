/** Where to go after signing in: a path of this server, never another site that somebody put into the address. */

const HOME = '/calls'
/** Any base will do: it only shows whether the address leads away from it. */
const BASE = 'http://callwitness.invalid'

export function parseReturnPath(value: string | string[] | undefined): string {
  const text = Array.isArray(value) ? value[0] : value
  if (!text || !URL.canParse(text, BASE)) return HOME
  const url = new URL(text, BASE)
  const isOurs = url.origin === BASE || /^https?:\/\//i.test(text)
  const path = `${url.pathname}${url.search}`
  return isOurs && path.startsWith('/') && !path.startsWith('//') && !path.startsWith('/sign-in') ? path : HOME
}
