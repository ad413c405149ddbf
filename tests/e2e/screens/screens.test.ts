/**
 * Pages of calls at the edges, each as it was last found good: pictures in tests/fixtures/screens. After a change that is
 * meant, `UPDATE_SCREENS=1 npx vitest run tests/e2e/screens` draws them anew; look at each before it is committed.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallId } from '@/protocol/ids'
import { makeViewer } from '../../support/people'
import { launchBrowser } from '../pages/browser'
import { startServer, type TestServer } from '../pages/server'
import { openPage, signIn } from '../pages/visitor'
import { comparePicture } from './compare'
import { drawDesk } from './desk-picture'
import { EXTREME_CALLS, type ExtremeName } from './extreme-calls'
import { seedCalls } from './seed-call'

const FOLDER = join(import.meta.dirname, '../../fixtures/screens')
/** Where pictures that were not as expected are left, with the differing places in red. */
const SEEN_FOLDER = join(tmpdir(), 'callwitness-screens')
const HEIGHTS_PX = { 1_440: 900, 1_024: 900, 390: 844 } as const
const WIDTHS_PX = [1_440, 1_024, 390] as const
/** Part of the picture. A line of text that is moved, cut or covered is more; the fonts of other scripts are the machine's own. */
const TOLERANCE = 0.004
const TOLERANCES: Partial<Record<ExtremeName | 'list', number>> = { 'right-to-left': 0.015, list: 0.01 }
const IN_DARK_TOO: readonly ExtremeName[] = ['long-names', 'forty-gaps']

type Theme = 'light' | 'dark'

let server: TestServer
let browser: Browser
/** Shows nothing; reads pictures. */
let reader: Page
let email: string
const callIds = new Map<ExtremeName, CallId>()
const pages = new Map<Theme, Page>()
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  reader = await browser.newPage()
  const { database } = server
  const screen = await drawDesk(browser)
  const rename = async (id: string, name: string) => database.user.update({ where: { id }, data: { name } })
  for (const technician of new Set(EXTREME_CALLS.map((call) => call.technician))) {
    const own = EXTREME_CALLS.filter((call) => call.technician === technician)
    const viewer = { ...(await makeViewer(database, 'technician')), name: technician }
    await rename(viewer.id, technician)
    const ids = await seedCalls(server, viewer, own.map(({ script }) => script), screen)
    own.forEach(({ name }, index) => callIds.set(name, ids[index]!))
  }
  const admin = await makeViewer(database, 'admin')
  await rename(admin.id, 'Sri Wibowo')
  email = admin.email
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** One visitor for each theme. */
async function visit(theme: Theme): Promise<Page> {
  const known = pages.get(theme)
  if (known) return known
  const page = await openPage(browser, { colorScheme: theme, reducedMotion: 'reduce' })
  await signIn(page, server.origin, email)
  pages.set(theme, page)
  return page
}

describe.each(EXTREME_CALLS)('the page of a call: $name', ({ name, atMs }) => {
  it.each([...WIDTHS_PX.map((width) => [width, 'light'] as const), ...(IN_DARK_TOO.includes(name) ? ([[1_440, 'dark']] as const) : [])])('%i px wide, %s', async (width, theme) => {
    const page = await visit(theme)
    await page.setViewportSize({ width, height: HEIGHTS_PX[width] })
    await page.goto(`${server.origin}/calls/${callIds.get(name)}?t=${atMs}`, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor()
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA)
    await expectAsKept(page, `${name}-${width}${theme === 'dark' ? '-dark' : ''}`, TOLERANCES[name])
  }, 60_000)
})

it.each(WIDTHS_PX)('the list of them, %i px wide', async (width) => {
  const page = await visit('light')
  await page.setViewportSize({ width, height: HEIGHTS_PX[width] })
  await page.goto(`${server.origin}/calls`, { waitUntil: 'networkidle' })
  await expectAsKept(page, `list-${width}`, TOLERANCES.list)
}, 60_000)

async function expectAsKept(page: Page, name: string, tolerance = TOLERANCE): Promise<void> {
  expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 'pixels that stick out').toBe(0)
  const file = join(FOLDER, `${name}.png`)
  const isToBeKept = process.env['UPDATE_SCREENS'] === '1'
  const picture = await takeStill(page)
  if (process.env['LOOKS_DIR']) await writeFile(join(process.env['LOOKS_DIR'], `${name}.png`), picture)
  const { halved, ratio, marked } = await comparePicture(reader, picture, isToBeKept ? null : await readFile(file))
  if (isToBeKept) return writeFile(file, halved)
  if (ratio > tolerance) {
    await mkdir(SEEN_FOLDER, { recursive: true })
    await writeFile(join(SEEN_FOLDER, `${name}.png`), halved)
    await writeFile(join(SEEN_FOLDER, `${name}-marked.png`), marked)
  }
  expect(ratio, `the part of the picture that differs from ${file}; what was seen is in ${SEEN_FOLDER}`).toBeLessThanOrEqual(tolerance)
}

/** The page once nothing on it moves any more. */
async function takeStill(page: Page): Promise<Uint8Array> {
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.fonts.ready)
  let before = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  for (let attempt = 0; attempt < 20; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 150))
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    if (now.equals(before)) return now
    before = now
  }
  throw new Error('the page does not come to rest')
}
