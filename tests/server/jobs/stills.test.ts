/** Stills of the screen, cut by a real ffmpeg from a screen file as the agent writes it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IvfReader } from '@/agent/capture/ivf-reader'
import { ScreenMp4Writer } from '@/agent/capture/mp4-writer'
import { makeStills, makeStillsLayout, STILLS_FILE, STILLS_LAYOUT_FILE } from '@/server/jobs/make-stills'
import type { StillsLayout } from '@/server/jobs/stills-layout'
import { LogBuilder, OPEN_DATA } from '../../fixtures/log-builder'
import { CALL_ID, ffmpeg, hangUp, makeTestMedia, storeLog, type TestMedia } from '../transcribe/spoken-call'

const LENGTH_MS = 30_000
const SCREEN_BEGAN_MS = 400
/** The screen's own time; it ends two seconds before the call does. */
const WHITE_FROM_MS = 10_000
const WHITE_TO_MS = 20_000
const SIZE = { widthPx: 128, heightPx: 80 }

let test: TestMedia
let layout: StillsLayout
beforeAll(async () => {
  test = await makeTestMedia()
  const log = new LogBuilder({ tracks: [...OPEN_DATA.tracks, { track: 'screen', codec: 'vp9', file: 'screen.mp4', ...SIZE }] })
  await addScreen(log)
  await storeLog(test.media, hangUp(log, LENGTH_MS))
  await makeStills(test.media, CALL_ID)
  layout = JSON.parse(Buffer.from(await test.media.read(CALL_ID, STILLS_LAYOUT_FILE)).toString()) as StillsLayout
}, 60_000)
afterAll(() => test.dispose())

describe('stills', () => {
  it('are as many and as large as their layout says', async () => {
    const { count, columns, widthPx, heightPx } = layout
    expect(layout).toMatchObject({ everyMs: 1_000, count: 30, columns: 10, widthPx: 240, heightPx: 150 })
    const { width, height } = await decode()
    expect([width, height]).toEqual([columns * widthPx, Math.ceil(count / columns) * heightPx])
  })

  it('show what the screen showed at their position, to the first and the last', async () => {
    const { width, pixels } = await decode()
    const { columns, widthPx, heightPx, everyMs, count } = layout
    const isWhite = Array.from({ length: count }, (_, still) => {
      const x = (still % columns) * widthPx + widthPx / 2
      const y = Math.floor(still / columns) * heightPx + heightPx / 2
      return pixels[y * width + x]! > 128
    })
    const expected = isWhite.map((_, still) => WHITE_FROM_MS + SCREEN_BEGAN_MS <= still * everyMs && still * everyMs < WHITE_TO_MS + SCREEN_BEGAN_MS)
    expect(isWhite).toEqual(expected)
  })

  it('of a call without a screen are none, which is no fault', async () => {
    const silent = await makeTestMedia()
    await storeLog(silent.media, hangUp(new LogBuilder(), 1_000))
    await makeStills(silent.media, CALL_ID)
    expect(await silent.media.findSize(CALL_ID, STILLS_FILE)).toBeNull()
    await silent.dispose()
  })

  it('of a long call are no more than of a short one', () => {
    expect(makeStillsLayout(3 * 3_600_000, SIZE)).toMatchObject({ everyMs: 90_000, count: 120 })
    expect(makeStillsLayout(500, SIZE)).toMatchObject({ everyMs: 1_000, count: 1 })
  })
})

async function decode(): Promise<{ width: number; height: number; pixels: Buffer }> {
  const ppm = await test.media.withLocalFile(CALL_ID, STILLS_FILE, (path) => ffmpeg(['-i', path, '-pix_fmt', 'gray', '-f', 'image2pipe', '-c:v', 'pgm', 'pipe:1']))
  const [, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 40))!.map(Number) as [number, number, number]
  return { width, height, pixels: ppm.subarray(ppm.length - width * height) }
}

async function addScreen(log: LogBuilder): Promise<void> {
  const source = `color=black:s=${SIZE.widthPx}x${SIZE.heightPx}:r=5:d=28,drawbox=enable='between(t,${WHITE_FROM_MS / 1_000},${WHITE_TO_MS / 1_000 - 0.1})':color=white:t=fill`
  const ivf = await ffmpeg(['-f', 'lavfi', '-i', source, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-g', '100', '-f', 'ivf', 'pipe:1'])
  const frames = new IvfReader().read(ivf).map(({ bytes, atMs }, index) => ({ bytes, atMs: Math.round(atMs) + SCREEN_BEGAN_MS, durationMs: 200, isKey: index % 100 === 0 }))
  const writer = new ScreenMp4Writer(SIZE)
  log.chunk('screen', 0, 0, writer.header())
  for (let index = 0; index < frames.length; index += 5) {
    const own = frames.slice(index, index + 5)
    log.chunk('screen', own[0]!.atMs, own.length * 200, writer.fragment(own))
  }
}
