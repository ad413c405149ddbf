import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPanel } from '@/agent/panel/build.mjs'
import { startPanel, type Panel } from '@/agent/panel/panel-server'
import type { PanelCoaching, PanelState } from '@/agent/panel/ports'
import { makeIdle, makePaused, makeRecording, makeWrapUp, MemoryRecorder } from './recorder'

const AXE = createRequire(import.meta.url).resolve('axe-core')
const SIZE = { width: 360, height: 520 }

let folder: string
let browser: Browser
let recorder: MemoryRecorder
let panel: Panel
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callwitness-panel-'))
  await buildPanel(folder)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})
const start = (port = 0): Promise<Panel> => startPanel({ port, controls: recorder, secret: 'panel-secret', pageDir: folder, log: () => undefined })
beforeEach(async () => {
  recorder = new MemoryRecorder()
  panel = await start()
  page = await browser.newPage({ viewport: SIZE, bypassCSP: true })
  await page.goto(panel.makeEntryUrl())
  await page.getByText('Ready').waitFor()
})
afterEach(async () => {
  await page.close()
  await panel.stop()
})

const button = (name: RegExp) => page.getByRole('button', { name })

describe('the panel', () => {
  it('takes a call from its start to done by mouse', async () => {
    await button(/Start recording/).click()
    await button(/Card pause/).click()
    await page.getByText('Voice and screen are not recorded').waitFor()
    await button(/Resume/).click()
    await button(/Stop recording/).click()
    await page.getByText('Wrap-up').waitFor()
    await button(/Done/).click()
    await page.getByText('Ready').waitFor()
    expect(recorder.asked).toEqual(['start', 'pause card', 'resume', 'stop', 'done'])
  })

  it('pauses and resumes by F8, also while a note is typed, and keeps the note', async () => {
    recorder.become(makeRecording())
    await page.getByLabel('Note at this moment').fill('Wants the 7-day pass')
    await page.keyboard.press('F8')
    await page.getByText('Paused', { exact: true }).waitFor()
    await page.keyboard.press('F8')
    await page.getByText('Recording', { exact: true }).waitFor()
    await page.getByLabel('Note at this moment').press('Enter')
    await page.getByText('Noted.').waitFor()
    expect(recorder.asked).toEqual(['pause card', 'resume', 'note Wants the 7-day pass'])
    expect(await page.getByLabel('Note at this moment').inputValue()).toBe('')
  })

  it('shows and obeys the key that was chosen, and none where none was', async () => {
    recorder.become(makeRecording({}, { pauseKey: 'Control+F9' }))
    await button(/Card pause\s*Ctrl\+F9|Card pause/).getByText('Ctrl+F9').waitFor()
    await page.keyboard.press('F9')
    await page.keyboard.press('F8')
    await page.keyboard.press('Control+F9')
    await page.getByText('Paused', { exact: true }).waitFor()
    recorder.become({ ...makeWrapUp(), pauseKey: null })
    recorder.become(makeRecording({}, { pauseKey: null }))
    await button(/Card pause/).waitFor()
    expect(await page.locator('kbd').count()).toBe(0)
    expect(recorder.asked).toEqual(['pause card'])
  })

  it('shows the length of the call and both levels as they change', async () => {
    recorder.become(makeRecording())
    recorder.live = { atMs: 138_200, levelsDb: { technician: -15, customer: -Infinity } }
    await page.getByText('2:18').waitFor()
    const widths = await page.locator('.meter div').evaluateAll((fills) => fills.map((fill) => fill.getBoundingClientRect().width / (fill.parentElement?.clientWidth ?? 1)))
    expect(widths[0]).toBeCloseTo(0.75, 2)
    expect(widths[1]).toBe(0)
  })

  it('shows the record, the latest actions and what is wrong, the worst first', async () => {
    recorder.become(makeRecording({ tracks: [{ track: 'customer', state: 'lost', cause: 'device-unplugged', fromMs: 5_000 }] }, {
      faults: [
        { id: 'a', severity: 'warn', message: 'The disk is nearly full.', remedy: 'Free some space.' },
        { id: 'b', severity: 'bad', message: "The customer's voice is not being recorded.", remedy: 'Plug the device in again.' },
      ],
      uplink: { state: 'away', since: new Date().toISOString() },
    }))
    expect((await page.locator('#notices li strong').allTextContents()).map((text) => text.slice(0, 20))).toEqual(["The customer's voice", 'The disk is nearly f', 'The server has been '])
    expect(await page.locator('#record').textContent()).toContain('Rina Hartono')
    expect(await page.locator('#actions li').allTextContents()).toEqual(['2:03International roamingoff→on', '0:44Opened Rina Hartono'])
  })

  it('shows what a coach writes until it is read, by mouse or F9, the oldest first', async () => {
    recorder.become(makeRecording({ coaching: COACHED }))
    await page.getByText('it is cheaper for two weeks').waitFor()
    expect(await page.title()).toBe('(2) Sari Wibowo – Callwitness')
    await page.keyboard.press('F9')
    await expect.poll(() => recorder.asked).toEqual(['read a'])
    recorder.become(makeRecording({ coaching: { ...COACHED, texts: COACHED.texts.slice(1) } }))
    await page.getByText('it is cheaper for two weeks').waitFor({ state: 'detached' })
    await page.locator('#texts button').click()
    await expect.poll(() => recorder.asked).toEqual(['read a', 'read b'])
    recorder.become(makeRecording())
    await expect.poll(() => page.title()).toBe('Callwitness')
  })

  it('brings a text into view although it is full, and leaves a note that is being typed alone', async () => {
    recorder.become(STATES.faults!)
    await page.getByLabel('Note at this moment').fill('half a')
    const { call } = STATES.faults as Extract<PanelState, { phase: 'recording' }>
    recorder.become({ ...STATES.faults!, call: { ...call, coaching: { ...COACHED, texts: COACHED.texts.slice(0, 1) } } } as PanelState)
    await page.getByText('it is cheaper for two weeks').waitFor()
    expect(await page.locator('#texts li').evaluate((item) => item.getBoundingClientRect().bottom <= document.querySelector('main')!.getBoundingClientRect().bottom)).toBe(true)
    expect(await page.getByLabel('Note at this moment').inputValue()).toBe('half a')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('note-text')
  })

  it('says who is with the call and who speaks to the technician', async () => {
    recorder.become(makeRecording({ coaching: { ...COACHED, texts: [], speaker: SARI } }))
    await page.getByText('Sari Wibowo speaks to you alone.').waitFor()
    expect(await page.locator('#present li').allTextContents()).toEqual(['Sari Wibowo coaches'])
    recorder.become(makeRecording({ coaching: CROWDED }))
    await expect.poll(() => page.locator('#present li').allTextContents()).toEqual(['Sari Wibowo listens', 'Bima Putra is witness', 'Ayu Lestari listens'])
    recorder.become(makeRecording({ coaching: GUESTS }))
    await expect.poll(() => page.locator('#present li').allTextContents()).toEqual(['Rudi Hartanto is trainee, guest of Sari Wibowo', 'Notary Prihatini is witness, guest of Sari Wibowo'])
    recorder.become(makeRecording())
    await page.getByText('Linda Marsh').waitFor()
  })

  it('says in words why a command was refused', async () => {
    recorder.refusal = 'No microphone is plugged in. Plug one in and start again.'
    await button(/Start recording/).click()
    await page.getByText('No microphone is plugged in').waitFor()
    expect(await button(/Start recording/).isEnabled()).toBe(true)
  })

  it('says that nobody answers when the agent is gone, and goes on by itself when it is back', async () => {
    await panel.stop()
    await page.getByText('The agent does not answer').waitFor()
    expect(await page.getByRole('button').count()).toBe(0)
    recorder.become(makeRecording())
    panel = await start(panel.port)
    await page.getByText('Recording', { exact: true }).waitFor()
  })

  it('lets in with an address once, and no window without one', async () => {
    const url = panel.makeEntryUrl()
    const [first, second] = [await browser.newPage(), await browser.newPage()]
    await first.goto(url)
    await first.getByText('Ready').waitFor()
    expect(first.url()).not.toContain('#')
    await second.goto(url)
    await second.getByText('Open the panel again').waitFor()
    await first.close()
    await second.close()
  })
})

