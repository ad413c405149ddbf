/** People as an admin manages them and as they manage themselves, in Chromium against the whole server. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordAudit } from '@/server/access/audit'
import type { Viewer } from '@/server/access/sessions'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer, TEST_PASSWORD } from '../../support/people'
import { launchBrowser } from './browser'
import { type TestServer, startServer } from './server'
import { fillSignIn, openPage, signIn } from './visitor'

let server: TestServer
let browser: Browser
let admin: Viewer
let page: Page
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  admin = await makeViewer(server.database, 'admin')
  page = await openPage(browser)
  await signIn(page, server.origin, admin.email)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const rail = (of: Page): Promise<string[]> => of.getByRole('navigation', { name: 'Pages' }).getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? ''))
/** With its script: what is filled in before that is not there when it comes. */
const LOADED = { waitUntil: 'networkidle' } as const
const open = (path: string) => page.goto(server.origin + path, LOADED)

describe('the rail', () => {
  it.each([
    ['technician', ['Calls', 'Training', 'Devices', 'Settings']],
    ['supervisor', ['Live', 'Calls', 'Training', 'Devices', 'People', 'Settings']],
    ['admin', ['Live', 'Calls', 'Training', 'Devices', 'People', 'Audit', 'Settings']],
  ] as const)('of a %s leads where he may go', async (role, places) => {
    const visitor = await openPage(browser)
    await signIn(visitor, server.origin, (await makeViewer(server.database, role)).email)
    expect((await rail(visitor)).filter((name) => !name.startsWith('Callwitness'))).toEqual(places)
  })
})

describe('a supervisor', () => {
  it('writes down the phrases that raise the calls of his team, and finds them again', async () => {
    const dewi = await makeViewer(server.database, 'supervisor')
    await server.database.team.create({ data: { name: 'Second line', members: { create: { userId: dewi.id } } } })
    const hers = await openPage(browser)
    await signIn(hers, server.origin, dewi.email)
    await hers.getByRole('link', { name: 'People' }).click()
    await hers.waitForURL(`${server.origin}/people/teams`, LOADED)
    await hers.getByLabel('Phrases that raise a call').fill('cancel\n\n lawyer \ncancel')
    await hers.getByRole('button', { name: 'Save the phrases' }).click()
    await hers.getByText('The phrases of Second line are saved.').waitFor()
    await hers.reload(LOADED)
    expect(await hers.getByLabel('Phrases that raise a call').inputValue()).toBe('cancel\nlawyer')
    await hers.getByLabel('Phrases that raise a call').fill('?!')
    await hers.getByRole('button', { name: 'Save the phrases' }).click()
    await hers.getByText('each with a word in it').waitFor()
    expect(await server.database.team.findUniqueOrThrow({ where: { name: 'Second line' } })).toMatchObject({ livePhrases: ['cancel', 'lawyer'] })
  }, 90_000)
})

