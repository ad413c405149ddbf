/** From a desk through the whole server to a supervisor's Chromium: the wallboard, listening, coaching, the end. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LiveDesk } from '../../support/live-desk'
import { startTestServer, type TestServer } from '../../support/server'
import { waitUntil } from '../../support/wait-until'
import { launchBrowser } from '../pages/browser'
import { openPage, signIn } from '../pages/visitor'
import { growEar, loudness, screenColour } from './ear'
import { relay, RELAYED_TRACKS } from './relay'

let server: TestServer
let browser: Browser
let page: Page
let desk: LiveDesk
let stopRelaying: (() => void) | undefined
beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
  const technician = await server.createUser('technician')
  const supervisor = await server.createUser('supervisor')
  await server.database.team.create({ data: { name: 'Roaming', members: { create: [technician, supervisor].map(({ id }) => ({ userId: id })) } } })
  desk = await LiveDesk.connect(server, technician, { tracks: RELAYED_TRACKS })
  desk.call.seconds(2).action()
  await desk.replicate()
  await waitUntil(async () => (await server.database.call.count({ where: { id: desk.call.callId } })) === 1)
  page = await openPage(browser)
  page.setDefaultTimeout(10_000)
  await growEar(page)
  await signIn(page, server.origin, supervisor.email)
}, 120_000)
afterAll(async () => {
  stopRelaying?.()
  desk?.leave()
  await browser?.close()
  await server?.dispose()
})

it('shows the call on the wallboard, lets the supervisor hear and see it, and carries his words to the desk', async () => {
  desk.tell()
  stopRelaying = relay(desk)
  await page.goto(`${server.origin}/live`)
  const tile = page.getByRole('article')
  await tile.getByText('Budi Santoso').waitFor()
  await tile.getByRole('link', { name: /Listen/ }).click()
  const start = page.getByRole('button', { name: 'Start listening' })
  await start.or(page.getByRole('button', { name: 'Back 30 seconds' })).waitFor()
  if (await start.isVisible()) await start.click()
  for (const hz of [440, 880]) await expect.poll(() => loudness(page, hz), { timeout: 10_000, message: `${hz} Hz` }).toBeGreaterThan(-45)
  await expect.poll(async () => (await screenColour(page))[2]).toBeGreaterThan(200)
  const latency = page.getByText(/Sound \d+ ms · Screen \d+ ms/)
  await latency.waitFor()
  console.log(`through the whole server: ${await latency.textContent()}`)

  await page.getByLabel('What is worth coming back to').fill('He asks for a lawyer')
  await page.getByRole('button', { name: 'Mark this moment' }).click()
  const notes = () => server.database.note.findMany({ where: { moment: { callId: desk.call.callId } }, select: { text: true, author: { select: { role: true } }, moment: { select: { startMs: true } } } })
  await waitUntil(async () => (await notes()).length === 1)
  const [marked] = await notes()
  expect(marked).toMatchObject({ text: 'He asks for a lawyer', author: { role: 'supervisor' } })
  expect(Math.abs(marked!.moment.startMs - (Date.now() - desk.originMs!))).toBeLessThan(5_000)
  await expect.poll(() => desk.heard.presence.map(({ as, state }) => `${as} ${state}`)).toContain('supervisor joined')

  await page.getByLabel('Message on the technician’s window').fill('Offer the 10 GB plan')
  await page.keyboard.press('Enter')
  await expect.poll(() => desk.heard['coach-text'].map(({ text }) => text)).toEqual(['Offer the 10 GB plan'])
  await page.getByText('on the technician’s window', { exact: true }).waitFor()
  desk.read(desk.heard['coach-text'][0]!.id)
  await page.getByText('read', { exact: true }).waitFor()

  await page.getByLabel('I stand as witness of this call').click()
  await expect.poll(() => desk.heard.presence.map(({ as, state }) => `${as} ${state}`)).toContain('witness joined')

  const deeds = page.getByRole('region', { name: 'Words and actions' }).getByRole('listitem')
  await expect.poll(() => deeds.count()).toBe(1)
  desk.call.action()
  await desk.replicate()
  await expect.poll(() => deeds.count()).toBe(2)
}, 60_000)

it('is quiet and says so when the role is taken away, within five seconds', async () => {
  await server.database.user.updateMany({ where: { role: 'supervisor' }, data: { role: 'technician' } })
  await page.getByRole('heading', { name: 'Listening has ended' }).waitFor({ timeout: 7_000 })
  await expect.poll(() => loudness(page, 440)).toBeLessThan(-70)
})
