/** A browser and its system in words, from how it names itself; null when it does not say or is none that we know. */

type Named = Readonly<{ browser: string; system: string | null }>

/** In this order: each one also names those after it. */
const BROWSERS = [
  ['Edge', /Edg(?:e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox\/|FxiOS\//],
  ['Chrome', /Chrome\/|CriOS\//],
  ['Safari', /Safari\//],
] as const
const SYSTEMS = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux|X11/],
] as const

export function nameBrowser(userAgent: string | null): Named | null {
  if (userAgent === null) return null
  const find = (names: typeof BROWSERS | typeof SYSTEMS): string | null => names.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null
  const browser = find(BROWSERS)
  return browser === null ? null : { browser, system: find(SYSTEMS) }
}
