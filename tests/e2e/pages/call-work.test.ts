/** What people do on a call's page beyond playing it: note, search, skip, zoom, look keys up, and go on after a mishap. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { makeViewer, TEST_PASSWORD } from '../../support/people'
import { findViolations } from './axe'
import { launchBrowser } from './browser'
import { recordCall } from './call-fixture'
import { type TestServer, startServer } from './server'
import { fillSignIn, openPage, signIn } from './visitor'

let server: TestServer
let browser: Browser
let technician: Viewer
let callId: CallId
let page: Page
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  technician = await makeViewer(server.database, 'technician')
  callId = await recordCall(server, browser, technician)
  page = await openPage(browser)
  await signIn(page, server.origin, technician.email)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const openAt = async (atMs: number, on = page): Promise<void> => {
  await on.goto(`${server.origin}/calls/${callId}?t=${atMs}`)
  await on.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor()
}
const position = (): Promise<string> => page.getByTestId('position').innerText()
const keep = async (name: string): Promise<void> => {
  if (process.env['LOOKS_DIR']) await page.screenshot({ path: `${process.env['LOOKS_DIR']}/${name}.png` })
}

describe('notes', () => {
  it('are written with n for a stretch of the call, stand on the lane, and are deleted by whoever wrote them', async () => {
    await openAt(30_000)
    await page.keyboard.press('n')
    await page.getByLabel('Note at 0:30.0').fill('He declined the 24 months.')
    await page.getByRole('slider', { name: 'Playhead' }).press('End')
    await page.getByRole('button', { name: 'Until the playhead' }).click()
    await page.getByRole('button', { name: 'Attach note' }).click()
    const note = page.getByRole('article').filter({ hasText: 'He declined the 24 months.' })
    await note.waitFor()
    await page.getByRole('button', { name: `He declined the 24 months., ${technician.name}` }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await keep('call-note')
    await note.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await note.waitFor({ state: 'detached' })
    const written = await server.database.auditEntry.findMany({ where: { callId, actorId: technician.id, verb: { startsWith: 'note-' } }, orderBy: { id: 'asc' } })
    expect(written.map(({ verb }) => verb)).toEqual(['note-added', 'note-deleted'])
  }, 60_000)
})

describe('searching', () => {
  it('marks each place in words and deeds, says which of how many, and goes there', async () => {
    await openAt(0)
    await page.keyboard.press('/')
    await page.keyboard.type('roaming')
    const status = page.getByRole('search').getByRole('status')
    await expect.poll(() => status.innerText()).toMatch(/^\d+ places$/)
    await page.keyboard.press('Enter')
    await expect.poll(() => status.innerText()).toMatch(/^1 of \d+$/)
    expect(await position()).not.toBe('0:00.0')
    await page.locator('[data-hit]').first().waitFor()
    expect(await findViolations(page)).toEqual([])
    await keep('call-search')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('[data-hit]').count()).toBe(0)
  }, 60_000)
})

describe('the keys and the palette', () => {
  it('list themselves on ?, and give the focus back', async () => {
    await openAt(0)
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'All keys' })
    await dialog.getByText('Note at the playhead').waitFor()
    expect(await findViolations(page)).toEqual([])
    await keep('call-keys')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }, 60_000)

  it('goes by name to a place in the call', async () => {
    await openAt(0)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Everything by name' }).getByRole('combobox').fill('comment')
    await page.getByRole('option', { name: /Comment/ }).first().waitFor()
    await keep('call-palette')
    await page.keyboard.press('Enter')
    await expect.poll(position).toBe('0:47.2')
  }, 60_000)
})

describe('the screen', () => {
  it('shows stills in its lane, and grows to its own size to be moved about', async () => {
    await openAt(20_000)
    const size = page.getByRole('button', { name: /^Size of the screen/ })
    await size.click()
    await expect.poll(() => page.locator('video').evaluate((video) => video.clientWidth)).toBe(1_280)
    await size.click()
    await expect.poll(() => page.locator('video').evaluate((video) => video.clientWidth)).toBe(2_560)
    await keep('call-zoom')
    await size.click()
    await expect.poll(() => page.evaluate((id) => performance.getEntriesByName(`${location.origin}/media/${id}/stills.jpg`).length, callId)).toBeGreaterThan(0)
  }, 60_000)

  it('is there as a still before the video has loaded', async () => {
    await page.route('**/playback.mp4', (route) => new Promise<void>((resolve) => setTimeout(() => resolve(route.abort().catch(() => undefined)), 5_000)))
    await page.goto(`${server.origin}/calls/${callId}?t=20000`)
    await page.getByTestId('still').waitFor()
    await keep('call-still')
    await page.unroute('**/playback.mp4')
  }, 60_000)
})

describe('playing', () => {
  it('passes over silence when it is asked to', async () => {
    await server.database.utterance.deleteMany({ where: { callId, startMs: { gt: 3_000 } } })
    await openAt(70_000)
    await page.getByRole('button', { name: 'Skip silence' }).click()
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await expect.poll(position, { timeout: 6_000 }).toMatch(/^1:(29|3)/)
  }, 60_000)

  it('says that one is signed out, keeps the place, and goes on after signing in', async () => {
    await openAt(40_000)
    await page.context().clearCookies()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    const notice = page.getByRole('alert').filter({ hasText: 'You are signed out. The place is kept' })
    await notice.waitFor()
    await keep('call-signed-out')
    const [door] = await Promise.all([page.context().waitForEvent('page'), notice.getByRole('link', { name: 'Sign in' }).click()])
    await fillSignIn(door, technician.email, TEST_PASSWORD)
    await door.waitForURL(/\/calls\//)
    await notice.waitFor({ state: 'detached', timeout: 15_000 })
    expect(await position()).toBe('0:40.0')
    await door.close()
  }, 60_000)

  it('waits for a lost network and goes on from where it stood', async () => {
    await openAt(40_000)
    await page.context().setOffline(true)
    const notice = page.getByRole('alert').filter({ hasText: 'The server is out of reach.' })
    await notice.waitFor()
    await page.context().setOffline(false)
    await notice.waitFor({ state: 'detached', timeout: 15_000 })
    expect(await position()).toBe('0:40.0')
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await expect.poll(position).toMatch(/^0:4[1-9]/)
  }, 60_000)

  it('says that the call was deleted, and stops', async () => {
    await openAt(10_000)
    await server.database.call.delete({ where: { id: callId } })
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await page.getByRole('alert').filter({ hasText: 'This call was deleted' }).waitFor()
    await keep('call-gone')
  }, 60_000)
})
