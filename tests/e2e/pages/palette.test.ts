/** The palette on every signed-in page, and giving a call to a reviewer from its page. Whole server, Chromium. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { makeViewer } from '../../support/people'
import { findViolations } from './axe'
import { launchBrowser } from './browser'
import { prepareCall, waitForTasks } from './call-fixture'
import { type TestServer, startServer } from './server'
import { openPage, signIn } from './visitor'

let server: TestServer
let browser: Browser
let page: Page
let callId: CallId
let rani: Viewer
let reviewer: Viewer
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  const { database } = server
  rani = await makeViewer(database, 'technician')
  const supervisor = await makeViewer(database, 'supervisor')
  reviewer = await makeViewer(database, 'reviewer')
  await database.team.create({ data: { name: 'East', members: { create: [rani, supervisor].map(({ id }) => ({ userId: id })) } } })
  const ticket = { source: 'Zendesk', verb: 'opened' as const, object: { type: 'ticket', id: '48213', name: 'Bill is wrong' }, changes: [] }
  const customer = { verb: 'opened' as const, object: { type: 'customer', id: '7', name: 'Budi Santoso' }, changes: [] }
  const { call, send } = await prepareCall(server, rani, { lengthMs: 4_000, sentences: [], screen: [], actions: [{ atMs: 1_000, ...customer }, { atMs: 2_000, ...ticket }] })
  await send()
  await waitForTasks(server, call.callId)
  callId = call.callId
  page = await openPage(browser)
  await signIn(page, server.origin, supervisor.email)
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const palette = () => page.getByRole('dialog', { name: 'Everything by name' })
const options = () => palette().getByRole('option').allInnerTexts()
const keep = async (name: string): Promise<void> => {
  if (process.env['LOOKS_DIR']) await page.screenshot({ path: `${process.env['LOOKS_DIR']}/${name}.png` })
}

describe('the palette', () => {
  it.each([['Budi', 'customer'], ['48213', 'ticket'], ['technician', 'technician']])('finds a call by %s, its %s, and goes there', async (typed) => {
    await page.goto(`${server.origin}/devices`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await palette().getByRole('combobox').fill(typed)
    await palette().getByRole('option', { name: /Budi Santoso #48213/ }).waitFor()
    if (typed === 'Budi') {
      expect(await findViolations(page)).toEqual([])
      await keep('palette-calls')
    }
    await palette().getByRole('option', { name: /Budi Santoso/ }).click()
    await page.waitForURL(`${server.origin}/calls/${callId}`)
  }, 60_000)

  it('goes to pages, by its button too, and only to those that are open to its person', async () => {
    await page.goto(`${server.origin}/calls`)
    await page.getByRole('button', { name: 'Find anything (Ctrl K)' }).click()
    await palette().waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Find anything (Ctrl K)')
    await page.keyboard.press('Enter')
    await palette().waitFor()
    expect((await options()).map((text) => text.trim())).toEqual(['Live', 'Calls', 'Training', 'Devices', 'People', 'Settings', 'First steps', 'Light theme', 'Dark theme', 'Theme as the system has it', 'Sign out'])
    await page.keyboard.type('devi')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${server.origin}/devices`)
  }, 60_000)

  it('has what the call page can do first, and nothing of it elsewhere', async () => {
    await page.goto(`${server.origin}/calls/${callId}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await palette().getByRole('option', { name: 'Play or pause' }).waitFor()
    expect((await options())[0]).toContain('Play or pause')
    await keep('palette-call')
    await palette().getByRole('combobox').fill('all calls of')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Devices' }).click()
    await page.waitForURL(`${server.origin}/devices`)
    await page.keyboard.press('Control+k')
    await palette().waitFor()
    expect(await options()).not.toContain('Play or pause')
    await page.keyboard.press('Escape')
  }, 60_000)

  it('changes the theme', async () => {
    await page.goto(`${server.origin}/calls`)
    await page.keyboard.press('Control+k')
    await palette().getByRole('combobox').fill('dark')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.keyboard.press('Control+k')
    await palette().waitFor()
    // Half of one theme and half of the other is nobody's choice.
    await page.waitForFunction(() => document.getAnimations().length === 0)
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
  }, 60_000)
})

describe('a supervisor', () => {
  it('gives a call of his team to a reviewer and takes it back, and both are written down', async () => {
    await page.goto(`${server.origin}/calls/${callId}`)
    await page.getByRole('button', { name: 'Give to a reviewer' }).click()
    const dialog = page.getByRole('dialog', { name: 'Who reviews this call' })
    await dialog.getByRole('button', { name: `Give to ${reviewer.name}` }).click()
    await dialog.getByRole('button', { name: `Take back from ${reviewer.name}` }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await keep('give')
    const theirs = await openPage(browser)
    await signIn(theirs, server.origin, reviewer.email)
    await theirs.getByRole('link', { name: 'Budi Santoso' }).waitFor()
    await theirs.goto(`${server.origin}/calls/${callId}`)
    await theirs.getByRole('heading', { name: 'Budi Santoso' }).waitFor()
    expect(await theirs.getByRole('button', { name: 'Give to a reviewer' }).count()).toBe(0)

    await dialog.getByRole('button', { name: `Take back from ${reviewer.name}` }).click()
    await dialog.getByRole('button', { name: `Give to ${reviewer.name}` }).waitFor()
    await theirs.reload()
    await theirs.getByRole('heading', { name: 'Nothing here for you' }).waitFor()
    const verbs = await server.database.auditEntry.findMany({ where: { callId, userId: reviewer.id }, orderBy: { id: 'asc' }, select: { verb: true } })
    expect(verbs).toEqual([{ verb: 'call-given' }, { verb: 'call-taken-back' }])
  }, 60_000)
})

describe('signing out by the palette', () => {
  it('leads to the door', async () => {
    await page.goto(`${server.origin}/devices`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await palette().getByRole('combobox').fill('sign out')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${server.origin}/sign-in`)
  }, 60_000)
})
