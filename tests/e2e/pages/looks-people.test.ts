/** The pages about people, audit and settings in both themes and at three widths: axe finds nothing, nothing sticks out. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInvite } from '@/server/access/invites'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { findViolations } from './axe'
import { launchBrowser } from './browser'
import { type TestServer, startServer } from './server'
import { openPage, signIn } from './visitor'

const WIDTHS = [1_440, 1_024, 390] as const
const LONG = 'Muhammad Abdurrahman bin Abdul Aziz al-Fulani of the second line support'

let server: TestServer
let browser: Browser
let email: string
const paths: Record<string, string> = { people: '/people', teams: '/people/teams', 'invite-form': '/people/invite', audit: '/audit', 'audit-empty': '/audit?to=2020-01-01', settings: '/settings', devices: '/devices' }
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  const { database } = server
  const [admin, technician, reviewer] = [await makeViewer(database, 'admin'), await makeViewer(database, 'technician'), await makeViewer(database, 'reviewer')]
  email = admin.email
  await database.user.update({ where: { id: technician.id }, data: { name: LONG } })
  await database.user.update({ where: { id: reviewer.id }, data: { name: 'סמדר כהן' } })
  const callId = await makeCallRow(database, technician.id)
  await database.callGrant.create({ data: { callId, userId: reviewer.id, givenById: admin.id } })
  await database.team.create({ data: { name: `East, ${LONG}`, technicianSeesLooks: true, livePhrases: ['cancel', 'lawyer', 'recorded?'], members: { create: [admin, technician, reviewer].map(({ id }) => ({ userId: id })) } } })
  const token = await createInvite(database, { email: 'somebody.with.a.long.name@a-long-company-name.example.com', role: 'supervisor', teamId: null }, { actorId: admin.id, address: null })
  Object.assign(paths, { person: `/people/${technician.id}`, reviewer: `/people/${reviewer.id}`, invite: `/invite/${token}` })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(['people', 'person', 'reviewer', 'invite-form', 'teams', 'audit', 'audit-empty', 'settings', 'devices', 'invite'])('%s is accessible and fits at every width', async (name) => {
    const page = await openPage(browser, { colorScheme })
    if (name !== 'invite') await signIn(page, server.origin, email)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(server.origin + paths[name])
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (process.env['LOOKS_DIR']) await page.screenshot({ path: `${process.env['LOOKS_DIR']}/${name}-${colorScheme}-${width}.png` })
      expect.soft(await findViolations(page), `axe at ${width} px`).toEqual([])
      expect.soft(await overhang(page), `pixels that stick out at ${width} px`).toBe(0)
    }
    await page.context().close()
  }, 120_000)
})

const overhang = (page: Page): Promise<number> => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
