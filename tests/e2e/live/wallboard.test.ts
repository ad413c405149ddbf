/** The wallboard in Chromium: what comes first, teams in the address, pushes, two hundred calls at once. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeViewer } from '../../support/people'
import { makeTile, SILENT } from '../../app/live/tiles'
import { launchBrowser } from '../pages/browser'
import { type TestServer, startServer } from '../pages/server'
import { openPage, signIn } from '../pages/visitor'
import { Door } from './door'
import { RunningBoard, SAMPLE_TECHNICIANS, sampleTiles } from './running-board'

const MANY = 200
const WATCHED_MS = 12_000
const LONG_MS = 50

let server: TestServer
let browser: Browser
let door: Door
let page: Page
let board: RunningBoard | undefined
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  door = await Door.open(server.origin)
  const supervisor = await makeViewer(server.database, 'supervisor')
  page = await openPage(browser)
  page.setDefaultTimeout(8_000)
  await signIn(page, door.origin, supervisor.email)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await door?.close()
  await server?.stop()
})
afterEach(() => board?.stop())

const tiles = () => page.getByRole('article')
const names = (): Promise<string[]> => tiles().evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!.replace('Call of ', '')))

it('is led to by the rail and says what to do when nobody is on a call', async () => {
  board = new RunningBoard(door, [])
  await page.goto(`${door.origin}/calls`)
  await page.getByRole('link', { name: 'Live' }).click()
  await page.getByRole('heading', { name: 'Nobody is on a call' }).waitFor()
  await page.getByText('the page Devices says how').waitFor()
})

describe('with six calls', () => {
  it('shows first what needs attention, in plain words', async () => {
    board = new RunningBoard(door, sampleTiles(), SAMPLE_TECHNICIANS)
    await page.goto(`${door.origin}/live`)
    await tiles().first().waitFor()
    expect(await names()).toEqual(['Joel Kim', 'Linda Marsh', 'Nadia Putri', 'Sam Ortiz', 'Eka Wijaya', 'Ayu Lestari'])
    await tiles().first().getByText(SILENT.message).waitFor()
    await page.getByText('The customer said “cancel”').waitFor()
    await page.getByText('on the phone, nothing is recorded').waitFor()
    await page.getByText('Plan Flex 20 → Flex 40').waitFor()
  })

  it('brings a call with a new fault to the front by itself, and keeps the others where they are', async () => {
    board = new RunningBoard(door, sampleTiles())
    await page.goto(`${door.origin}/live`)
    await tiles().first().waitFor()
    const eka = board.tiles[0]!
    board.change([{ ...eka, faults: [SILENT] }])
    await expect.poll(names).toEqual(['Eka Wijaya', 'Joel Kim', 'Linda Marsh', 'Nadia Putri', 'Sam Ortiz', 'Ayu Lestari'])
  })

  it('is filtered by team in the address, and shown as rows from then on', async () => {
    board = new RunningBoard(door, sampleTiles(), SAMPLE_TECHNICIANS)
    await page.goto(`${door.origin}/live`)
    await page.getByRole('button', { name: 'Team: any' }).click()
    await page.getByRole('menuitemradio', { name: 'West' }).click()
    await expect.poll(names).toEqual(['Sam Ortiz'])
    expect(new URL(page.url()).search).toBe('?team=West')
    await page.getByRole('button', { name: 'Rows' }).click()
    await page.reload()
    await expect.poll(names).toEqual(['Sam Ortiz'])
    await page.getByRole('button', { name: 'Tiles' }).click()
  })

  it('goes on by itself after a cut, and says so meanwhile', async () => {
    board = new RunningBoard(door, sampleTiles())
    await page.goto(`${door.origin}/live`)
    await tiles().first().waitFor()
    door.cut()
    await page.getByText('What is shown is as it was').waitFor()
    board.tiles = board.tiles.slice(1)
    door.mend()
    await expect.poll(names).not.toContain('Eka Wijaya')
    expect(await page.getByText('What is shown is as it was').count()).toBe(0)
  })
})

it.each(['tiles', 'rows'] as const)('two hundred calls that all change each second leave no long frame, as %s', async (look) => {
  board = new RunningBoard(door, Array.from({ length: MANY }, (_, index) => makeTile({ technician: { id: String(index), name: `Technician ${String(index).padStart(3, '0')}` }, startedAt: new Date(Date.now() - index * 9_000).toISOString() })))
  await page.goto(`${door.origin}/live`, { waitUntil: 'networkidle' })
  await page.evaluate((chosen) => localStorage.setItem('callwitness.board', chosen), look)
  await page.reload({ waitUntil: 'networkidle' })
  await page.getByText(`${MANY} calls now`).waitFor()
  expect(await tiles().count()).toBeLessThan(60)
  board.run()
  await browser.startTracing(page, { categories: ['toplevel'] })
  for (let scrolled = 0; scrolled < WATCHED_MS; scrolled += 500) {
    await page.mouse.wheel(0, scrolled % 4_000 < 2_000 ? 300 : -300)
    await page.waitForTimeout(500)
  }
  const { longest, long, tasks } = readTasks(await browser.stopTracing())
  console.log(`${MANY} calls as ${look}, ${WATCHED_MS / 1_000} s, ${tasks} tasks: ${long.length} over ${LONG_MS} ms ${JSON.stringify(long)}, longest ${longest} ms`)
  expect(tasks).toBeGreaterThan(100)
  expect(long).toEqual([])
}, 60_000)

type TraceEvent = { name: string; ph: string; pid: number; tid: number; dur?: number; tdur?: number; args: { name?: string } }

/** What the pages' main threads did, in milliseconds of their own time: who else uses this machine does not count. */
function readTasks(trace: Buffer): { tasks: number; longest: number; long: number[] } {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const mains = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`))
  const own = traceEvents.filter(({ name, ph, pid, tid, tdur }) => name.endsWith('RunTask') && ph === 'X' && tdur !== undefined && mains.has(`${pid} ${tid}`)).map(({ tdur }) => Math.round(tdur! / 1_000))
  return { tasks: own.length, longest: Math.max(0, ...own), long: own.filter((ms) => ms > LONG_MS) }
}
