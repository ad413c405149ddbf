/** Training from end to end in Chromium: a moment becomes a clip, a list is assigned, its technician goes through it, and its supervisor sees that. */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { PLAYBACK_FILE } from '@/server/jobs/playback-file'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import { makeViewer } from '../../support/people'
import { findViolations } from './axe'
import { launchBrowser } from './browser'
import { recordCall } from './call-fixture'
import { startServer, type TestServer } from './server'
import { openPage, signIn } from './visitor'

const WIDTHS = [1_440, 1_024, 390] as const
const LIST = 'Handles an angry customer well'
const COMMENT = 'He says it back in his own words.'

let server: TestServer
let browser: Browser
let callId: CallId
let linda: Viewer
let sari: Viewer
let budi: Viewer
/** Sari supervises Linda, who took the call, and Budi, who is to learn from it. */
let hers: Page
let his: Page
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  const { database } = server
  ;[linda, sari, budi] = [await makeViewer(database, 'technician'), await makeViewer(database, 'supervisor'), await makeViewer(database, 'technician')]
  for (const [{ id }, name] of [[linda, 'Linda Marsh'], [sari, 'Sari Dewi'], [budi, 'Budi Santoso']] as const) await database.user.update({ where: { id }, data: { name } })
  await database.team.create({ data: { name: 'East', members: { create: [linda, sari, budi].map(({ id }) => ({ userId: id })) } } })
  callId = await recordCall(server, browser, linda)
  ;[hers, his] = [await openPage(browser), await openPage(browser)]
  await signIn(hers, server.origin, sari.email)
  await signIn(his, server.origin, budi.email)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const keep = async (page: Page, name: string): Promise<void> => {
  if (process.env['LOOKS_DIR']) await page.screenshot({ path: `${process.env['LOOKS_DIR']}/training-${name}.png` })
}
const openCall = async (page: Page): Promise<void> => {
  await page.goto(`${server.origin}/calls/${callId}?t=40000`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor()
}
const isPlayable = (page: Page) => page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3, undefined, { timeout: 60_000 })
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')
const clipIds = async (): Promise<string[]> => (await server.database.clip.findMany({ orderBy: { place: 'asc' } })).map(({ id }) => id)

describe('before there is anything', () => {
  it('the page says what to do: to a supervisor, and to a technician', async () => {
    await hers.goto(`${server.origin}/training`)
    await hers.getByText('You keep no list yet').waitFor()
    await keep(hers, 'empty-supervisor')
    await his.goto(`${server.origin}/training`)
    await his.getByText('Nothing is assigned to you').waitFor()
    await keep(his, 'empty-technician')
    expect([await findViolations(hers), await findViolations(his)]).toEqual([[], []])
  })

  it('a technician finds no way to make a clip, and his call’s notes are as they were', async () => {
    const page = await openPage(browser)
    await signIn(page, server.origin, linda.email)
    await openCall(page)
    await page.keyboard.press('n')
    await page.getByLabel('Note at 0:40.0').waitFor()
    expect(await page.getByRole('button', { name: 'Add to training…' }).count()).toBe(0)
    await page.context().close()
  })
})

