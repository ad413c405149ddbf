/** The pages people live in, in Chromium against the server as it is built: a call of an hour, and the list of 100 000 calls. */
import { launchBrowser } from '../../tests/e2e/pages/browser'
import { openPage, signIn } from '../../tests/e2e/pages/visitor'
import { makeViewer } from '../../tests/support/people'
import type { Bench, Figure } from '../bench'
import { benchCallList, type CallListFigures } from './call-list'
import { benchCallPage, type CallPageFigures } from './call-page'
import { type LongCall, recordLongCall } from './long-call'
import { seedCalls } from './seed-calls'
import { startBuiltServer } from './server'

const BUDGET = { playableMs: 1_000, seekMs: 300, longFrames: 0, listMs: 300, filterMs: 200, searchMs: 100, jsBytes: 250_000 }
const HOUR: LongCall = { lengthMs: 3_600_000, entryCount: 10_000 }
const CALL_COUNT = 100_000

export type PagesFigures = Readonly<{ list: CallListFigures; call: CallPageFigures }>
type Size = Readonly<{ callCount: number; call: LongCall; rounds: number; seeks: number }>

export async function benchPages({ callCount, call, rounds, seeks }: Size, say: (progress: string) => void = () => undefined): Promise<PagesFigures> {
  const [server, browser] = [await startBuiltServer(), await launchBrowser()]
  try {
    say(`making ${callCount} calls`)
    const { adminEmail } = await seedCalls(server.database, callCount)
    const callId = await recordLongCall(server, browser, await makeViewer(server.database, 'technician'), call, say)
    const page = await openPage(browser)
    await signIn(page, server.origin, adminEmail)
    say('opening, filtering and searching the list')
    const list = await benchCallList(page, server, adminEmail, rounds)
    say('opening the call, seeking, scrolling and zooming')
    const session = await page.context().storageState()
    await page.context().close()
    return { list, call: await benchCallPage(browser, session, { url: `${server.origin}/calls/${callId}`, rounds, seeks }) }
  } finally {
    await browser.close()
    await server.stop()
  }
}

export const pagesBench: Bench = {
  name: 'pages',
  async measure(say, tell) {
    const { list, call } = await benchPages({ callCount: CALL_COUNT, call: HOUR, rounds: 7, seeks: 50 }, say)
    tell({
      callPlayableMs: Math.round(call.playableMs),
      seekMs: { p50: Math.round(call.seekMs.p50), p95: Math.round(call.seekMs.p95) },
      longFrames: call.longFrames,
      listMs: Math.round(list.listMs),
      filterMs: Math.round(list.filterMs),
      callJsKb: Math.round(call.jsBytes / 1_000),
    })
    const withAnother = `an empty page of the same server: ${list.emptyPageMs.toFixed(0)} ms`
    return [
      figure('a call of an hour with 10 000 entries, first paint to playable', call.playableMs, BUDGET.playableMs, 'ms', `from asking for it ${call.askedToPlayableMs.toFixed(0)} ms; ${withAnother}`),
      figure(`going to another place of it, p95 (p50 ${call.seekMs.p50.toFixed(0)} ms)`, call.seekMs.p95, BUDGET.seekMs, 'ms', 'from the press to the frame shown'),
      figure('frames of more than 50 ms while its words are scrolled and its lanes zoomed', call.longFrames, BUDGET.longFrames, '', `${call.framesPerSecond.toFixed(0)} frames a second`),
      figure('script of its page, compressed', call.jsBytes / 1_000, BUDGET.jsBytes / 1_000, 'kB', 'all that it loads by itself'),
      figure('list of 100 000 calls, first rows', list.listMs, BUDGET.listMs, 'ms', withAnother),
      figure('another filter of it', list.filterMs, BUDGET.filterMs, 'ms', 'from the key to other rows painted'),
      ...list.searches.map(({ text, p95Ms, p50Ms }) => figure(`search of a million utterances for "${text}", p95 (p50 ${p50Ms.toFixed(0)} ms)`, p95Ms, BUDGET.searchMs, 'ms', 'rows and places found, as the server gives them')),
    ]
  },
}

const figure = (what: string, measured: number, budget: number, unit: string, comparedTo: string): Figure => ({
  what,
  measured: `${measured.toFixed(0)} ${unit}`.trim(),
  budget: `≤ ${budget} ${unit}`.trim(),
  comparedTo,
  isWithinBudget: measured <= budget,
})
