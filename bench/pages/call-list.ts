/** How fast the list of 100 000 calls shows its first rows, and those of another filter: in Chromium, against the server as it is built. */
import type { Page } from 'playwright-core'
import { launchBrowser } from '../../tests/e2e/pages/browser'
import { startServer } from '../../tests/e2e/pages/server'
import { openPage, signIn } from '../../tests/e2e/pages/visitor'
import { CALL_COUNT, seedCalls } from './seed-calls'

const ROUNDS = 9
const FIRST_ROW = 'tbody tr[data-row="0"]'

/** As text: what tsx makes of a function with functions in it does not run in a page. */
const WATCH_FIRST_ROW = `(() => {
  const textOf = () => document.querySelector('${FIRST_ROW}')?.textContent
  const before = textOf()
  const state = (window.callListBench = { atMs: 0, doneMs: 0 })
  for (const kind of ['keydown', 'input']) window.addEventListener(kind, () => void (state.atMs ||= performance.now()), { capture: true })
  const look = () => requestAnimationFrame(() => {
    if (textOf() === before || textOf() === undefined) look()
    else requestAnimationFrame(() => void (state.doneMs = performance.now()))
  })
  look()
})()`

/** Medians: from asking for the page to its first rows painted, and from the last key or press to other rows painted. */
export type CallListFigures = { listMs: number; filterMs: number; searchMs: number }

export async function benchCallList(say: (progress: string) => void): Promise<CallListFigures> {
  const [server, browser] = [await startServer(), await launchBrowser()]
  try {
    say(`making ${CALL_COUNT} calls`)
    const { adminEmail } = await seedCalls(server.database)
    const page = await openPage(browser)
    await signIn(page, server.origin, adminEmail)
    say('opening the list')
    const listMs = await repeat(() => measureList(page, server.origin))
    say(`first rows after ${listMs} ms; filtering and searching`)
    const filterMs = await repeat(() => measureChange(page, server.origin, () => page.getByRole('menuitemradio', { name: 'With a change' }).press('Enter'), () => page.getByRole('button', { name: /^Change:/ }).click()))
    const searchMs = await repeat(() => measureChange(page, server.origin, () => page.keyboard.insertText('ref1234'), () => page.getByLabel('Search in calls').focus()))
    return { listMs, filterMs, searchMs }
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function measureList(page: Page, origin: string): Promise<number> {
  await page.goto(`${origin}/calls`, { waitUntil: 'commit' })
  await page.locator(FIRST_ROW).waitFor()
  // The rows come with the page itself: they are there when it is first painted.
  return page.evaluate(async () => {
    for (;;) {
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      if (paint) return paint.startTime
      await new Promise((next) => requestAnimationFrame(next))
    }
  })
}

/** From the key that decides to the frame in which the first row is another one. */
async function measureChange(page: Page, origin: string, decide: () => Promise<void>, prepare: () => Promise<void>): Promise<number> {
  await page.goto(`${origin}/calls`, { waitUntil: 'networkidle' })
  await prepare()
  await page.evaluate(WATCH_FIRST_ROW)
  await decide()
  await page.waitForFunction(() => (window as unknown as { callListBench: { doneMs: number } }).callListBench.doneMs > 0)
  return page.evaluate(() => {
    const { atMs, doneMs } = (window as unknown as { callListBench: { atMs: number; doneMs: number } }).callListBench
    return doneMs - atMs
  })
}

/** The median; the first round, in which everything is cold, is left out. */
async function repeat(measure: () => Promise<number>): Promise<number> {
  await measure()
  const values: number[] = []
  for (let round = 0; round < ROUNDS; round++) values.push(await measure())
  return Math.round(values.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!)
}
