/** The ways in: first administrator, sign-in, devices. Against the whole server, in Chromium. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeViewer } from '../../support/people'
import { askToBeLetIn } from './agent'
import { findViolations } from './axe'
import { launchBrowser } from './browser'
import { type TestServer, startServer } from './server'
import { fillSignIn, openPage, signIn } from './visitor'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const ADMIN = { name: 'Sri Wibowo', email: 'sri@example.com', password: 'a sentence is a good password' }

describe('the first administrator', () => {
  it.each(['light', 'dark'] as const)('finds a page that is accessible and fits, in the %s theme too', async (colorScheme) => {
    const page = await openPage(browser, { colorScheme })
    for (const width of [1_440, 1_024, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(server.setupUrl)
      await page.getByLabel('Your name').waitFor()
      if (process.env['LOOKS_DIR']) await page.screenshot({ path: `${process.env['LOOKS_DIR']}/setup-${colorScheme}-${width}.png` })
      expect(await findViolations(page), `axe at ${width} px`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `pixels that stick out at ${width} px`).toBe(0)
    }
    await page.context().close()
  }, 60_000)

  it('is made once, by the link that the server printed, and is in', async () => {
    const page = await openPage(browser)
    await page.goto(server.setupUrl)
    await page.getByLabel('Your name').fill(ADMIN.name)
    await page.getByLabel('E-mail address').fill(ADMIN.email)
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Make the account' }).click()
    await page.getByText('it needs 10').waitFor()
    await page.getByLabel('Password').fill(ADMIN.password)
    await page.getByRole('button', { name: 'Make the account' }).click()
    await page.getByRole('heading', { name: 'No calls yet' }).waitFor()

    await page.goto(server.setupUrl)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('This link does not work any more')
  })

  it('is told on his empty list what to do next', async () => {
    const page = await openPage(browser)
    await signIn(page, server.origin, ADMIN.email, ADMIN.password)
    expect(await page.getByText(`npm run agent -- pair ${server.origin}`).count()).toBe(1)
  })
})

describe('signing in', () => {
  it('leads to where one wanted to go, and nowhere without it', async () => {
    const page = await openPage(browser)
    await page.goto(`${server.origin}/devices/approve?code=WXRT-PLKM`)
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await fillSignIn(page, ADMIN.email, ADMIN.password)
    await page.waitForURL(`${server.origin}/devices/approve?code=WXRT-PLKM`)
  })

  it('never leads to another site', async () => {
    const page = await openPage(browser)
    await page.goto(`${server.origin}/sign-in?next=${encodeURIComponent('//example.com/calls')}`)
    await fillSignIn(page, ADMIN.email, ADMIN.password)
    await page.waitForURL(`${server.origin}/calls`)
  })

  it('says what is wrong, and after many attempts how long to wait', async () => {
    const page = await openPage(browser)
    await page.goto(`${server.origin}/sign-in`)
    await fillSignIn(page, 'nobody@example.com', 'a wrong password')
    await page.getByText('do not belong together').waitFor()
    const throttled = page.getByText(/Too many attempts. Try again in \d+ (second|minute)/)
    for (let attempt = 0; attempt < 12 && !(await throttled.isVisible()); attempt++) {
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('button', { name: 'Sign in', disabled: false }).waitFor()
    }
    await throttled.waitFor({ timeout: 2_000 })
  }, 60_000)

  it('runs every script of our own and none that somebody put into the page', async () => {
    const page = await openPage(browser)
    const refused: string[] = []
    page.on('console', (message) => void (message.text().includes('Content Security Policy') && refused.push(message.text())))
    await signIn(page, server.origin, ADMIN.email, ADMIN.password)
    await page.goto(`${server.origin}/calls`)
    expect(await page.locator('html').getAttribute('data-theme')).toMatch(/^(light|dark)$/)
    expect(refused).toEqual([])
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="document.title = \'taken over\'">'))
    await expect.poll(() => refused.length).toBe(1)
    expect(await page.title()).not.toBe('taken over')
  })

  it('ends with signing out', async () => {
    const page = await openPage(browser)
    await signIn(page, server.origin, ADMIN.email, ADMIN.password)
    await page.getByRole('button', { name: `Account of ${ADMIN.name}` }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForURL(/sign-in/)
    await page.goto(`${server.origin}/calls`)
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })
})

describe('a device', () => {
  it('is let in by its code, shown in the list, and put out again', async () => {
    const technician = await makeViewer(server.database, 'technician')
    const page = await openPage(browser)
    await signIn(page, server.origin, technician.email)
    const agent = await askToBeLetIn(server.origin, 'linda-desk')
    await page.goto(agent.code.approveUrl)
    await page.getByText('linda-desk').waitFor()
    await page.getByRole('button', { name: 'Approve, it is mine' }).click()
    await page.getByText('linda-desk may now send calls in your name.').waitFor()
    const { device } = await agent.collect()
    expect(device.technician.id).toBe(technician.id)

    await page.getByRole('link', { name: 'To the devices' }).click()
    const row = page.getByRole('row', { name: /linda-desk/ })
    await row.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
    await row.getByText('Revoked').waitFor()
    expect((await server.database.device.findUniqueOrThrow({ where: { id: device.id } })).revokedAt).not.toBeNull()
  })

  it('that somebody else started can be refused, and its code is worth nothing then', async () => {
    const technician = await makeViewer(server.database, 'technician')
    const page = await openPage(browser)
    await signIn(page, server.origin, technician.email)
    const agent = await askToBeLetIn(server.origin, 'a stranger')
    await page.goto(`${server.origin}/devices/approve`)
    await page.getByLabel('Code').fill(agent.code.userCode.toLowerCase().replace('-', ' '))
    await page.getByRole('button', { name: 'Find the device' }).click()
    await page.getByRole('button', { name: 'It is not mine' }).click()
    await page.getByText('a stranger was refused.').waitFor()
    await expect(agent.collect()).rejects.toThrow('denied')
  })
})
