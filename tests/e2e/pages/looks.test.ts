/** Every page in both themes and at three widths: axe finds nothing, nothing sticks out, and the call page stays light. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeViewer } from '../../support/people'
import { askToBeLetIn } from './agent'
import { findViolations } from './axe'
import { launchBrowser } from './browser'
import { recordCall } from './call-fixture'
import { type TestServer, startServer } from './server'
import { openPage, signIn } from './visitor'

const WIDTHS = [1_440, 1_024, 390] as const
const THEMES = ['light', 'dark'] as const
const MAX_CALL_SCRIPT_BYTES = 250_000

let server: TestServer
let browser: Browser
let email: string
let paths: Record<'sign-in' | 'calls' | 'call' | 'devices' | 'approve', string>
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  const technician = await makeViewer(server.database, 'technician')
  email = technician.email
  const callId = await recordCall(server, browser, technician)
  const { code } = await askToBeLetIn(server.origin, 'desk 5')
  paths = { 'sign-in': '/sign-in', calls: '/calls', call: `/calls/${callId}?t=47500`, devices: '/devices', approve: `/devices/approve?code=${code.userCode}` }
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** What opens on the call's page, each over its usual look. */
const OPENED: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  notes: async (page) => {
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: /^Note at/ }).waitFor()
  },
  search: async (page) => {
    await page.keyboard.press('/')
    await page.keyboard.type('roaming')
    await page.keyboard.press('Enter')
    await page.locator('mark, [data-hit]').first().waitFor()
  },
  palette: async (page) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
  },
  keys: async (page) => {
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'All keys' }).waitFor()
  },
  certificate: async (page) => {
    await page.getByRole('button', { name: 'Verified' }).click()
    await page.getByRole('dialog').getByRole('table').waitFor()
  },
  actions: (page) => page.getByRole('tab', { name: /Actions/ }).click(),
}

describe.each(THEMES)('in the %s theme', (colorScheme) => {
  it.each(Object.keys(OPENED))('the call page with its %s is accessible and fits', async (name) => {
    const page = await openPage(browser, { colorScheme, reducedMotion: 'reduce' })
    await signIn(page, server.origin, email)
    for (const width of [1_440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(server.origin + paths.call)
      await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor()
      await OPENED[name]!(page)
      if (process.env['LOOKS_DIR']) await page.screenshot({ path: `${process.env['LOOKS_DIR']}/call-${name}-${colorScheme}-${width}.png` })
      expect.soft(await findViolations(page), `axe at ${width} px`).toEqual([])
      expect.soft(await overhang(page), `pixels that stick out at ${width} px`).toBe(0)
    }
    await page.context().close()
  }, 120_000)


  it.each(['calls', 'call', 'devices', 'approve', 'sign-in'] as const)('%s is accessible and fits at every width', async (name) => {
    const page = await openPage(browser, { colorScheme })
    if (name !== 'sign-in') await signIn(page, server.origin, email)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(server.origin + paths[name])
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (name === 'call') await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor()
      expect(await findViolations(page), `axe at ${width} px`).toEqual([])
      expect(await overhang(page), `pixels that stick out at ${width} px`).toBe(0)
      if (process.env['LOOKS_DIR']) await page.screenshot({ path: `${process.env['LOOKS_DIR']}/${name}-${colorScheme}-${width}.png` })
    }
    await page.context().close()
  }, 120_000)
})

it('the call page fetches at most 250 kB of script', async () => {
  const page = await openPage(browser)
  await signIn(page, server.origin, email)
  await page.goto(server.origin + paths.call, { waitUntil: 'networkidle' })
  const bytes = await page.evaluate(() =>
    performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname.endsWith('.js')).reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  )
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(MAX_CALL_SCRIPT_BYTES)
}, 60_000)

const overhang = (page: Page): Promise<number> => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