describe('a moment of a call', () => {
  it('becomes a clip in a list that is made with it, by keyboard alone', async () => {
    await openCall(hers)
    await hers.keyboard.press('n')
    await hers.getByRole('textbox', { name: /^Note at/ }).waitFor()
    await hers.keyboard.type('Reads it back to him')
    await hers.keyboard.press('Control+Enter')
    const add = hers.getByRole('listitem').filter({ hasText: 'Reads it back to him' }).getByRole('button', { name: 'Add to training…' })
    await add.focus()
    await hers.keyboard.press('Enter')
    const dialog = hers.getByRole('dialog', { name: 'Add to training' })
    await dialog.getByLabel('Name of the list').waitFor()
    // What the note says is for those who see the call: the list's people read the title.
    expect(await dialog.getByLabel('Title of the clip').inputValue()).toBe('')
    await dialog.getByText('Everybody who has the list reads it.').waitFor()
    expect([await dialog.getByLabel('Start', { exact: true }).inputValue(), await dialog.getByLabel('End', { exact: true }).inputValue()]).toEqual(['0:30.0', '1:00.0'])
    await keep(hers, 'dialog')
    expect(await findViolations(hers)).toEqual([])
    await dialog.getByLabel('Name of the list').focus()
    await hers.keyboard.type(LIST)
    await dialog.getByLabel('Title of the clip').focus()
    await hers.keyboard.type('Reads it back to him')
    await dialog.getByRole('button', { name: 'Start: one second later' }).press('Enter')
    await dialog.getByLabel('End', { exact: true }).fill('0:50')
    await dialog.getByLabel(/^First comment, at 0:40/).focus()
    await hers.keyboard.type(COMMENT)
    await dialog.getByRole('button', { name: 'Add the clip' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => focused(hers)).toBe('Add to training…')
    expect(await server.database.clip.findMany({ select: { callId: true, startMs: true, endMs: true, title: true, list: { select: { name: true, team: { select: { name: true } } } }, comments: { select: { atMs: true, text: true } } } })).toEqual([
      { callId, startMs: 31_000, endMs: 50_000, title: 'Reads it back to him', list: { name: LIST, team: { name: 'East' } }, comments: [{ atMs: 40_000, text: COMMENT }] },
    ])
  }, 90_000)

  it('and so does the place of the playhead, from the palette, into a list that is there', async () => {
    await openCall(hers)
    await hers.keyboard.press('Control+k')
    await hers.getByRole('combobox').fill('Add to training')
    await hers.keyboard.press('Enter')
    const dialog = hers.getByRole('dialog', { name: 'Add to training' })
    await dialog.getByLabel('List').waitFor()
    expect(await dialog.getByLabel('List').locator('option').allInnerTexts()).toEqual([LIST, 'A new list'])
    await dialog.getByLabel('Title of the clip').fill('Pauses for the card')
    await dialog.getByLabel('Start', { exact: true }).fill('soon')
    await dialog.getByText('Minutes and seconds, such as 1:23.4').waitFor()
    await dialog.getByLabel('Start', { exact: true }).fill('1:05')
    await dialog.getByLabel('End', { exact: true }).fill('9:00')
    await dialog.getByRole('button', { name: 'Add the clip' }).click()
    await dialog.getByRole('alert').getByText('where its sound ends').waitFor()
    await dialog.getByLabel('End', { exact: true }).fill('1:20')
    await dialog.getByRole('button', { name: 'Add the clip' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await clipIds()).toHaveLength(2)
  }, 90_000)
})

describe('a list', () => {
  it('is assigned to a technician of the team, until a day', async () => {
    await hers.goto(`${server.origin}/training`)
    await hers.getByRole('link', { name: LIST }).click()
    await hers.getByRole('link', { name: 'Assign and manage' }).click()
    await hers.getByText('The list is assigned to nobody yet.').waitFor()
    await hers.getByRole('button', { name: 'Assign the list' }).click()
    await hers.getByText('Choose at least one person.').waitFor()
    await hers.getByLabel(/^Budi Santoso/).check()
    await hers.getByLabel('Last day, if there is one').fill('2026-12-24')
    await hers.getByRole('button', { name: 'Assign the list' }).click()
    await hers.getByRole('row', { name: /Budi Santoso.*until 24 Dec/ }).waitFor()
    await hers.getByLabel('Budi Santoso Technician, has the list').waitFor()
    await keep(hers, 'manage')
  }, 60_000)

  it('is found by him with nothing done, and plays in place: the sound and screen of the clip alone', async () => {
    await his.goto(`${server.origin}/training`)
    const item = his.getByRole('listitem').filter({ hasText: LIST })
    await item.getByText('0 of 2 done').waitFor()
    await keep(his, 'assigned')
    await item.getByRole('link').click()
    await his.getByRole('heading', { name: 'Reads it back to him' }).waitFor()
    await isPlayable(his)
    const video = await his.evaluate(() => ({ seconds: document.querySelector('video')!.duration, src: new URL(document.querySelector('video')!.src).pathname }))
    expect(Math.abs(video.seconds - 19)).toBeLessThan(0.1)
    expect(video.src).toBe(`/media/clips/${(await clipIds())[0]}.mp4`)
    // Words and deeds of 0:31 to 0:50, and none of the rest: nor whose voice it is.
    const words = his.getByRole('region', { name: 'What was said and done' })
    await words.getByText('I will leave your plan as it is', { exact: false }).waitFor()
    await words.getByText('Comment', { exact: true }).waitFor()
    const all = await his.locator('main').innerText()
    for (const text of ['flying to Japan', 'Roaming is on now', 'Thank you, goodbye', 'Linda', 'Rina', 'In the call']) expect(all).not.toContain(text)
    await keep(his, 'clip-opened')
  }, 90_000)

  it('shows a comment when the playhead comes to it, and goes to it when its time is pressed', async () => {
    const passing = his.getByRole('region', { name: 'Screen' }).getByRole('status').last()
    expect(await passing.innerText()).toBe('')
    await his.getByRole('slider', { name: 'Playhead of the clip' }).fill('8000')
    await his.getByRole('button', { name: 'Play', exact: true }).focus()
    await his.keyboard.press('Enter')
    await expect.poll(() => passing.innerText(), { timeout: 10_000 }).toContain(COMMENT)
    await his.getByRole('button', { name: 'Pause', exact: true }).press('Enter')
    await keep(his, 'clip-comment')
    await his.getByRole('slider', { name: 'Playhead of the clip' }).fill('0')
    await expect.poll(() => passing.innerText()).toBe('')
    await his.getByRole('listitem').filter({ hasText: COMMENT }).getByRole('button', { name: 'Go to 0:09' }).press('Enter')
    expect(await his.getByTestId('position').innerText()).toBe('0:09.0')
    await expect.poll(() => passing.innerText()).toContain(COMMENT)
  }, 60_000)

  it('is gone through by keyboard: commented, ticked off, on to the next clip, and all is done', async () => {
    await his.getByRole('button', { name: 'Comment at the playhead' }).press('Enter')
    await his.getByLabel('Comment at 0:09.0').waitFor()
    await his.keyboard.type('I would have done the same.')
    await his.keyboard.press('Control+Enter')
    await his.getByRole('listitem').filter({ hasText: 'I would have done the same.' }).waitFor()
    await expect.poll(() => focused(his)).toBe('Comment at the playhead')
    await his.getByRole('button', { name: 'Done', exact: true }).press('Enter')
    await his.getByText('1 of 2 done').waitFor()
    await expect.poll(() => focused(his)).toBe('Done')
    expect(await his.getByRole('button', { name: 'Done', exact: true, pressed: true }).count()).toBe(1)
    await his.getByRole('link', { name: 'Next clip' }).press('Enter')
    await his.getByRole('heading', { name: 'Pauses for the card' }).waitFor()
    await isPlayable(his)
    // The pause of the call is in the clip, and is said.
    await his.getByRole('slider', { name: 'Playhead of the clip' }).fill('5000')
    await his.getByRole('region', { name: 'Screen' }).getByText(/Technician pressed card pause/).waitFor()
    await keep(his, 'clip-pause')
    await his.getByRole('button', { name: 'Done', exact: true }).press('Enter')
    await his.getByText('All done').waitFor()
    await his.getByText('You have gone through all clips.').waitFor()
    expect(await server.database.clipTick.count({ where: { userId: budi.id } })).toBe(2)
  }, 90_000)

  it('tells its supervisor who has ticked off what', async () => {
    await hers.goto(`${server.origin}/training`)
    await hers.getByRole('row', { name: new RegExp(`${LIST}.*East.*Sari Dewi.*2.*1 of 1`) }).waitFor()
    await keep(hers, 'kept')
    await hers.goto(`${server.origin}/training/${(await server.database.trainingList.findFirstOrThrow()).id}/manage`)
    expect(await hers.getByRole('row', { name: /Budi Santoso/ }).getByText('done', { exact: true }).count()).toBe(2)
  }, 60_000)

  it('has its clips moved, renamed and removed by keyboard, and the focus is kept', async () => {
    const titles = async () => (await server.database.clip.findMany({ orderBy: { place: 'asc' } })).map(({ title }) => title)
    await hers.getByRole('button', { name: 'Move Pauses for the card up' }).press('Enter')
    await expect.poll(titles).toEqual(['Pauses for the card', 'Reads it back to him'])
    await expect.poll(() => focused(hers)).toBe('Move Pauses for the card up')
    await expect.poll(() => hers.getByRole('textbox', { name: 'Title of clip 2' }).inputValue()).toBe('Reads it back to him')
    await hers.getByRole('textbox', { name: 'Title of clip 2' }).fill('Says it in his own words')
    await hers.keyboard.press('Enter')
    await expect.poll(titles).toEqual(['Pauses for the card', 'Says it in his own words'])
    await hers.getByText('The title is saved.').waitFor()
    await expect.poll(() => focused(hers)).toBe('Title of clip 2')
    const remove = hers.getByRole('listitem').filter({ has: hers.getByRole('textbox', { name: 'Title of clip 1' }) }).getByRole('button', { name: 'Remove' })
    await expect.poll(() => remove.isEnabled()).toBe(true)
    await remove.press('Enter')
    await hers.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).press('Enter')
    await expect.poll(titles).toEqual(['Says it in his own words'])
    await expect.poll(() => focused(hers)).toBe('Clips')
  }, 60_000)

  it('is in the audit trail in whole sentences', async () => {
    const page = await openPage(browser)
    await signIn(page, server.origin, (await makeViewer(server.database, 'admin')).email)
    await page.goto(`${server.origin}/audit?person=${budi.id}`)
    for (const sentence of ['Played the clip “Reads it back to him” of a call', `Ticked off the clip “Reads it back to him” of the training list “${LIST}”`, `Assigned the training list “${LIST}” to somebody`]) await page.getByRole('cell', { name: sentence }).first().waitFor()
    await keep(page, 'audit')
    expect(await findViolations(page)).toEqual([])
    await page.context().close()
  })
})

it('a clip that is not there yet appears by itself; one that could not be cut says why, and is cut when somebody asks again', async () => {
  const media = makeFileMediaStore(join(server.dataDir, 'media'))
  const setPlayback = (data: { state: 'running' | 'done'; finishedAt: Date | null }) => server.database.callTask.update({ where: { callId_kind: { callId, kind: 'playback' } }, data })
  await setPlayback({ state: 'running', finishedAt: null })
  await his.goto(`${server.origin}/training`)
  await his.getByRole('link', { name: LIST }).click()
  await his.getByText('The clip is not ready yet').waitFor()
  await keep(his, 'clip-making')
  await setPlayback({ state: 'done', finishedAt: new Date() })
  await isPlayable(his)
  const whole = await media.read(callId, PLAYBACK_FILE)
  await media.replace(callId, PLAYBACK_FILE, new TextEncoder().encode('no film'))
  await setPlayback({ state: 'done', finishedAt: new Date() })
  await his.reload()
  await his.getByText('It could not be cut.', { exact: false }).waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await his.emulateMedia({ colorScheme })
    for (const width of WIDTHS) {
      await his.setViewportSize({ width, height: 900 })
      await keep(his, `clip-not-cut-${colorScheme}-${width}`)
      expect.soft(await findViolations(his), `axe at ${width} px`).toEqual([])
    }
  }
  await his.emulateMedia({ colorScheme: null })
  await his.setViewportSize({ width: 1_440, height: 900 })
  await media.replace(callId, PLAYBACK_FILE, whole)
  await media.dispose()
  await his.getByRole('button', { name: 'Try again' }).press('Enter')
  await isPlayable(his)
}, 90_000)

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(['supervisor', 'technician'] as const)('every page of a %s is accessible and fits at every width', async (role) => {
    const list = await server.database.trainingList.findFirstOrThrow()
    const page = await openPage(browser, { colorScheme })
    await signIn(page, server.origin, (role === 'supervisor' ? sari : budi).email)
    const paths = { lists: '/training', clip: `/training/${list.id}`, ...(role === 'supervisor' && { manage: `/training/${list.id}/manage` }) }
    for (const [name, path] of Object.entries(paths)) {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        await page.goto(server.origin + path, { waitUntil: 'networkidle' })
        await page.getByRole('heading', { level: 1 }).waitFor()
        if (name === 'clip') {
          await isPlayable(page)
          await page.getByRole('slider', { name: 'Playhead of the clip' }).fill('10000')
        }
        await keep(page, `${role}-${name}-${colorScheme}-${width}`)
        expect.soft(await findViolations(page), `axe on ${name} at ${width} px`).toEqual([])
        expect.soft(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)), `pixels that stick out of ${name} at ${width} px`).toBe(0)
      }
    }
    await page.context().close()
  }, 120_000)
})

it('what is assigned no more is gone at once, and a list is deleted after a question', async () => {
  await his.goto(`${server.origin}/training`)
  await his.getByRole('link', { name: LIST }).click()
  await his.waitForURL(/\?clip=/)
  const address = his.url()
  await hers.goto(`${address.split('?')[0]}/manage`)
  await hers.getByRole('button', { name: 'Take back from Budi Santoso' }).click()
  await hers.getByText('The list is assigned to nobody yet.').waitFor()
  await his.reload()
  await his.getByText('Nothing here for you').waitFor()
  await hers.getByRole('button', { name: 'Delete the list' }).click()
  await hers.getByRole('alertdialog').getByRole('button', { name: 'Delete the list' }).click()
  await hers.waitForURL(`${server.origin}/training`)
  expect(await clipIds()).toEqual([])
}, 60_000)
