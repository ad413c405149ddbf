/** The file of a clip is its stretch and nothing else: tones and pictures at known places, measured in what ffmpeg decodes. */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IvfReader } from '@/agent/capture/ivf-reader'
import { ScreenMp4Writer } from '@/agent/capture/mp4-writer'
import { clipFile, makeClip, removeClipFiles } from '@/server/jobs/make-clip'
import { makePlayback } from '@/server/jobs/make-playback'
import { LogBuilder } from '../../fixtures/log-builder'
import { addSounds, CALL_ID, encodeOpus, ffmpeg, hangUp, makeTestMedia, storeLog, toSamples, type TestMedia } from '../transcribe/spoken-call'

const LENGTH_MS = 30_000
const TOLERANCE_MS = 25
const [START_MS, END_MS] = [12_345, 20_145]
/** One just before, two within, one just behind. */
const BEEPS_MS = [12_100, 12_845, 19_500, 20_300]
/** White before and behind, black within: the first picture of the clip came 45 ms before it. */
const [BLACK_FROM_MS, BLACK_TO_MS] = [12_300, 20_200]
const CLIP_ID = '11111111-1111-4111-8111-111111111111'
const FILE = clipFile(CLIP_ID, 1)

let test: TestMedia
beforeAll(async () => {
  test = await makeTestMedia()
  await storeLog(test.media, hangUp(await addScreen(addSounds(new LogBuilder(), [{ track: 'customer', atMs: 0, packets: await encodeOpus(makeBeeps()) }, { track: 'technician', atMs: 0, packets: await encodeOpus(new Float32Array(LENGTH_MS * 16)) }])), LENGTH_MS))
  await makePlayback(test.media, CALL_ID)
  await makeClip(test.media, { id: CLIP_ID, callId: CALL_ID, startMs: START_MS, endMs: END_MS }, FILE)
}, 120_000)
afterAll(() => test.dispose())

const withFile = <T>(use: (path: string) => Promise<T>): Promise<T> => test.media.withLocalFile(CALL_ID, FILE, use)

describe('the file of a clip', () => {
  it('is as long as the stretch, to the ear and to the eye', async () => {
    const durations = await withFile((path) => Promise.resolve(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'format=duration:stream=duration', '-of', 'csv=p=0', path], { encoding: 'utf8' })))
    const found = durations.trim().split('\n').map((seconds) => Number(seconds) * 1_000)
    expect(found).toHaveLength(3)
    for (const durationMs of found) expect(Math.abs(durationMs - (END_MS - START_MS)), durations).toBeLessThanOrEqual(100)
  })

  it('has the tones of the stretch where they were, in the ear where they were, and none from outside', async () => {
    const samples = await withFile(async (path) => toSamples(await ffmpeg(['-i', path, '-map', '0:a', '-f', 'f32le', '-ar', '48000', '-ac', '2', 'pipe:1'])))
    const onsets = onsetsOf(samples.filter((_, index) => index % 2 === 1))
    expect(onsets.map((atMs) => Math.round(atMs))).toHaveLength(2)
    for (const [index, beepMs] of [12_845, 19_500].entries()) expect(Math.abs(onsets[index]! - (beepMs - START_MS)), `beep ${index} at ${onsets[index]} ms`).toBeLessThanOrEqual(TOLERANCE_MS)
    expect(onsetsOf(samples.filter((_, index) => index % 2 === 0))).toEqual([])
  })

  it('begins with the picture that was on the screen by then, and never shows one from outside', async () => {
    const pictures = await withFile((path) => ffmpeg(['-i', path, '-map', '0:v', '-vf', 'scale=1:1,format=gray', '-f', 'rawvideo', 'pipe:1']))
    expect(pictures.length).toBeGreaterThanOrEqual(Math.floor((END_MS - START_MS) / 100) - 1)
    expect(Math.max(...pictures)).toBeLessThan(60)
  })

  it('goes with the playback file that it was cut from', async () => {
    await test.media.replace(CALL_ID, clipFile('22222222-2222-4222-8222-222222222222', 1), new Uint8Array(3))
    await removeClipFiles(test.media, CALL_ID, CLIP_ID)
    const clips = async () => (await test.media.list(CALL_ID)).map(({ file }) => file).filter((file) => file.startsWith('derived/clip-'))
    expect(await clips()).toEqual([clipFile('22222222-2222-4222-8222-222222222222', 1)])
    await makePlayback(test.media, CALL_ID)
    expect(await clips()).toEqual([])
  }, 60_000)

  it('of a call without a screen, and of one without a voice, is as long as the stretch too', async () => {
    const mute = await makeTestMedia()
    await storeLog(mute.media, hangUp(await addScreen(new LogBuilder()), LENGTH_MS))
    const silent = await makeTestMedia()
    await storeLog(silent.media, hangUp(addSounds(new LogBuilder(), [{ track: 'mixed', atMs: 0, packets: await encodeOpus(makeBeeps()) }]), LENGTH_MS))
    for (const one of [mute, silent]) {
      const { media } = one
      await makePlayback(media, CALL_ID)
      await makeClip(media, { id: CLIP_ID, callId: CALL_ID, startMs: 1_000, endMs: 6_000 }, FILE)
      const seconds = await media.withLocalFile(CALL_ID, FILE, (path) => Promise.resolve(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path], { encoding: 'utf8' })))
      expect(Math.abs(Number(seconds) - 5)).toBeLessThanOrEqual(0.05)
      await one.dispose()
    }
  }, 120_000)
})

function makeBeeps(): Float32Array {
  const samples = new Float32Array(LENGTH_MS * 16)
  for (const ms of BEEPS_MS) for (let at = 0; at < 1_600; at++) samples[ms * 16 + at] = 0.5 * Math.sin((2 * Math.PI * 1_000 * at) / 16_000)
  return samples
}

function onsetsOf(samples: Float32Array): number[] {
  const found: number[] = []
  let lastMs = -1_000
  samples.forEach((sample, index) => {
    if (Math.abs(sample) <= 0.1) return
    if (index / 48 > lastMs + 150) found.push(index / 48)
    lastMs = index / 48
  })
  return found
}

/** Ten pictures a second, one key frame at the beginning of all. */
async function addScreen(log: LogBuilder): Promise<LogBuilder> {
  const within = `between(t,${BLACK_FROM_MS / 1_000},${BLACK_TO_MS / 1_000 - 0.05})`
  const ivf = await ffmpeg(['-f', 'lavfi', '-i', `color=white:s=64x64:r=10:d=${LENGTH_MS / 1_000},drawbox=enable='${within}':color=black:t=fill`, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-g', '1000', '-f', 'ivf', 'pipe:1'])
  const frames = new IvfReader().read(ivf).map(({ bytes, atMs }, index) => ({ bytes, atMs: Math.round(atMs), durationMs: 100, isKey: index === 0 }))
  const writer = new ScreenMp4Writer({ widthPx: 64, heightPx: 64 })
  log.chunk('screen', 0, 0, writer.header())
  for (let index = 0; index < frames.length; index += 10) {
    const own = frames.slice(index, index + 10)
    log.chunk('screen', own[0]!.atMs, own.length * 100, writer.fragment(own))
  }
  return log
}
