/** The call page and the list of calls without a mouse: every stop can be seen, and the focus is never lost. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallId } from '@/protocol/ids'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { launchBrowser } from './browser'
import { recordCall } from './call-fixture'
import { startServer, type TestServer } from './server'
import { openPage, signIn } from './visitor'

const MOST_STOPS = 120

let server: TestServer
let browser: Browser
let callId: CallId
let page: Page
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  const technician = await makeViewer(server.database, 'technician')
  callId = await recordCall(server, browser, technician)
  const other = await makeCallRow(server.database, technician.id)
  await server.database.call.update({ where: { id: other }, data: { customerName: 'Budi Santoso', lostMs: 4_000 } })
  page = await openPage(browser, { reducedMotion: 'reduce' })
  await signIn(page, server.origin, technician.email)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const openCall = async (): Promise<void> => {
  await page.goto(`${server.origin}/calls/${callId}?t=47500`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor()
}
const openList = () => page.goto(`${server.origin}/calls`, { waitUntil: 'networkidle' })

type Stop = { name: string; isBody: boolean; isSeen: boolean }

/** The element in focus. It is seen if it lies on the screen and it, or the field that it stands in, has an outline. */
const stop = (): Promise<Stop> =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body
    const { width, height, top, bottom } = element.getBoundingClientRect()
    const hasOutline = (one: Element | null): boolean => one !== null && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2
    return {
      name: element.getAttribute('aria-label') ?? (element.textContent.trim() || element.outerHTML.slice(0, 120)),
      isBody: element === document.body,
      isSeen: width > 0 && height > 0 && bottom > 0 && top < innerHeight && (hasOutline(element) || hasOutline(element.closest('search, form'))),
    }
  })
const hasFocus = async (): Promise<boolean> => !(await stop()).isBody

/** Tab from the beginning of the page until it begins anew. */
async function walk(): Promise<Stop[]> {
  const stops: Stop[] = []
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab')
    const now = await stop()
    if (now.isBody) break
    stops.push(now)
  }
  return stops
}

describe('walking through a page by Tab', () => {
  it('shows each stop of the call page, and comes to all of its parts', async () => {
    await openCall()
    const stops = await walk()
    expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([])
    expect(stops.length).toBeLessThan(MOST_STOPS)
    const names = stops.map(({ name }) => name)
    for (const part of ['To the calls', 'Verified', '2 s of screen lost, 9 s paused', 'Full screen', 'Search this call', 'Transcript', 'Play', 'Zoom of the timeline', 'Playhead']) expect(names).toContain(part)
  }, 60_000)

  it('shows each stop of the list of calls; its rows are one of them', async () => {
    await openList()
    const stops = await walk()
    expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([])
    const names = stops.map(({ name }) => name)
    for (const part of ['Search in calls', 'Views', 'Days: any', 'Budi Santoso']) expect(names).toContain(part)
    expect(names).not.toContain('Rina Hartono')
  }, 60_000)
})

describe('the focus of the call page', () => {
  it.each(['?', 'Control+k'])('comes back when what %s opened is closed by Escape', async (key) => {
    await openCall()
    await page.getByRole('button', { name: 'Copy moment' }).focus()
    await page.keyboard.press(key)
    await page.getByRole('dialog').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(async () => (await stop()).name).toContain('Copy moment')
  }, 60_000)

  it.each([
    ['Next action', 'Copy moment'],
    ['Search this call', 'Search this call'],
    ['All keys', 'Close'],
  ])('is where it belongs after the palette did “%s”', async (command, name) => {
    await openCall()
    await page.getByRole('button', { name: 'Copy moment' }).focus()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(command)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await stop()).name).toContain(name)
  }, 60_000)

  it.each([
    ['Verified', 'dialog'],
    ['Speed', 'menu'],
  ] as const)('goes into what “%s” opens, and back to it', async (name, role) => {
    await openCall()
    const button = page.getByRole('button', { name })
    await button.focus()
    await page.keyboard.press('Enter')
    await page.getByRole(role).waitFor()
    await expect.poll(() => page.evaluate((opened) => document.activeElement?.closest(`[role="${opened}"]`) !== null, role)).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole(role).waitFor({ state: 'detached' })
    await expect.poll(async () => (await stop()).name).toContain(name)
  }, 60_000)

  it('goes from the search to the words it searched', async () => {
    await openCall()
    await page.keyboard.press('/')
    await page.keyboard.type('roaming')
    await page.keyboard.press('Escape')
    expect((await stop()).name).toBe('Transcript')
  }, 60_000)

  it('stays among the notes while one is begun, left, written and deleted', async () => {
    await openCall()
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: /^Note at/ }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await stop()).name).toContain('Note at the playhead')
    await page.keyboard.press('Enter')
    await page.keyboard.type('By keyboard alone.')
    await page.keyboard.press('Control+Enter')
    const note = page.getByRole('article').filter({ hasText: 'By keyboard alone.' })
    await note.waitFor()
    await expect.poll(async () => (await stop()).name).toContain('Note at the playhead')
    await note.getByRole('button', { name: 'Delete' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await stop()).name).toBe('Delete')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter')
    await note.waitFor({ state: 'detached' })
    await expect.poll(hasFocus).toBe(true)
  }, 60_000)
})

describe('the focus of the list', () => {
  it('goes into a filter’s menu, back to its chip, and to the first filter when all are cleared', async () => {
    await openList()
    const chip = page.getByRole('button', { name: /^To look at:/ })
    await chip.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await stop()).name).toContain('To look at: any')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitemradio', { name: 'Lost something' }).press('Enter')
    await expect.poll(async () => (await stop()).name).toContain('To look at: Lost something')
    const clear = page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Clear filters' })
    await clear.press('Enter')
    await clear.waitFor({ state: 'detached' })
    expect((await stop()).name).toContain('Days: any')
  }, 60_000)

  it.each(['Views', 'Days: any'])('comes back from “%s”', async (name) => {
    await openList()
    await page.getByRole('button', { name }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(async () => (await stop()).name).toContain(name)
  }, 60_000)
})
