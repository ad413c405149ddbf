/** Listening to a running call in Chromium: what is really heard and seen, cuts, going back, coaching. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeViewer } from '../../support/people'
import { launchBrowser } from '../pages/browser'
import { type TestServer, startServer } from '../pages/server'
import { openPage, signIn } from '../pages/visitor'
import { Door } from './door'
import { growEar, loudness, screenColour } from './ear'
import { RunningCall } from './running-call'

const AUDIBLE_DB = -45
const SILENT_DB = -70
const PAST_MS = 40_000

let server: TestServer
let browser: Browser
let door: Door
let page: Page
let call: RunningCall
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  door = await Door.open(server.origin)
  const supervisor = await makeViewer(server.database, 'supervisor')
  page = await openPage(browser)
  page.setDefaultTimeout(8_000)
  await growEar(page)
  await signIn(page, door.origin, supervisor.email)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await door?.close()
  await server?.stop()
})
beforeEach(() => {
  door.mend()
  call = new RunningCall(door, PAST_MS)
})
afterEach(() => call.stop())

const button = (name: string | RegExp) => page.getByRole('button', { name })
const hears = (hz: number, limitMs = 5_000) => expect.poll(() => loudness(page, hz), { timeout: limitMs, interval: 100, message: `${hz} Hz` }).toBeGreaterThan(AUDIBLE_DB)
const isSilent = (hz: number) => expect.poll(() => loudness(page, hz), { timeout: 5_000, interval: 100, message: `no ${hz} Hz` }).toBeLessThan(SILENT_DB)

/** Chromium wants a press first, unless it remembers one on this site. */
async function openCall(): Promise<void> {
  await page.goto(`${door.origin}/live/${call.callId}`)
  const [start, back] = [button('Start listening'), button('Back 30 seconds')]
  await start.or(back).waitFor()
  if (await start.isVisible()) await start.click()
}

async function listen(): Promise<void> {
  await openCall()
  await hears(440)
}

describe('somebody who joins in the middle', () => {
  it('hears both, sees the screen, and is told how late as measured', async () => {
    await listen()
    await hears(880)
    await expect.poll(async () => (await screenColour(page))[2]).toBeGreaterThan(200)
    expect((await screenColour(page))[0]).toBeLessThan(40)
    const latency = page.getByText(/Sound \d+ ms · Screen \d+ ms/)
    await latency.waitFor()
    // The first second is that of joining.
    await page.waitForTimeout(2_000)
    const [soundMs, screenMs] = /Sound (\d+) ms · Screen (\d+) ms/.exec((await latency.textContent())!)!.slice(1).map(Number)
    console.log(`shown with packets relayed at their end: sound ${soundMs} ms, screen ${screenMs} ms`)
    expect(soundMs).toBeGreaterThan(20)
    expect(soundMs).toBeLessThan(400)
    expect(screenMs).toBeLessThan(400)
    call.turn()
    await hears(550)
    await expect.poll(async () => (await screenColour(page))[0]).toBeGreaterThan(200)
  })

  it('mutes one party and still hears the other', async () => {
    await listen()
    await button('Mute Linda Marsh').click()
    await isSilent(440)
    await hears(880)
    await button('Mute Linda Marsh').click()
    await hears(440)
  })

  it('goes back 30 seconds, sees the screen of then, and comes back to now', async () => {
    call.turn()
    await openCall()
    await hears(550)
    await isSilent(440)
    await button('Back 30 seconds').click()
    await hears(440)
    await page.getByText(/^(29|30|31) s behind now$/).waitFor()
    await expect.poll(async () => (await screenColour(page))[2]).toBeGreaterThan(200)
    await button('Back to now').click()
    await hears(550)
    await isSilent(440)
    await expect.poll(async () => (await screenColour(page))[0]).toBeGreaterThan(200)
  })
})

