/** The live pages in both themes and at three widths: axe finds nothing, nothing sticks out. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogEntry } from '@/protocol/entries'
import { makeViewer } from '../../support/people'
import { findViolations } from '../pages/axe'
import { launchBrowser } from '../pages/browser'
import { type TestServer, startServer } from '../pages/server'
import { openPage, signIn } from '../pages/visitor'
import { Door } from './door'
import { RunningBoard, SAMPLE_TECHNICIANS, sampleTiles } from './running-board'
import { RunningCall } from './running-call'

const WIDTHS = [1_440, 1_024, 390] as const
const SARI = { id: 's', name: 'Sari Wibowo' }
const ENTRIES: LogEntry[] = [
  { v: 1, seq: 1, atMs: 1_000, prev: '', kind: 'consent', data: { state: 'given', by: 'customer' } },
  { v: 1, seq: 2, atMs: 2_000, prev: '', kind: 'presence', data: { person: SARI, as: 'supervisor', state: 'joined' } },
  { v: 1, seq: 3, atMs: 9_000, prev: '', kind: 'action', data: { source: 'sandbox', verb: 'changed', object: { type: 'line', name: '+62 812 5550 184' }, changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }] } },
  { v: 1, seq: 4, atMs: 20_000, prev: '', kind: 'gap', track: 'screen', durationMs: 2_000, data: { cause: 'display-lost' } },
]

let server: TestServer
let browser: Browser
let door: Door
let email: string
let call: RunningCall
let board: RunningBoard
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  door = await Door.open(server.origin)
  ;({ email } = await makeViewer(server.database, 'supervisor'))
  board = new RunningBoard(door, sampleTiles(), SAMPLE_TECHNICIANS)
  call = new RunningCall(door, 40_000, {
    entries: ENTRIES,
    captions: 'too-busy',
    words: [
      { track: 'technician', startMs: 1_000, endMs: 5_000, text: 'Northstar support, this is Linda. This call is recorded.', isFinal: true },
      { track: 'customer', startMs: 6_000, endMs: 8_000, text: 'Hello, I am flying to Japan and would like to use my phone there.', isFinal: true },
      { track: 'technician', startMs: 10_000, endMs: 14_000, text: 'Roaming is on now. You will see it in the', isFinal: false },
    ],
  })
}, 120_000)
afterAll(async () => {
  call?.stop()
  board?.stop()
  await browser?.close()
  await door?.close()
  await server?.stop()
})

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(['wallboard', 'rows', 'call'] as const)('%s is accessible and fits at every width', async (name) => {
    const page = await openPage(browser, { colorScheme, reducedMotion: 'reduce' })
    page.setDefaultTimeout(8_000)
    await signIn(page, door.origin, email)
    await page.evaluate((look) => localStorage.setItem('callwitness.board', look), name)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(name === 'call' ? `${door.origin}/live/${call.callId}` : `${door.origin}/live`)
      await page.getByText(name === 'call' ? 'Hello, I am flying' : 'can you hear me').first().waitFor({ state: name === 'rows' ? 'attached' : 'visible' })
      if (name === 'call') await showMore(page)
      expect(await findViolations(page), `axe at ${width} px`).toEqual([])
      expect(await overhang(page), `pixels that stick out at ${width} px`).toBe(0)
      if (process.env['LOOKS_DIR']) await page.screenshot({ path: `${process.env['LOOKS_DIR']}/live-${name}-${colorScheme}-${width}.png` })
    }
    await page.context().close()
  }, 120_000)
})

async function showMore(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: 'Start listening' })
  await start.or(page.getByRole('button', { name: 'Back 30 seconds' })).waitFor()
  if (await start.isVisible()) await start.click()
  await page.getByLabel('Message on the technician’s window').fill('Offer the 10 GB plan')
  await page.keyboard.press('Enter')
  await page.getByText('on the technician’s window', { exact: true }).waitFor()
  await page.waitForTimeout(1_500)
}

const overhang = (page: Page): Promise<number> => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
