/** A guest's whole way in Chromium: invited, confirmed in a browser of his own, hears and sees, is seen, and is out when it is ended. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '@/server/access/sessions'
import { inviteToCall } from '@/server/live/invitations'
import { beginCall } from '../../support/begin-call'
import type { LiveDesk } from '../../support/live-desk'
import { startTestServer, type TestServer } from '../../support/server'
import { findViolations } from '../pages/axe'
import { launchBrowser } from '../pages/browser'
import { openPage, signIn } from '../pages/visitor'
import { growEar, loudness, screenColour } from './ear'
import { relay, RELAYED_TRACKS } from './relay'

const WIDTHS = [1_440, 1_024, 390] as const
const AUDIBLE_DB = -45
const SILENT_DB = -70

let server: TestServer
let browser: Browser
let supervisor: Viewer
let host: Page
let desk: LiveDesk
let stopRelaying: (() => void) | undefined
beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
  const technician = await server.createUser('technician')
  supervisor = await server.createUser('supervisor')
  await server.database.user.update({ where: { id: technician.id }, data: { name: 'Linda Marsh' } })
  await server.database.user.update({ where: { id: supervisor.id }, data: { name: 'Sari Wibowo' } })
  await server.database.team.create({ data: { name: 'Roaming', members: { create: [technician, supervisor].map(({ id }) => ({ userId: id })) } } })
  desk = await beginCall(server, { ...technician, name: 'Linda Marsh' }, { tracks: RELAYED_TRACKS, startedAt: new Date(Date.now() - 10_000).toISOString() })
  stopRelaying = relay(desk)
  host = await openPage(browser)
  host.setDefaultTimeout(10_000)
  await signIn(host, server.origin, supervisor.email)
}, 120_000)
afterAll(async () => {
  stopRelaying?.()
  desk?.leave()
  await browser?.close()
  await server?.dispose()
})

const linkOf = async (): Promise<string> => `${server.origin}/join/${await inviteToCall(server.database, { viewer: supervisor, callId: desk.call.callId, address: null }, { name: 'Notary Prihatini', as: 'witness', lasts: 'hour' })}`
const shoot = async (page: Page, name: string): Promise<void> => {
  if (process.env['LOOKS_DIR']) await page.screenshot({ path: `${process.env['LOOKS_DIR']}/${name}.png` })
}

/** Chromium wants a press first, unless it remembers one on this site. */
async function startListening(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: 'Start listening' })
  await start.or(page.getByRole('button', { name: 'Back 30 seconds' })).waitFor()
  if (await start.isVisible()) await start.click()
}

/** What the desk was told of whoever comes and goes, in its log as an agent would have it. */
async function writePresence(): Promise<void> {
  for (const { callId: _, isShown: __, ...data } of desk.heard.presence.splice(0)) desk.call.add({ kind: 'presence', atMs: desk.call.atMs, data })
  await desk.replicate()
}

it('is invited, confirms under his name, hears and sees the call, is seen, and is out when it is ended', async () => {
  await host.goto(`${server.origin}/live/${desk.call.callId}`)
  await host.getByRole('button', { name: 'Invite' }).click()
  const dialog = host.getByRole('dialog', { name: 'Guests of this call' })
  await dialog.getByLabel('Name of the guest').fill('Rudi Hartanto')
  await dialog.getByLabel('As', { exact: true }).selectOption('Trainee')
  await dialog.getByLabel('For', { exact: true }).selectOption('1 hour')
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  await dialog.getByRole('button', { name: 'Copy the link' }).click()
  const link = await host.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(new RegExp(`^${server.origin}/join/[\\w-]{43}$`))
  await dialog.getByText('Not opened yet, until').waitFor()

  const guest = await openPage(browser)
  guest.setDefaultTimeout(10_000)
  await growEar(guest)
  const asked: string[] = []
  guest.on('request', (request) => asked.push(request.headers()['referer'] ?? ''))
  await guest.goto(link)
  await guest.getByRole('heading', { name: 'You are invited to listen' }).waitFor()
  await guest.getByText('Sari Wibowo invites you to one call').waitFor()
  await guest.getByText('Your presence is recorded').waitFor()
  await guest.getByRole('button', { name: 'I am Rudi Hartanto: listen' }).click()
  await guest.waitForURL(/\/join\/call\/[0-9a-f-]{36}$/)
  await startListening(guest)
  for (const hz of [440, 880]) await expect.poll(() => loudness(guest, hz), { timeout: 10_000, message: `${hz} Hz` }).toBeGreaterThan(AUDIBLE_DB)
  await expect.poll(async () => (await screenColour(guest))[2]).toBeGreaterThan(200)
  await guest.getByRole('region', { name: 'Words and actions' }).getByText('Roaming').waitFor()
  expect(asked.filter((referrer) => referrer.includes('/join/'))).toEqual([])
  await guest.getByText('Rudi Hartanto, trainee').waitFor()
  for (const name of ['Mark this moment', 'Send', 'Invite', 'To the calls that run now']) expect(await guest.getByRole('button', { name }).or(guest.getByRole('link', { name })).count(), name).toBe(0)
  expect(await guest.getByRole('link').count()).toBe(0)
  expect(await guest.getByRole('checkbox').count()).toBe(0)

  await expect.poll(() => desk.heard.presence.find(({ invited }) => invited)).toMatchObject({ person: { name: 'Rudi Hartanto' }, as: 'witness', state: 'joined', isShown: true, invited: { as: 'trainee', by: { name: 'Sari Wibowo' } } })
  await writePresence()
  await dialog.getByText('Listens now, until').waitFor()
  await shoot(host, 'invite-present')

  await dialog.getByRole('button', { name: 'End the invitation of Rudi Hartanto' }).click()
  const endedAtMs = performance.now()
  await guest.getByRole('heading', { name: 'Your invitation has ended' }).waitFor({ timeout: 7_000 })
  console.log(`an invitation that was ended: the guest was out after ${Math.round(performance.now() - endedAtMs)} ms`)
  await expect.poll(() => loudness(guest, 440)).toBeLessThan(SILENT_DB)
  await shoot(guest, 'guest-over')
  await dialog.getByText('Ended', { exact: true }).waitFor()
  await expect.poll(() => desk.heard.presence.some(({ invited, state }) => invited && state === 'left'), { timeout: 6_000 }).toBe(true)
  await writePresence()
  await host.keyboard.press('Escape')
  await host.getByText('Rudi Hartanto listened as a trainee until here, invited by Sari Wibowo.').waitFor()
  await guest.reload()
  await guest.getByRole('heading', { name: 'This invitation was ended' }).waitFor()
  await guest.context().close()
}, 90_000)

