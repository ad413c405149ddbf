/** Push to talk in a Chromium whose microphone hears beeps. */
import { OpusDecoder } from 'opus-decoder'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeViewer } from '../../support/people'
import { type TestServer, startServer } from '../pages/server'
import { openPage, signIn } from '../pages/visitor'
import { Door } from './door'
import { RunningCall } from './running-call'

const HELD_MS = 3_000

let server: TestServer
let browser: Browser
let door: Door
let page: Page
let call: RunningCall
beforeAll(async () => {
  server = await startServer()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--mute-audio', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] })
  door = await Door.open(server.origin)
  const { email } = await makeViewer(server.database, 'supervisor')
  call = new RunningCall(door, 5_000)
  page = await openPage(browser)
  page.setDefaultTimeout(8_000)
  await signIn(page, door.origin, email)
  await page.goto(`${door.origin}/live/${call.callId}`)
}, 120_000)
afterAll(async () => {
  call?.stop()
  await browser?.close()
  await door?.close()
  await server?.stop()
})

it('sends Opus packets of 20 ms, numbered from 0 at each press, as long as the button or the key is held', async () => {
  const talk = page.getByRole('button', { name: 'Hold to talk to Linda Marsh' })
  await talk.hover()
  await page.mouse.down()
  await page.getByText('Linda Marsh hears you').waitFor()
  await page.waitForTimeout(HELD_MS)
  await page.mouse.up()
  await talk.waitFor()
  await page.waitForTimeout(500)
  const first = call.voice.splice(0)
  expect(first.map(({ number }) => number)).toEqual(first.map((_, index) => index))
  expect(first.length).toBeGreaterThan((HELD_MS / 20) * 0.8)
  expect(first.length).toBeLessThan((HELD_MS / 20) * 1.5)
  expect(await peakOf(first.map(({ bytes }) => bytes))).toBeGreaterThan(0.05)
  await page.waitForTimeout(500)
  expect(call.voice).toEqual([])

  await page.keyboard.down('t')
  await page.getByText('Linda Marsh hears you').waitFor()
  await page.waitForTimeout(500)
  await page.keyboard.up('t')
  await talk.waitFor()
  expect(call.voice[0]!.number).toBe(0)
  expect(call.voice.length).toBeGreaterThan(5)
})

it('does not talk while one types a t', async () => {
  await page.waitForTimeout(500)
  call.voice.splice(0)
  await page.getByLabel('Message on the technician’s window').fill('')
  await page.keyboard.type('tt')
  await page.waitForTimeout(500)
  expect(call.voice).toEqual([])
})

async function peakOf(packets: readonly Uint8Array[]): Promise<number> {
  const decoder = new OpusDecoder({ channels: 1, streamCount: 1, coupledStreamCount: 0, channelMappingTable: [0] })
  await decoder.ready
  let peak = 0
  for (const packet of packets) {
    const { channelData, samplesDecoded } = decoder.decodeFrame(new Uint8Array(packet))
    expect(samplesDecoded).toBe(960)
    for (const sample of channelData[0]!) peak = Math.max(peak, Math.abs(sample))
  }
  decoder.free()
  return peak
}
