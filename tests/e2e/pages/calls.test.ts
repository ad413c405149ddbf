/** The list of calls in Chromium against the whole server: filters in the address, search, keys, views, empty and failed. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Viewer } from '@/server/access/sessions'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { findViolations } from './axe'
import { launchBrowser } from './browser'
import { type TestServer, startServer } from './server'
import { openPage, signIn } from './visitor'

const MINUTE_MS = 60_000
const CALLS = 130
const SAID = 'Could you switch roaming on for my number, please.'

let server: TestServer
let browser: Browser
let technician: Viewer
let page: Page
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  technician = await makeViewer(server.database, 'technician')
  for (let index = 0; index < CALLS; index++) await makeCall(index)
  page = await openPage(browser)
  await signIn(page, server.origin, technician.email)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
beforeEach(() => page.goto(`${server.origin}/calls`, { waitUntil: 'networkidle' }))

async function makeCall(index: number): Promise<void> {
  const id = await makeCallRow(server.database, technician.id, { startedAt: new Date(Date.now() - index * 90 * MINUTE_MS) })
  const customerName = index === 3 ? 'Rina Hartono' : index === 4 ? 'محمد الأمين عبد الرحمن' : `Customer ${String(index).padStart(3, '0')}`
  await server.database.call.update({ where: { id }, data: { customerName, customerPhone: `+62 812 5550 ${100 + index}`, lengthMs: (index + 1) * 1_000, lostMs: index === 7 ? 14_000 : 0, hasChange: index === 3 } })
  if (index !== 3) return
  await server.database.utterance.create({ data: { callId: id, track: 'customer', startMs: 12_000, endMs: 15_000, text: SAID, words: [] } })
  await server.database.action.create({ data: { callId: id, seq: 9, atMs: 20_000, source: 'sandbox', verb: 'changed', objectType: 'line', objectName: 'Line 7', changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }] } })
}

const row = (index: number) => page.locator(`tr[data-row="${index}"]`)
const pick = async (chip: RegExp, option: string): Promise<void> => {
  await page.getByRole('button', { name: chip }).click()
  await page.getByRole('menuitemradio', { name: option }).click()
}

describe('the table', () => {
  it('holds the rows in sight only, and fetches the rest as one goes down', async () => {
    await page.getByText(`${CALLS} calls`).waitFor()
    expect(await page.locator('tr[data-row]').count()).toBeLessThan(60)
    await page.locator('tbody').hover()
    await expect.poll(async () => {
      await page.mouse.wheel(0, 3_000)
      return row(CALLS - 1).isVisible()
    }, { timeout: 15_000 }).toBe(true)
    expect(await page.locator('tr[data-row]').count()).toBeLessThan(60)
  })

  it('is walked by arrows and opened by Enter', async () => {
    await row(0).getByRole('link').focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'Home', 'ArrowDown']) await page.keyboard.press(key)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Customer 001')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/calls\/[0-9a-f-]{36}/)
  })

  it('keeps the focus on a row that is scrolled out of sight', async () => {
    await row(0).getByRole('link').focus()
    await page.mouse.move(600, 500)
    await page.mouse.wheel(0, 2_000)
    await row(50).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Customer 000')
  })

  it('is ordered by length, and the other way round', async () => {
    await page.getByRole('button', { name: 'Length' }).click()
    await row(0).getByText('Customer 129').waitFor()
    await page.getByRole('button', { name: 'Length' }).click()
    await row(0).getByText('Customer 000').waitFor()
    expect(new URL(page.url()).search).toBe('?sort=length&turned=yes')
  })

  it('has what needs a look first, if one wants', async () => {
    await page.getByRole('columnheader', { name: 'To look at' }).getByRole('button').click()
    await row(0).getByText('Customer 007').waitFor()
  })
})

describe('a filter', () => {
  it('stands in the address, holds after a reload, and goes with the back button', async () => {
    await pick(/^To look at:/, 'Lost something')
    await page.getByText('1 call, 8 s').waitFor()
    expect(new URL(page.url()).search).toBe('?look=lost')
    await page.reload()
    await page.getByText('1 lost something').waitFor()
    await page.goBack()
    await page.getByText(`${CALLS} calls`).waitFor()
  })

  it('that nothing fits says what to do, and is cleared', async () => {
    await pick(/^State:/, 'Recording')
    await page.getByRole('heading', { name: 'No call is like that' }).waitFor()
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click()
    await row(0).waitFor()
  })

  it('is saved under a name, used and deleted', async () => {
    await pick(/^Change:/, 'With a change')
    await page.getByText('1 call,').waitFor()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByLabel('Name of this view').fill('Changed')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Changed', exact: true }).waitFor()
    await page.goto(`${server.origin}/calls`, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Changed', exact: true }).click()
    await page.getByText('1 call,').waitFor()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Delete the view Changed' }).click()
    await page.getByText('No view is saved yet').waitFor()
  })
})

describe('a search', () => {
  it('begins with a slash, shows what was said and done, and leads to the moment', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('roaming')
    const hits = page.getByRole('list', { name: 'Found in this call' })
    await hits.getByText('Could you switch').waitFor()
    expect(await hits.locator('mark').allTextContents()).toEqual(['roaming', 'Roaming'])
    expect(new URL(page.url()).search).toBe('?q=roaming')
    await hits.getByRole('link').first().click()
    await page.waitForURL(/\/calls\/[0-9a-f-]{36}\?t=12000/)
  })

  it('is left by Escape, which brings all calls back and the focus to the list', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('hartono')
    await page.getByText('1 call,').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(`${CALLS} calls`).waitFor()
    expect(await page.evaluate(() => document.activeElement?.closest('tbody') !== null)).toBe(true)
  })
})

it('says that rows could not be fetched, keeps those that are there, and tries again', async () => {
  await page.route('**/api/calls?*', (route) => route.abort())
  await pick(/^To look at:/, 'Lost something')
  await page.getByRole('heading', { name: 'The calls could not be fetched' }).waitFor()
  expect(await row(0).isVisible()).toBe(true)
  await page.unroute('**/api/calls?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('1 call, 8 s').waitFor()
})

it('gives the calls of the filter as a file', async () => {
  await page.goto(`${server.origin}/calls?q=hartono`, { waitUntil: 'networkidle' })
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download these calls as CSV' }).click()])
  expect(download.suggestedFilename()).toBe('calls.csv')
})

it.each(['light', 'dark'] as const)('is accessible and fits at every width in the %s theme', async (colorScheme) => {
  const visitor = await openPage(browser, { colorScheme })
  await signIn(visitor, server.origin, technician.email)
  for (const width of [1_440, 1_024, 390]) {
    await visitor.setViewportSize({ width, height: 900 })
    for (const search of ['', '?q=roaming']) {
      await visitor.goto(`${server.origin}/calls${search}`, { waitUntil: 'networkidle' })
      expect(await findViolations(visitor), `axe at ${width} px`).toEqual([])
      expect(await visitor.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `pixels that stick out at ${width} px`).toBe(0)
      if (process.env['LOOKS_DIR']) await visitor.screenshot({ path: `${process.env['LOOKS_DIR']}/calls${search ? '-search' : ''}-${colorScheme}-${width}.png` })
    }
  }
  await visitor.context().close()
}, 120_000)