const SARI = { id: 's-1', name: 'Sari Wibowo' }
const COACHED: PanelCoaching = {
  present: [{ person: SARI, as: 'supervisor' }, { person: SARI, as: 'coach' }],
  texts: [
    { id: 'a', from: SARI, text: 'Offer the 7-day pass, it is cheaper for two weeks.', atMs: 121_000 },
    { id: 'b', from: SARI, text: 'And ask for his new address.', atMs: 130_000 },
  ],
  speaker: null,
}
const CROWDED: PanelCoaching = {
  present: [{ person: SARI, as: 'supervisor' }, { person: { id: 's-2', name: 'Bima Putra' }, as: 'witness' }, { person: { id: 's-3', name: 'Ayu Lestari' }, as: 'supervisor' }],
  texts: [],
  speaker: null,
}
const GUESTS: PanelCoaching = {
  present: [
    { person: { id: 'i-1', name: 'Rudi Hartanto' }, as: 'witness', invited: { as: 'trainee', by: SARI } },
    { person: { id: 'i-2', name: 'Notary Prihatini' }, as: 'witness', invited: { as: 'witness', by: SARI } },
  ],
  texts: [],
  speaker: null,
}

const STATES: Record<string, PanelState> = {
  idle: makeIdle(),
  'idle-unpaired': makeIdle({ technician: null, uplink: { state: 'unpaired' } }),
  starting: { ...makeIdle(), phase: 'starting' },
  recording: makeRecording(),
  behind: makeRecording({ record: null, recentActions: [], consent: null }, { uplink: { state: 'behind', behindMs: 12_400 } }),
  faults: makeRecording(
    { tracks: [{ track: 'technician', state: 'recording' }, { track: 'customer', state: 'lost', cause: 'device-unplugged', fromMs: 61_000 }, { track: 'screen', state: 'lost', cause: 'display-lost', fromMs: 3_000 }] },
    { uplink: { state: 'away', since: '2026-11-24T07:02:00Z' }, faults: [{ id: 'a', severity: 'bad', message: "The customer's voice is not being recorded (the headset was unplugged).", remedy: 'Plug the device in again or choose another one in the softphone.' }] },
  ),
  coached: makeRecording({ coaching: { ...COACHED, texts: COACHED.texts.slice(0, 1) } }),
  'coached-twice': makeRecording({ coaching: { ...COACHED, speaker: SARI } }),
  crowded: makeRecording({ coaching: CROWDED }),
  guest: makeRecording({ coaching: { ...GUESTS, present: GUESTS.present.slice(0, 1) } }),
  guests: makeRecording({ coaching: GUESTS }),
  paused: makePaused(),
  'wrap-up': makeWrapUp(),
}

describe.each(['light', 'dark'] as const)('in %s the panel', (colorScheme) => {
  it.each(Object.keys(STATES))('is accessible and fits its window: %s', async (name) => {
    await page.emulateMedia({ colorScheme })
    recorder.become(STATES[name]!)
    if (name !== 'starting' && !name.startsWith('idle')) recorder.live = { atMs: 138_000, levelsDb: { technician: -21, customer: -43 } }
    await page.waitForTimeout(250)
    await page.addScriptTag({ path: AXE })
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } } // put there by the line above
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    })
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/panel-${name}-${colorScheme}.png` })
    expect(violations).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(SIZE.width)
  })
})
