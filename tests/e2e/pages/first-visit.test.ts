/** The first visit: the guide ticks itself off as things happen, and a sample call comes and goes. Whole server, Chromium. */
import type { Browser, Page } from 'playwright-core'
import { io } from 'socket.io-client'
import msgpackParser from 'socket.io-msgpack-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AGENT_NAMESPACE, AGENT_PROTOCOL_VERSION, type DeskReport } from '@/protocol/agent-messages'
import type { ReadyResult } from '@/protocol/ready'
import { SampleCall } from '../../server/ingest/sample-call'
import { makeViewer } from '../../support/people'
import { askToBeLetIn, sendCall } from './agent'
import { findViolations } from './axe'
import { launchBrowser } from './browser'
import { type TestServer, startServer } from './server'
import { openPage, signIn } from './visitor'

/** By themselves: the page asks every three seconds. */
const BY_ITSELF = { timeout: 15_000 }

let server: TestServer
let browser: Browser
let page: Page
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  page = await openPage(browser)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const stepOf = (title: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
const doneSteps = () => page.locator('[data-step=done] h2').allInnerTexts()
const keep = async (name: string): Promise<void> => {
  if (!process.env['LOOKS_DIR']) return
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    for (const width of [1_440, 1_024, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: `${process.env['LOOKS_DIR']}/${name}-${theme}-${width}.png` })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1_440, height: 900 })
}

async function tellDesk(token: string, report: DeskReport): Promise<void> {
  const socket = io(server.origin + AGENT_NAMESPACE, { transports: ['websocket'], parser: msgpackParser, auth: { token, protocolVersion: AGENT_PROTOCOL_VERSION }, forceNew: true })
  try {
    await socket.emitWithAck('hello', { agentVersion: '0.1.0', callIds: [] })
    expect(await socket.emitWithAck('desk', report)).toEqual({ ok: true })
  } finally {
    socket.close()
  }
}

const READY: ReadyResult = {
  v: 1,
  testedAt: new Date().toISOString(),
  isReady: true,
  verdicts: [
    { name: 'microphone', state: 'ok', found: 'it heard you at -24 dB, 31 dB above its noise', remedy: null },
    { name: 'disk', state: 'ok', found: '48211 MB free', remedy: null },
  ],
}
const NOT_READY: ReadyResult = {
  ...READY,
  isReady: false,
  verdicts: [{ name: 'microphone', state: 'bad', found: 'it delivers digital silence', remedy: 'It is muted, or the wrong one: look at the switch on the headset and at the sound settings, and try again.' }, ...READY.verdicts.slice(1)],
}

