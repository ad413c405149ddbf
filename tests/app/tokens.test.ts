/** Every colour that text is set in reads against every ground it stands on (WCAG 2.2, 1.4.3: 4.5 : 1). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/tokens.css', import.meta.url), 'utf8')
const [light, dark] = css.split("[data-theme='dark']").map(readTokens) as [Map<string, string>, Map<string, string>]

const GROUNDS = ['paper', 'surface', 'sunken']
const PARTIES = ['technician', 'customer', 'action', 'ok', 'warn', 'bad']
const PAIRS = [
  ...['ink', 'ink-2', 'ink-3', ...PARTIES].flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...PARTIES.map((party) => [party, `${party}-tint`] as const),
  ...['ink', 'ink-2', 'ink-3'].flatMap((text) => ['technician-tint', 'customer-tint', 'warn-tint'].map((ground) => [text, ground] as const)),
]

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_name, tokens) => {
  it.each(PAIRS)('sets %s readably on %s', (text, ground) => {
    expect(contrast(tokens.get(text)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(4.5)
  })
})

it('names the same tokens in both themes', () => {
  expect([...dark.keys()]).toEqual([...light.keys()])
})

function readTokens(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name!, value!]))
}

function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const linear = [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16) / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!
}
