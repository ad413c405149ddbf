/** How fast the list of calls shows its first rows, and those of another filter: in Chromium; and how fast the server searches it. */
import type { Page } from 'playwright-core'
import { userIdSchema } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { listCalls } from '@/server/timeline/load-calls'
import { withLimit } from './limit'
import type { BuiltServer } from './server'
import { median, quantile } from './quantile'

const FIRST_ROW = 'tbody tr[data-row="0"]'
const ROWS = 50
const SEARCH_ROUNDS = 20
/** Said in two of a million sentences, in most calls, by a third of all; a phrase; the middle of a number; a name; nobody's. */
const SEARCHES = ['ref1234', 'please', 'roaming', 'cancel please', '"cancel the contract"', '812 1234', 'nilsson', 'zeppelin']

/**
 * From the key that decides to the frame in which the rows are others. Of all rows: the first may fit either filter. As text:
 * what tsx makes of a function with functions in it does not run in a page.
 */
const WATCH_ROWS = `(() => {
  const textOf = () => document.querySelector('${FIRST_ROW}')?.parentElement.textContent
  const before = textOf()
  let beganMs = 0
  for (const kind of ['keydown', 'input']) window.addEventListener(kind, () => void (beganMs ||= performance.now()), { capture: true })
  const look = (done) => requestAnimationFrame(() => {
    if (textOf() === before || textOf() === undefined) look(done)
    else requestAnimationFrame(() => done(performance.now() - beganMs))
  })
  window.callListBench = { filtered: new Promise(look) }
})()`

export type CallListFigures = Readonly<{
  /** Medians: from asking for the page to its first rows painted, and from the key to other rows painted. */
  listMs: number
  filterMs: number
  /** The first paint of a page that asks the database for nothing, for comparison. */
  emptyPageMs: number
  searches: readonly Readonly<{ text: string; p50Ms: number; p95Ms: number }>[]
}>

export async function benchCallList(page: Page, { origin, database }: BuiltServer, adminEmail: string, rounds: number): Promise<CallListFigures> {
  const emptyPageMs = await repeat(rounds, () => measurePaint(page, `${origin}/settings`, 'main'))
  const listMs = await repeat(rounds, () => measurePaint(page, `${origin}/calls`, FIRST_ROW))
  const filterMs = await repeat(rounds, () => measureFilter(page, origin))
  const { id, name, email, role } = await database.user.findUniqueOrThrow({ where: { email: adminEmail } })
  const viewer: Viewer = { id: userIdSchema.parse(id), name, email, role }
  const searches = []
  for (const text of SEARCHES) {
    const taken: number[] = []
    for (let round = 0; round <= SEARCH_ROUNDS; round++) {
      const beganMs = performance.now()
      await listCalls({ database }, viewer, { limit: ROWS, filter: { q: text } })
      if (round > 0) taken.push(performance.now() - beganMs)
    }
    searches.push({ text, p50Ms: median(taken), p95Ms: quantile(taken, 0.95) })
  }
  return { listMs, filterMs, emptyPageMs, searches }
}

async function measurePaint(page: Page, url: string, sign: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' })
  await page.locator(sign).waitFor()
  // The rows come with the page itself: they are there when it is first painted.
  return page.evaluate(async () => {
    for (;;) {
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      if (paint) return paint.startTime
      await new Promise((next) => requestAnimationFrame(next))
    }
  })
}

async function measureFilter(page: Page, origin: string): Promise<number> {
  await page.goto(`${origin}/calls`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: /^Change:/ }).click()
  await page.evaluate(WATCH_ROWS)
  await page.getByRole('menuitemradio', { name: 'Without a change' }).press('Enter')
  return withLimit('the rows of another filter', page.evaluate<number>('window.callListBench.filtered'))
}

/** The median; the first round, in which everything is cold, is left out. */
async function repeat(rounds: number, measure: () => Promise<number>): Promise<number> {
  await measure()
  const values: number[] = []
  for (let round = 0; round < rounds; round++) values.push(await measure())
  return median(values)
}