it('is in the audit trail with what he did', async () => {
  const admin = await openPage(browser)
  admin.setDefaultTimeout(10_000)
  await signIn(admin, server.origin, (await server.createUser('admin')).email)
  await admin.goto(`${server.origin}/audit?call=${desk.call.callId}`)
  const row = (who: string, did: string) => admin.getByRole('row').filter({ has: admin.getByRole('rowheader', { name: who }) }).filter({ hasText: did })
  await row('Sari Wibowo', 'Invited somebody to listen to a running call').filter({ hasText: 'name: Rudi Hartanto' }).waitFor()
  await row('Rudi Hartanto (guest)', 'Confirmed an invitation to a running call').filter({ hasText: 'invitedBy: Sari Wibowo' }).waitFor()
  await row('Rudi Hartanto (guest)', 'Listened live by invitation').waitFor()
  await row('Sari Wibowo', 'Ended an invitation to a running call').waitFor()
  await shoot(admin, 'audit-guest')
  await admin.context().close()
}, 60_000)

it('joins by keyboard', async () => {
  const guest = await openPage(browser)
  guest.setDefaultTimeout(10_000)
  await guest.goto(await linkOf())
  const button = guest.getByRole('button', { name: 'I am Notary Prihatini: listen' })
  await button.waitFor()
  await guest.keyboard.press('Tab')
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
  await guest.keyboard.press('Enter')
  await guest.waitForURL(/\/join\/call\//)
  await guest.getByText('Notary Prihatini, outside witness').waitFor()
  await guest.context().close()
}, 60_000)

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('what the guest sees is accessible and fits at every width', async () => {
    const link = await linkOf()
    const page = await openPage(browser, { colorScheme, reducedMotion: 'reduce' })
    page.setDefaultTimeout(10_000)
    const look = async (name: string, ready: string): Promise<void> => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        await page.getByText(ready).first().waitFor()
        await page.waitForTimeout(500)
        await shoot(page, `${name}-${colorScheme}-${width}`)
        expect(await findViolations(page), `axe on ${name} at ${width} px`).toEqual([])
        expect(await overhang(page), `pixels of ${name} that stick out at ${width} px`).toBe(0)
      }
    }
    await page.goto(link)
    await look('join', 'You are invited to listen')
    await page.getByRole('button', { name: /I am Notary/ }).click()
    await page.waitForURL(/\/join\/call\//)
    await startListening(page)
    await look('guest', 'Notary Prihatini, outside witness')
    await page.goto(`${server.origin}/join/no-such-token`)
    await look('join-unknown', 'This link does not work')
    await page.context().close()
  }, 120_000)

  it('the invitations are accessible and fit at every width', async () => {
    const page = await openPage(browser, { colorScheme, reducedMotion: 'reduce' })
    page.setDefaultTimeout(10_000)
    await signIn(page, server.origin, supervisor.email)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(`${server.origin}/live/${desk.call.callId}`)
      await page.getByRole('button', { name: 'Invite' }).click()
      const dialog = page.getByRole('dialog', { name: 'Guests of this call' })
      await dialog.getByText('Invited to this call').waitFor()
      await shoot(page, `invite-form-${colorScheme}-${width}`)
      await dialog.getByLabel('Name of the guest').fill('Muhammad Abdurrahman Wirahadikusumah')
      await dialog.getByRole('button', { name: 'Make the link' }).click()
      await dialog.getByRole('button', { name: 'Copy the link' }).waitFor()
      await shoot(page, `invite-link-${colorScheme}-${width}`)
      expect(await findViolations(page), `axe at ${width} px`).toEqual([])
      expect(await overhang(page), `pixels that stick out at ${width} px`).toBe(0)
      expect(await dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), `pixels of the dialog that stick out at ${width} px`).toBe(0)
    }
    await page.context().close()
  }, 120_000)
})

const overhang = (page: Page): Promise<number> => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
