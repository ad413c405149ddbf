/** Calls that are not like the sample: still running, sound alone, one microphone for both, words that leaked. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OggOpusWriter } from '@/agent/capture/ogg-writer'
import { decideDevice, makeWrongCodeLimit } from '@/server/access/devices'
import type { Viewer } from '@/server/access/sessions'
import { makeViewer } from '../../support/people'
import type { Script } from '../../support/sample-call'
import { SampleCall } from '../../server/ingest/sample-call'
import { tonePackets } from '../live/media'
import { askToBeLetIn, sendCall } from './agent'
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

describe('a call that was coached', () => {
  it('lets the coach be heard by himself, from where he spoke to where he stopped', async () => {
    const { call, send } = await prepareCoachedCall({ lengthMs: 10_000, coachFromMs: 3_000, coachToMs: 5_000 })
    await send()
    await waitForTasks(server, call.callId)
    await page.goto(`${server.origin}/calls/${call.callId}`)
    const line = page.getByRole('listitem').filter({ hasText: 'A coach spoke to the technician alone' })
    const heard = () => line.locator('audio').evaluateAll((elements: HTMLAudioElement[]) => elements.map(({ currentTime, paused }) => (paused ? null : currentTime))[0] ?? null)
    await line.getByRole('button', { name: 'Hear it' }).click()
    await expect.poll(async () => (await heard()) ?? 0, { timeout: 10_000 }).toBeGreaterThan(3.2)
    expect((await heard()) ?? 0).toBeLessThan(5)
    await line.getByRole('button', { name: 'Hear it' }).waitFor({ timeout: 5_000 })
  }, 120_000)
})

/** Tones for voices; the coach's track as an agent writes it: header, the silence before him, what he said. */
async function prepareCoachedCall({ lengthMs, coachFromMs, coachToMs }: { lengthMs: number; coachFromMs: number; coachToMs: number }) {
  const agent = await askToBeLetIn(server.origin, 'desk 5')
  await decideDevice({ database: server.database, wrongCodes: makeWrongCodeLimit() }, technician, agent.code.userCode, 'approved', null)
  const { device, token } = await agent.collect()
  const call = new SampleCall(device)
  const tone = tonePackets(440)
  const sound = (fromMs: number, toMs: number): Uint8Array[] => Array.from({ length: (toMs - fromMs) / 20 }, (_, index) => tone[index % tone.length]!)
  const writers = { technician: new OggOpusWriter({ serial: 1 }), customer: new OggOpusWriter({ serial: 2 }), coach: new OggOpusWriter({ serial: 3 }) }
  for (const track of ['technician', 'customer'] as const) call.audio(track, new Uint8Array(writers[track].header()), 0)
  for (call.atMs = 0; call.atMs < lengthMs; call.atMs += 1_000) {
    for (const track of ['technician', 'customer'] as const) call.audio(track, new Uint8Array(writers[track].page(sound(call.atMs, call.atMs + 1_000))))
    if (call.atMs !== coachFromMs) continue
    call.audio('coach', new Uint8Array([...writers.coach.header(), ...writers.coach.silence(coachFromMs / 20)]), 0)
    call.audio('coach', new Uint8Array(writers.coach.page(sound(coachFromMs, coachToMs))), coachToMs - coachFromMs)
  }
  call.hangUp().close().seal()
  return { call, send: () => sendCall(server.origin, token, call) }
}
