import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IvfReader } from '@/agent/capture/ivf-reader'
import { ScreenMp4Writer } from '@/agent/capture/mp4-writer'
import { makePlayback } from '@/server/jobs/make-playback'
import { PLAYBACK_FILE } from '@/server/jobs/playback-file'
import { LINDA, LogBuilder } from '../../fixtures/log-builder'
import { addSounds, CALL_ID, encodeOpus, ffmpeg, hangUp, makeTestMedia, storeLog, toSamples, type TestMedia } from '../transcribe/spoken-call'

const LENGTH_MS = 60_000
const TOLERANCE_MS = 20
/** The technician's sound card runs fast: after a minute its samples alone would be 60 ms off. */
const FAST_PACKET_MS = 19.98
const SCREEN_BEGAN_MS = 180
const WHITE_FROM_MS = 20_000 + SCREEN_BEGAN_MS
const WHITE_TO_MS = 25_000 + SCREEN_BEGAN_MS

/** Positions in the call of the beeps in each track; the customer's lie around a gap (10 to 15 s) and a pause (30 to 40 s). */
const TECHNICIAN_BEEPS_MS = [1_000, 9_990, 25_000, 45_000, 59_000]
const CUSTOMER_BEEPS_MS = [2_000, 9_500, 15_500, 29_500, 40_500, 58_000]

let test: TestMedia
let playback: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  test = await makeTestMedia()
  const customer = await encodeOpus(makeBeeps(CUSTOMER_BEEPS_MS, 1))
  const between = (fromMs: number, toMs: number) => ({ track: 'customer' as const, atMs: fromMs, packets: customer.slice(fromMs / 20, toMs / 20) })
  const log = addSounds(new LogBuilder(), [
    { track: 'technician', atMs: 0, packets: await encodeOpus(makeBeeps(TECHNICIAN_BEEPS_MS, 20 / FAST_PACKET_MS)), packetMs: FAST_PACKET_MS },
    between(0, 10_000),
    between(15_000, 30_000),
    between(40_000, 60_000),
  ])
  log.add({ atMs: 10_000, kind: 'gap', track: 'customer', durationMs: 5_000, data: { cause: 'device-unplugged' } })
  log.add({ atMs: 30_000, kind: 'pause', data: { by: LINDA, reason: 'card' } }).add({ atMs: 40_000, kind: 'resume', data: { by: LINDA } })
  await addScreen(log)
  await storeLog(test.media, hangUp(log, LENGTH_MS))
  await makePlayback(test.media, CALL_ID)
  playback = new Uint8Array(await test.media.read(CALL_ID, PLAYBACK_FILE))
}, 120_000)
afterAll(() => test.dispose())

describe('the playback file', () => {
  it('has its index in front', () => {
    const bytes = Buffer.from(playback)
    expect(bytes.indexOf('moov')).toBeGreaterThan(0)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  })

  it('sounds where the log says, the technician left and the customer right', async () => {
    const samples = toSamples(await ffmpeg(['-i', await localFile(), '-map', '0:a', '-f', 'f32le', '-ar', '48000', '-ac', '2', 'pipe:1']))
    expectBeeps(samples.filter((_, index) => index % 2 === 0), TECHNICIAN_BEEPS_MS)
    expectBeeps(samples.filter((_, index) => index % 2 === 1), CUSTOMER_BEEPS_MS)
  })

  it('has all pictures of the screen, and a key frame every ten seconds where the agent has one in twenty', async () => {
    const listPictures = async (...which: string[]): Promise<number[]> => {
      const listed = await ffmpeg([...which, '-i', await localFile(), '-map', '0:v', '-c', 'copy', '-f', 'framecrc', 'pipe:1'])
      const lines = listed.toString().split('\n')
      const unitsPerSecond = Number(lines.find((line) => line.startsWith('#tb 0:'))!.split('/')[1])
      return lines.filter((line) => /^\d/.test(line)).map((line) => (Number(line.split(',')[1]) / unitsPerSecond) * 1_000)
    }
    expect(await listPictures()).toHaveLength((LENGTH_MS - 200) / 200)
    expect(await listPictures('-discard:v', 'nokey')).toEqual([0, 10_180, 20_180, 30_180, 40_180, 50_180])
  })

  it('of a call with sound alone plays as well', async () => {
    const audioOnly = await makeTestMedia()
    const log = addSounds(new LogBuilder(), [{ track: 'mixed', atMs: 0, packets: await encodeOpus(makeBeeps([1_000], 1, 3_000)) }])
    await storeLog(audioOnly.media, hangUp(log, 3_000))
    await makePlayback(audioOnly.media, CALL_ID)
    const samples = await audioOnly.media.withLocalFile(CALL_ID, PLAYBACK_FILE, (path) => ffmpeg(['-i', path, '-f', 'f32le', '-ar', '48000', '-ac', '2', 'pipe:1']))
    expectBeeps(toSamples(samples).filter((_, index) => index % 2 === 1), [1_000])
    await audioOnly.dispose()
  })

  it('of a call without any media is refused with a reason', async () => {
    const empty = await makeTestMedia()
    await storeLog(empty.media, hangUp(new LogBuilder(), 1_000))
    await expect(makePlayback(empty.media, CALL_ID)).rejects.toThrow(/nothing to play/)
    await empty.dispose()
  })
})

