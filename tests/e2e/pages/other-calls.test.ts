/** Calls that are not like the sample: still running, sound alone, one microphone for both, words that leaked. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '@/server/access/sessions'
import { makeViewer } from '../../support/people'
import type { Script } from '../../support/sample-call'
import { launchBrowser } from './browser'
import { prepareCall, waitForTasks, writeWords } from './call-fixture'
import { type TestServer, startServer } from './server'
import { openPage, signIn } from './visitor'

let server: TestServer
let browser: Browser
let technician: Viewer
let page: Page
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  technician = await makeViewer(server.database, 'technician')
  page = await openPage(browser)
  await signIn(page, server.origin, technician.email)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const SHORT: Script = {
  lengthMs: 14_000,
  sentences: [
    { track: 'technician', atMs: 1_000, text: 'Northstar support, this is Linda.' },
    { track: 'customer', atMs: 6_000, text: 'I would like to switch roaming on.' },
  ],
  screen: [],
  actions: [
    { atMs: 3_000, verb: 'opened', object: { type: 'customer', id: '7', name: 'Rina Hartono' }, changes: [] },
    { atMs: 10_000, verb: 'changed', object: { type: 'line', name: '+62 812 5550 184' }, changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }] },
  ],
}

describe('a call that still runs', () => {
  it('says so, fills by itself, and can be played when it is closed', async () => {
    const { call, send } = await prepareCall(server, technician, SHORT)
    const half = Math.floor(call.entries.length / 2)
    await send(0, half)
    await expect.poll(() => server.database.call.count({ where: { id: call.callId } })).toBe(1)
    await page.goto(`${server.origin}/calls/${call.callId}`)
    await page.getByText('Recording now').waitFor()
    expect(await page.getByRole('button', { name: 'Play', exact: true }).isDisabled()).toBe(true)
    expect(await page.getByText('Roaming', { exact: true }).count()).toBe(0)

    await send(half)
    await page.getByRole('region', { name: 'Transcript' }).getByText('Roaming', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor({ timeout: 60_000 })
    expect(await page.getByText('Recording now').count()).toBe(0)
  }, 120_000)
})

describe('a call of sound alone and without a CRM', () => {
  it('plays, and says what there is not', async () => {
    const { call, spoken, send } = await prepareCall(server, technician, { ...SHORT, actions: [] })
    await send()
    await waitForTasks(server, call.callId)
    await writeWords(server, call.callId, spoken)
    await page.goto(`${server.origin}/calls/${call.callId}`)
    await page.getByText('No screen was recorded in this call.').waitFor()
    await page.getByRole('tab', { name: /Actions/ }).click()
    await page.getByText('No actions were recorded').waitFor()
    await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).click()
    await expect.poll(() => page.locator('video').evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.5)
  }, 120_000)

  it('marks what leaked from the other track and gives it to nobody', async () => {
    const { call, spoken, send } = await prepareCall(server, technician, { ...SHORT, actions: [] })
    await send()
    await waitForTasks(server, call.callId)
    await writeWords(server, call.callId, spoken)
    await server.database.utterance.updateMany({ where: { callId: call.callId, track: 'customer' }, data: { leakedFrom: 'technician' } })
    await page.goto(`${server.origin}/calls/${call.callId}`)
    const leaked = page.getByRole('listitem').filter({ hasText: 'I would like to switch roaming on.' })
    expect(await leaked.textContent()).toContain('The technician’s voice, heard through the customer’s track.')
    expect(await leaked.textContent()).toContain('Nobody')
  }, 120_000)
})

describe('a call through one microphone', () => {
  it('plays and says that the speakers are unknown', async () => {
    const { call, send } = await prepareCall(server, technician, { ...SHORT, isMixed: true })
    await send()
    await waitForTasks(server, call.callId)
    await server.database.utterance.deleteMany({ where: { callId: call.callId } })
    await server.database.utterance.create({ data: { callId: call.callId, track: 'mixed', startMs: 1_000, endMs: 2_000, text: 'Northstar support.', words: [] } })
    await page.goto(`${server.origin}/calls/${call.callId}`)
    const speech = page.getByRole('listitem').filter({ hasText: 'Northstar support.' })
    expect(await speech.textContent()).toContain('speaker unknown')
    expect(await page.getByRole('button', { name: /^Mute/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor()
  }, 120_000)
})
