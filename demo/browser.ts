/** Chromium on the virtual desktop, with the extension in it: what the technician has in front of him. */
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { buildExtension } from '@/agent/extension/build.mjs'
import type { DemoPerson } from './installation'
import type { VirtualDesktop } from './virtual-desktop'

const CHROMIUM = '/usr/bin/chromium'
const APPROVE_LIMIT_MS = 30_000

export type BrowserOptions = {
  /** Holds profile and extension; made anew. */
  folder: string
  desktop: VirtualDesktop
  screen: { widthPx: number; heightPx: number }
  crmOrigin: string
  agent: { port: number; pairingSecret: string }
}

export async function startBrowser({ folder, desktop, screen, crmOrigin, agent }: BrowserOptions): Promise<BrowserContext> {
  const extension = resolve(folder, 'extension')
  await buildExtension(extension, { origins: [crmOrigin], agent })
  return await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: CHROMIUM,
    headless: false,
    viewport: null,
    env: definedOnly(desktop.env),
    ignoreDefaultArgs: ['--disable-extensions'],
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      '--no-sandbox',
      // Spares the viewer a bar that says so.
      '--test-type',
      '--no-first-run',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--window-position=0,0',
      `--window-size=${screen.widthPx},${screen.heightPx}`,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  })
}

/** Signs in and approves the device, as a person does who has followed the address that the agent shows. */
export async function approveDevice(approveUrl: string, person: DemoPerson): Promise<void> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'], handleSIGINT: false, handleSIGTERM: false })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(APPROVE_LIMIT_MS)
    await page.goto(approveUrl)
    await page.getByLabel('E-mail address').fill(person.email)
    await page.getByLabel('Password').fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Approve, it is mine' }).click()
    await page.getByText('may now send calls in your name').waitFor()
  } finally {
    await browser.close()
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined))
}