describe('the playback file in Chromium', () => {
  let server: Server
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/') return void response.setHeader('content-type', 'text/html').end('<video id="call" src="/playback.mp4" preload="metadata"></video>')
      const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? []
      const end = to === '' ? playback.length : Number(to) + 1
      response.writeHead(206, { 'content-type': 'video/mp4', 'accept-ranges': 'bytes', 'content-range': `bytes ${from}-${end - 1}/${playback.length}`, 'content-length': end - Number(from) })
      response.end(playback.subarray(Number(from), end))
    }).listen(0, '127.0.0.1')
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'] })
    page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`) // an address of a TCP server
    await page.waitForFunction(() => document.querySelector('video')!.readyState >= 1)
  })
  afterAll(async () => {
    await browser.close()
    server.close()
  })

  it('is as long as the call', async () => {
    const durationMs = await page.evaluate(() => document.querySelector('video')!.duration * 1_000)
    expect(Math.abs(durationMs - LENGTH_MS)).toBeLessThan(50)
  })

  it.each([[5_000, 0], [WHITE_FROM_MS - 250, 0], [WHITE_FROM_MS + 50, 255], [WHITE_TO_MS - 250, 255], [WHITE_TO_MS + 50, 0], [59_900, 0]])('shows the screen of %d ms after a seek', async (atMs, brightness) => {
    const seen = await page.evaluate(async (seconds) => {
      const video = document.querySelector('video')!
      await new Promise((resolve) => {
        video.addEventListener('seeked', resolve, { once: true })
        video.currentTime = seconds
      })
      const canvas = new OffscreenCanvas(8, 8).getContext('2d')!
      canvas.drawImage(video, 0, 0, 8, 8)
      return canvas.getImageData(4, 4, 1, 1).data[0]!
    }, atMs / 1_000)
    expect(Math.abs(seen - brightness)).toBeLessThan(30)
  })

  it('sounds where the log says', async () => {
    const { left, right } = await page.evaluate(async () => {
      const bytes = await (await fetch('/playback.mp4')).arrayBuffer()
      const sound = await new OfflineAudioContext(2, 1, 48_000).decodeAudioData(bytes)
      const onsets = (samples: Float32Array) => {
        const found: number[] = []
        samples.forEach((sample, index) => {
          if (Math.abs(sample) > 0.1 && index / 48 > (found.at(-1) ?? -1_000) + 200) found.push(index / 48)
        })
        return found
      }
      return { left: onsets(sound.getChannelData(0)), right: onsets(sound.getChannelData(1)) }
    })
    expectOnsets(left, TECHNICIAN_BEEPS_MS)
    expectOnsets(right, CUSTOMER_BEEPS_MS)
  })

  it('plays to its end', async () => {
    const endedAt = await page.evaluate(async () => {
      const video = document.querySelector('video')!
      video.muted = true
      video.currentTime = 58.5
      await video.play()
      await new Promise((resolve) => video.addEventListener('ended', resolve, { once: true }))
      return video.currentTime
    })
    expect(endedAt).toBeGreaterThan(59.9)
  })
})

const localFile = () => test.media.withLocalFile(CALL_ID, PLAYBACK_FILE, (path) => Promise.resolve(path))

/** Beeps of 100 ms. `rate` is how many samples a fast sound card delivers for one. */
function makeBeeps(atMs: readonly number[], rate: number, lengthMs = LENGTH_MS): Float32Array {
  const samples = new Float32Array(Math.round(lengthMs * 16 * rate))
  for (const ms of atMs) {
    const from = Math.round(ms * 16 * rate)
    for (let at = from; at < from + 1_600; at++) samples[at] = 0.5 * Math.sin((2 * Math.PI * 1_000 * (at - from)) / 16_000)
  }
  return samples
}

function expectBeeps(samples: Float32Array, expectedMs: readonly number[]): void {
  const found: number[] = []
  samples.forEach((sample, index) => {
    if (Math.abs(sample) > 0.1 && index / 48 > (found.at(-1) ?? -1_000) + 200) found.push(index / 48)
  })
  expectOnsets(found, expectedMs)
}

function expectOnsets(foundMs: readonly number[], expectedMs: readonly number[]): void {
  expect(foundMs.length, `beeps at ${foundMs.map(Math.round).join(', ')} ms`).toBe(expectedMs.length)
  const off = foundMs.map((ms, index) => Math.abs(ms - expectedMs[index]!))
  expect(Math.max(...off), `found ${foundMs.map(Math.round).join(', ')}`).toBeLessThanOrEqual(TOLERANCE_MS)
}

/** Five pictures a second, a fragment each second, as the agent writes them. */
async function addScreen(log: LogBuilder): Promise<void> {
  const source = `color=black:s=64x64:r=5:d=${LENGTH_MS / 1_000 - 0.2},drawbox=enable='between(t,20,24.9)':color=white:t=fill`
  const ivf = await ffmpeg(['-f', 'lavfi', '-i', source, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-g', '100', '-f', 'ivf', 'pipe:1'])
  const frames = new IvfReader().read(ivf).map(({ bytes, atMs }, index) => ({ bytes, atMs: Math.round(atMs) + SCREEN_BEGAN_MS, durationMs: 200, isKey: index % 100 === 0 }))
  const writer = new ScreenMp4Writer({ widthPx: 64, heightPx: 64 })
  log.chunk('screen', 0, 0, writer.header())
  for (let index = 0; index < frames.length; index += 5) {
    const own = frames.slice(index, index + 5)
    log.chunk('screen', own[0]!.atMs, own.length * 200, writer.fragment(own))
  }
}
