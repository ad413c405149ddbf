/** A person with a browser of his own: signs in as people do. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { TEST_PASSWORD } from '../../support/people'

export const ZONE = 'Asia/Jakarta'

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, timezoneId: ZONE, permissions: ['clipboard-read', 'clipboard-write'], ...options })
  return context.newPage()
}

export async function signIn(page: Page, origin: string, email: string, password = TEST_PASSWORD): Promise<void> {
  await page.goto(`${origin}/sign-in`)
  await fillSignIn(page, email, password)
  await page.waitForURL(`${origin}/calls`)
}

export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