describe('a cut of ten seconds', () => {
  it('of the listener: is said, ends at the present, and what was skipped can be heard', async () => {
    await listen()
    door.cut()
    await page.getByText('The connection to the server is gone.').waitFor()
    await page.waitForTimeout(5_000)
    call.turn()
    await page.waitForTimeout(5_000)
    door.mend()
    await hears(550, 8_000)
    await page.getByText(/^1\d s were not heard/).waitFor()
    expect(await page.getByText('The connection to the server is gone.').count()).toBe(0)
    await isSilent(440)
    const [first, again] = call.listens
    expect(first!.after).toEqual({})
    expect(again!.after!.technician).toBeGreaterThan(PAST_MS)
    await button('Hear them').click()
    await hears(440)
    await page.getByText(/s behind now$/).waitFor()
  }, 60_000)

  it('of the agent: is said, and goes on at the present without a changed pitch', async () => {
    await listen()
    call.hold()
    await page.getByText('Nothing arrives at the moment.').waitFor()
    await isSilent(440)
    await page.waitForTimeout(9_000)
    call.goOn()
    await hears(440)
    await page.getByText(/^\d+ s were not heard/).waitFor()
    for (let look = 0; look < 10; look++) {
      // A tone that is played faster or slower stands elsewhere.
      expect(await loudness(page, 440 * 1.1)).toBeLessThan((await loudness(page, 440)) - 20)
      await page.waitForTimeout(100)
    }
  }, 60_000)
})

it('reads along, with what was done between the words, and sees words firm up', async () => {
  await listen()
  const { callId } = call
  const stretch = { track: 'customer', startMs: 41_000, endMs: 43_000 } as const
  door.live.emit('words', { callId, words: [{ ...stretch, text: 'I am flying to chair pan', isFinal: false }] })
  await page.getByText('I am flying to chair pan').waitFor()
  door.live.emit('words', { callId, words: [{ ...stretch, text: 'I am flying to Japan.', isFinal: true }] })
  await page.getByText('I am flying to Japan.').waitFor()
  expect(await page.getByText('chair pan').count()).toBe(0)
  const action = { source: 'sandbox', verb: 'changed', object: { type: 'line', name: '+62' }, changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }] } as const
  door.live.emit('entries', { callId, entries: [{ v: 1, seq: 9, atMs: 44_000, prev: '', kind: 'action', data: { ...action, object: { ...action.object }, changes: [...action.changes] } }] })
  const lines = page.getByRole('region', { name: 'Words and actions' }).getByRole('listitem')
  await expect.poll(() => lines.allTextContents()).toEqual([expect.stringContaining('Japan'), expect.stringContaining('Roaming')])
  door.live.emit('captions', { callId, captions: 'too-busy' })
  await page.getByText('Captions are paused').waitFor()
})

it('writes to the technician, sees it delivered and read, and stands as witness', async () => {
  await listen()
  await page.getByLabel('Message on the technician’s window').fill('Offer the 10 GB plan')
  await page.keyboard.press('Enter')
  await page.getByText('on the technician’s window', { exact: true }).waitFor()
  expect(call.texts).toEqual(['Offer the 10 GB plan'])
  door.live.emit('coach-read', { callId: call.callId, id: '1' })
  await page.getByText('read', { exact: true }).waitFor()
  await page.getByLabel('I stand as witness of this call').click()
  await expect.poll(() => call.witness).toBe(true)
})

it('says that the call has ended and leads to its page', async () => {
  await listen()
  call.end()
  await page.getByRole('heading', { name: 'The call has ended' }).waitFor()
  expect(await page.getByRole('link', { name: 'Open the call' }).getAttribute('href')).toBe(`/calls/${call.callId}`)
  await isSilent(440)
})

it('says that there is no such call', async () => {
  await page.goto(`${door.origin}/live/00000000-0000-4000-8000-000000000000`)
  await page.getByText('There is no such call.').waitFor()
})

it('says that its microphone is refused', async () => {
  await listen()
  await page.mouse.move(0, 0)
  await page.keyboard.down('t')
  await page.getByText('The microphone is refused.').waitFor()
  await page.keyboard.up('t')
  expect(call.voice).toEqual([])
})

it('hears by the decoder that is fetched where the browser has none, and is told that the screen cannot be seen', async () => {
  const poor = await page.context().newPage()
  poor.setDefaultTimeout(8_000)
  await growEar(poor)
  await poor.addInitScript({ content: 'delete window.AudioDecoder; delete window.VideoDecoder; delete window.AudioEncoder' })
  await poor.goto(`${door.origin}/live/${call.callId}`)
  const start = poor.getByRole('button', { name: 'Start listening' })
  await start.or(poor.getByRole('button', { name: 'Back 30 seconds' })).waitFor()
  if (await start.isVisible()) await start.click()
  for (const hz of [440, 880]) await expect.poll(() => loudness(poor, hz), { timeout: 8_000, message: `${hz} Hz` }).toBeGreaterThan(AUDIBLE_DB)
  await poor.getByText('This browser cannot show the live screen').first().waitFor()
  await poor.getByText('This browser cannot send your voice').waitFor()
  await poor.close()
})
