/** The page of a long call in Chromium: until it can be played, going to other places, scrolling and zooming, and how much script it needs. */
import type { Browser, Page } from 'playwright-core'
import { openPage } from '../../tests/e2e/pages/visitor'
import { withLimit } from './limit'
import { median, quantile } from './quantile'

/** After a seek has arrived, how long another frame may take to be shown. */
const SAME_FRAME_MS = 500
const [SCROLLS, SCROLL_PX] = [150, 400]
const ZOOM_STEPS = 60
/** Of the display: an input in each frame, as a wheel or a finger gives them. */
const FRAME_MS = 16

export type CallPageFigures = Readonly<{
  /** From the first paint, and from asking for the page, to both waveforms drawn and a video that can play on. */
  playableMs: number
  askedToPlayableMs: number
  /** From pressing on the lanes to the frame shown and the sound ready. */
  seekMs: Readonly<{ p50: number; p95: number }>
  /** Frames of more than 50 ms while the transcript was scrolled and the lanes zoomed. */
  longFrames: number
  /** Frames a second meanwhile. */
  framesPerSecond: number
  /** Of all scripts that the page loads, as they are sent. */
  jsBytes: number
}>

type Visit = Readonly<{ url: string; rounds: number; seeks: number }>

/** `session` is that of somebody who is signed in. */
export async function benchCallPage(browser: Browser, session: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>, { url, rounds, seeks: seekCount }: Visit): Promise<CallPageFigures> {
  const [playable, askedToPlayable]: [number[], number[]] = [[], []]
  let jsBytes = 0
  for (let round = 0; round < rounds; round++) {
    // A browser that has never seen the page: everything comes over the network.
    const page = await openPage(browser, { storageState: session })
    await page.addInitScript(WATCH_PLAYABLE)
    await page.goto(url, { waitUntil: 'commit' })
    const playableAtMs = await untilPlayable(page)
    askedToPlayable.push(playableAtMs)
    playable.push(playableAtMs - (await page.evaluate<number>(FIRST_PAINT)))
    await page.waitForLoadState('networkidle')
    jsBytes = await page.evaluate<number>(COUNT_SCRIPT_BYTES)
    await page.context().close()
  }
  const page = await openPage(browser, { storageState: session })
  await page.addInitScript(WATCH_PLAYABLE)
  await page.goto(url, { waitUntil: 'networkidle' })
  await untilPlayable(page)
  const seeks = await measureSeeks(page, seekCount)
  const { longFrames, framesPerSecond } = await measureFrames(page)
  await page.context().close()
  return { playableMs: median(playable), askedToPlayableMs: median(askedToPlayable), seekMs: { p50: quantile(seeks, 0.5), p95: quantile(seeks, 0.95) }, longFrames, framesPerSecond, jsBytes }
}

const untilPlayable = (page: Page): Promise<number> => withLimit('a call that can be played', page.evaluate<number>('window.bench.playable'))

/** Presses on the lanes at places that look random and are the same on each run. */
async function measureSeeks(page: Page, count: number): Promise<number[]> {
  const lanes = await page.getByRole('region', { name: 'Timeline' }).locator('canvas').first().boundingBox()
  if (!lanes) throw new Error('the lanes have no waveform to press on')
  await page.evaluate(WATCH_SEEKS)
  const seeks: number[] = []
  for (let index = 0; index < count; index++) {
    const share = ((index + 1) * 0.618_034) % 1
    await page.evaluate('void (window.bench.seek = window.bench.nextSeek())')
    await page.mouse.click(lanes.x + share * (lanes.width - 2) + 1, lanes.y + lanes.height / 2)
    seeks.push(await withLimit(`the frame at ${(share * 100).toFixed(0)} % of the call`, page.evaluate<number>('window.bench.seek')))
  }
  return seeks
}

async function measureFrames(page: Page): Promise<{ longFrames: number; framesPerSecond: number }> {
  await page.evaluate(WATCH_FRAMES)
  const transcript = await page.getByRole('region', { name: 'Transcript' }).boundingBox()
  await page.mouse.move(transcript!.x + transcript!.width / 2, transcript!.y + transcript!.height / 2)
  for (let index = 0; index < SCROLLS; index++) {
    await page.mouse.wheel(0, index < SCROLLS * 0.7 ? SCROLL_PX : -SCROLL_PX)
    await page.waitForTimeout(FRAME_MS)
  }
  await page.getByRole('slider', { name: 'Zoom of the timeline' }).focus()
  for (const key of ['ArrowRight', 'ArrowLeft']) {
    for (let index = 0; index < ZOOM_STEPS; index++) {
      await page.keyboard.press(key)
      await page.waitForTimeout(FRAME_MS)
    }
  }
  return page.evaluate<{ longFrames: number; framesPerSecond: number }>('window.bench.endFrames()')
}

// As text: what tsx makes of a function with functions in it does not run in a page.

const WATCH_PLAYABLE = `(() => {
  const isDrawn = (box) => [...(box.firstElementChild?.shadowRoot?.querySelectorAll('canvas') ?? [])].some((canvas) => canvas.width > 0)
  const look = (done) => requestAnimationFrame(() => {
    const video = document.querySelector('video')
    const waveforms = [...document.querySelectorAll('.waveform')]
    const isReady = video && video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA && waveforms.length === 2 && waveforms.every(isDrawn) && document.querySelector('button[aria-label="Play"]:enabled')
    if (isReady) requestAnimationFrame(() => done(performance.now()))
    else look(done)
  })
  window.bench = { playable: new Promise(look) }
})()`

const FIRST_PAINT = `performance.getEntriesByName('first-contentful-paint')[0].startTime`

const COUNT_SCRIPT_BYTES = `performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname.endsWith('.js')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`

/** A video does not tell of a frame that it shows already: then the paint after it has arrived counts. */
const WATCH_SEEKS = `(() => {
  const video = document.querySelector('video')
  window.bench.nextSeek = () => new Promise((done) => window.addEventListener('pointerdown', () => {
    const beganMs = performance.now()
    const paint = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(() => next(performance.now()))))
    const shown = new Promise((next) => video.requestVideoFrameCallback(next))
    const painted = new Promise((next) => video.addEventListener('seeked', next, { once: true })).then(paint)
    const same = painted.then(() => new Promise((next) => setTimeout(next, ${SAME_FRAME_MS})))
    Promise.all([painted, Promise.race([shown, same.then(() => 0)])]).then(([paintedMs, shownMs]) => done(Math.max(paintedMs, shownMs) - beganMs))
  }, { capture: true, once: true }))
})()`

const WATCH_FRAMES = `(() => {
  let [longFrames, frames, isOn] = [0, 0, true]
  const beganMs = performance.now()
  const observer = new PerformanceObserver((list) => { longFrames += list.getEntries().length })
  observer.observe({ type: 'long-animation-frame' })
  const count = () => requestAnimationFrame(() => { frames++; if (isOn) count() })
  count()
  window.bench.endFrames = () => {
    isOn = false
    longFrames += observer.takeRecords().length
    observer.disconnect()
    return { longFrames, framesPerSecond: frames / ((performance.now() - beganMs) / 1000) }
  }
})()`