describe('an admin', () => {
  it('makes a team and invites a supervisor into it by a link that works once', async () => {
    await open('/people/teams')
    await page.getByRole('region', { name: 'New team' }).getByLabel('Name').fill('East')
    await page.getByRole('button', { name: 'Make the team' }).click()
    await page.getByRole('heading', { name: 'East' }).waitFor()
    await open('/people/invite')
    await page.getByLabel('E-mail address').fill('dewi@example.com')
    await page.getByLabel('Role').selectOption('supervisor')
    await page.getByLabel('Team').selectOption('East')
    await page.getByRole('button', { name: 'Make the link' }).click()
    const link = (await page.locator('code').textContent())!
    expect(link.startsWith(`${server.origin}/invite/`)).toBe(true)

    const dewi = await openPage(browser)
    await dewi.goto(link)
    await dewi.getByLabel('Your name').fill('Dewi Lestari')
    await dewi.getByLabel('Password').fill('short')
    await dewi.getByRole('button', { name: 'Make the account' }).click()
    await dewi.getByText('it needs 10').waitFor()
    await dewi.getByLabel('Password').fill(TEST_PASSWORD)
    await dewi.getByRole('button', { name: 'Make the account' }).click()
    await dewi.waitForURL(`${server.origin}/calls`)
    await dewi.goto(link)
    await dewi.getByRole('heading', { name: 'This link does not work any more' }).waitFor()

    await open('/people')
    await page.getByRole('row', { name: /Dewi Lestari/ }).getByText('East').waitFor()
  }, 90_000)

  it('gives a reviewer a call by its address, and takes it back', async () => {
    const [technician, reviewer] = [await makeViewer(server.database, 'technician'), await makeViewer(server.database, 'reviewer')]
    const callId = await makeCallRow(server.database, technician.id)
    await open(`/people/${reviewer.id}`)
    await page.getByLabel('Address of a call').fill(`${server.origin}/calls/${callId}?t=1200`)
    await page.getByRole('button', { name: 'Give', exact: true }).click()
    await page.getByRole('link', { name: 'Not known' }).waitFor()
    expect(await server.database.callGrant.count({ where: { callId, userId: reviewer.id } })).toBe(1)
    await page.getByRole('button', { name: /^Take back/ }).click()
    await page.getByText('No call was given yet.').waitFor()
    expect(await server.database.callGrant.count({ where: { callId } })).toBe(0)
  })

  it('changes a role, and switches somebody off who is out at once', async () => {
    const rani = await makeViewer(server.database, 'technician')
    const hers = await openPage(browser)
    await signIn(hers, server.origin, rani.email)
    await open(`/people/${rani.id}`)
    await page.getByLabel('Role', { exact: true }).selectOption('supervisor')
    await page.getByLabel('East').check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(`${rani.name} is saved.`).waitFor()
    expect(await server.database.user.findUnique({ where: { id: rani.id }, select: { role: true, _count: { select: { teams: true } } } })).toEqual({ role: 'supervisor', _count: { teams: 1 } })

    await page.getByRole('button', { name: 'Switch off' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Switch off' }).click()
    await page.getByRole('button', { name: 'Switch on again' }).waitFor()
    await hers.reload()
    await hers.waitForURL(/sign-in/)
  }, 90_000)

  it('cannot switch off the last administrator', async () => {
    await server.database.user.updateMany({ where: { role: 'admin', id: { not: admin.id } }, data: { disabledAt: new Date() } })
    await open(`/people/${admin.id}`)
    await page.getByRole('button', { name: 'Switch off' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Switch off' }).click()
    await page.getByText('is the only administrator').waitFor()
  })
})

describe('what an admin’s page sends', () => {
  it('changes nothing when somebody else sends it', async () => {
    const technician = await makeViewer(server.database, 'technician')
    const hers = await openPage(browser)
    await signIn(hers, server.origin, technician.email)
    await open('/people/teams')
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.headers()['next-action'] !== undefined)
    const section = page.getByRole('region', { name: 'New team' })
    await section.getByLabel('Name').fill('West')
    await section.getByRole('button', { name: 'Make the team' }).click()
    const request = await sent
    await page.getByRole('heading', { name: 'West' }).waitFor()
    const answer = await hers.evaluate(
      async ({ url, action, body }) => (await fetch(url, { method: 'POST', headers: { 'next-action': action, 'content-type': 'text/plain;charset=UTF-8' }, body })).text(),
      { url: '/people/teams', action: request.headers()['next-action']!, body: request.postData()!.replace('West', 'Hers') },
    )
    expect(answer).toContain('There is no such thing')
    expect(await server.database.team.count({ where: { name: 'Hers' } })).toBe(0)
  }, 90_000)
})

describe('the audit', () => {
  it('is filtered by its address, and shows a technician the looks at his calls where his team says so', async () => {
    const technician = await makeViewer(server.database, 'technician')
    const callId = await makeCallRow(server.database, technician.id)
    await server.database.team.create({ data: { name: 'Open', technicianSeesLooks: true, members: { create: [{ userId: technician.id }] } } })
    await recordAudit(server.database, { verb: 'looked', actorId: admin.id, address: '10.0.0.1', callId })
    await open('/audit')
    await page.getByLabel('Did').selectOption('looked')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.waitForURL(/verb=looked/)
    await page.getByRole('row', { name: /Looked at a call/ }).first().waitFor()
    expect(await page.getByRole('row', { name: /Signed in/ }).count()).toBe(0)

    const hers = await openPage(browser)
    await signIn(hers, server.origin, technician.email)
    await hers.getByRole('link', { name: 'Audit' }).click()
    await hers.getByRole('row', { name: new RegExp(`${admin.name}.*Looked at a call`) }).waitFor()
    expect(await hers.getByRole('row').count()).toBe(2)
  }, 90_000)
})

describe('settings', () => {
  it('change the name, the password, and end sessions', async () => {
    const rani = await makeViewer(server.database, 'technician')
    const [hers, other] = [await openPage(browser), await openPage(browser)]
    await signIn(hers, server.origin, rani.email)
    await signIn(other, server.origin, rani.email)
    await hers.goto(`${server.origin}/settings`)
    await hers.getByLabel('Your name').fill('Rani Wijaya')
    await hers.getByRole('button', { name: 'Save' }).click()
    await hers.getByRole('button', { name: 'Account of Rani Wijaya' }).waitFor()

    await hers.getByRole('button', { name: /^End the session of Chrome/ }).click()
    await hers.getByText('That session is ended.').waitFor()
    await other.reload()
    await other.waitForURL(/sign-in/)

    await hers.getByLabel('Password of today').fill('a guess')
    await hers.getByLabel('New password').fill('another sentence altogether')
    await hers.getByRole('button', { name: 'Change the password' }).click()
    await hers.getByText('This is not your password of today.').waitFor()
    await hers.getByLabel('Password of today').fill(TEST_PASSWORD)
    await hers.getByRole('button', { name: 'Change the password' }).click()
    await hers.getByText('Your password is changed.').waitFor()
    await fillSignIn(other, rani.email, 'another sentence altogether')
    await other.waitForURL(/settings|calls/)
    await hers.getByRole('button', { name: 'End all, here too' }).click()
    await hers.waitForURL(/sign-in/)
  }, 90_000)

  it('keep theme and time zone in the browser', async () => {
    await open('/settings')
    await page.getByLabel('Dark').check()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.getByLabel('Time zone').selectOption('America/New_York')
    await expect.poll(async () => (await page.context().cookies()).find(({ name }) => name === 'callwitness.chosen-zone')?.value).toBe('America%2FNew_York')
    await page.reload()
    expect(await page.getByLabel('Time zone').inputValue()).toBe('America/New_York')
    await page.getByLabel('Time zone').selectOption('')
    await expect.poll(async () => (await page.context().cookies()).some(({ name }) => name === 'callwitness.chosen-zone')).toBe(false)
  })
})