describe('the guide', () => {
  it('is where the first administrator lands, with everything to copy', async () => {
    await page.goto(server.setupUrl)
    await page.getByLabel('Your name').fill('Sri Wibowo')
    await page.getByLabel('E-mail address').fill('sri@example.com')
    await page.getByLabel('Password').fill('a sentence is a good password')
    await page.getByRole('button', { name: 'Make the account' }).click()
    await page.getByRole('heading', { name: 'First steps', level: 1 }).waitFor()
    expect(await doneSteps()).toEqual([])
    for (const command of [`npm run agent -- pair ${server.origin}`, 'npm run agent', 'dist/extension', 'npm run agent -- ready']) {
      await page.getByRole('button', { name: `Copy ${command}`, exact: true }).waitFor()
    }
    expect(await findViolations(page)).toEqual([])
    await keep('welcome-new')
  }, 60_000)

  it('ticks each step off by itself, from a device to a call that was recorded, and shows what failed', async () => {
    const agent = await askToBeLetIn(server.origin, 'Desk 4')
    const approval = await page.context().newPage()
    await approval.goto(agent.code.approveUrl)
    await approval.getByRole('button', { name: 'Approve, it is mine' }).click()
    await approval.getByText('Desk 4 may now send calls').waitFor()
    await approval.close()
    const { device, token } = await agent.collect()
    await page.getByText('Desk 4 may send calls.').waitFor(BY_ITSELF)

    await tellDesk(token, { ready: NOT_READY })
    await stepOf('Check that everything is ready').getByText('it delivers digital silence').waitFor(BY_ITSELF)
    expect(await doneSteps()).toEqual(['Connect the computer', 'Start the agent'])
    expect(await findViolations(page)).toEqual([])
    await keep('welcome-half')

    await tellDesk(token, { ready: READY, extensionHeardAt: new Date().toISOString() })
    const call = new SampleCall(device, undefined, { startedAt: new Date().toISOString() }).seconds(3).hangUp().close().seal()
    await sendCall(server.origin, token, call)
    await page.getByRole('link', { name: 'Look at the call' }).waitFor(BY_ITSELF)
    expect(await doneSteps()).toEqual(['Connect the computer', 'Start the agent', 'Load the browser extension', 'Check that everything is ready', 'Record ten seconds'])
    expect(await findViolations(page)).toEqual([])
    await keep('welcome-done')
    await page.getByRole('link', { name: 'Look at the call' }).click()
    await page.waitForURL(`${server.origin}/calls/${call.callId}`)
  }, 90_000)

  it('is found again from the menu of the account', async () => {
    await page.goto(`${server.origin}/settings`)
    await page.getByRole('button', { name: 'Account of Sri Wibowo' }).click()
    await page.getByRole('menuitem', { name: 'First steps' }).click()
    await page.waitForURL(`${server.origin}/welcome`)
  })

  it('leaves out for a technician what is not his, and for a reviewer all of it', async () => {
    const steps = async (role: 'technician' | 'reviewer'): Promise<string[]> => {
      const visitor = await openPage(browser)
      await signIn(visitor, server.origin, (await makeViewer(server.database, role)).email)
      await visitor.getByRole('heading', { name: 'No calls yet' }).waitFor()
      await visitor.getByRole('link', { name: 'First steps' }).click()
      await visitor.waitForURL(`${server.origin}/welcome`)
      await visitor.getByRole('heading', { name: 'First steps', level: 1 }).waitFor()
      const found = await visitor.locator('[data-step] h2').allInnerTexts()
      await visitor.context().close()
      return found
    }
    expect(await steps('technician')).toEqual(['Connect the computer', 'Start the agent', 'Load the browser extension', 'Check that everything is ready', 'Record ten seconds'])
    expect(await steps('reviewer')).toEqual([])
  }, 60_000)
})

describe('the devices', () => {
  it('show what the last check found, and what to do about it', async () => {
    await page.goto(`${server.origin}/devices`)
    const row = page.getByRole('row', { name: /Desk 4/ })
    await row.getByRole('button', { name: /^Ready/ }).click()
    await page.getByText('it heard you at -24 dB').waitFor()
    await server.database.device.updateMany({ data: { ready: NOT_READY } })
    await page.reload()
    await row.getByText('1 check failed').waitFor()
    await page.getByText('look at the switch on the headset').waitFor()
    expect(await findViolations(page)).toEqual([])
    await keep('devices-not-ready')
  }, 60_000)
})

describe('the sample call', () => {
  it('is loaded with a press, says what it is, and is called so in the list', async () => {
    await page.goto(`${server.origin}/welcome`)
    await page.getByRole('button', { name: 'Load the sample call' }).click()
    await page.getByRole('heading', { name: 'Rina Hartono', level: 1 }).waitFor({ timeout: 30_000 })
    await page.getByText('This is a sample').waitFor()
    await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor({ timeout: 60_000 })
    expect(await findViolations(page)).toEqual([])
    await keep('sample-call')
    await page.goto(`${server.origin}/calls`)
    await page.getByRole('row', { name: /Rina Hartono Sample/ }).waitFor()
    await keep('sample-list')
  }, 120_000)

  it('is removed after being asked once, says how much that was, and can be loaded again', async () => {
    await page.getByRole('link', { name: 'Rina Hartono' }).click()
    await page.getByRole('button', { name: 'Remove the sample' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the sample' }).click()
    await page.getByText(/The sample is gone: \d+ files, \d\.\d MB/).waitFor({ timeout: 30_000 })
    await page.waitForURL(`${server.origin}/calls`)
    expect(await page.getByRole('row', { name: /Rina Hartono/ }).count()).toBe(0)
    await page.goto(`${server.origin}/welcome`)
    await page.getByRole('button', { name: 'Load the sample call' }).waitFor()
  }, 60_000)
})
