/** The list and the call's page against the whole server, in Chromium, with a call that was really sent. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { makeViewer } from '../../support/people'
import { launchBrowser } from './browser'
import { recordCall } from './call-fixture'
import { type TestServer, startServer } from './server'
import { openPage, signIn } from './visitor'

let server: TestServer
let browser: Browser
let technician: Viewer
let callId: CallId
let page: Page
beforeAll(async () => {
  server = await startServer()
  browser = await launchBrowser()
  technician = await makeViewer(server.database, 'technician')
  callId = await recordCall(server, browser, technician)
  page = await openPage(browser)
  await signIn(page, server.origin, technician.email)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const positionMs = async (): Promise<number> => {
  const [minutes, seconds] = (await page.getByTestId('position').textContent())!.split(':').map(Number)
  return Math.round((minutes! * 60 + seconds!) * 1_000)
}
const openAt = async (atMs: number): Promise<void> => {
  await page.goto(`${server.origin}/calls/${callId}?t=${atMs}`)
  await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor()
}

describe('the list of calls', () => {
  it('says with whom, what changed, what is missing, and leads to the call', async () => {
    await page.goto(`${server.origin}/calls`)
    const row = page.getByRole('row', { name: /Rina Hartono/ })
    expect(await server.database.auditEntry.count({ where: { actorId: technician.id, verb: 'calls-listed' } })).toBeGreaterThan(0)
    expect(await row.textContent()).toContain('Roaming off → on')
    expect(await row.textContent()).toContain('2 s of screen lost')
    await row.getByRole('link').click()
    await page.waitForURL(`${server.origin}/calls/${callId}`)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Rina Hartono')
  })
})

describe('the page of a call', () => {
  it('plays sound and screen from the moment in its address, and the words follow', async () => {
    await openAt(29_100)
    expect(await positionMs()).toBe(29_100)
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await page.locator('[data-spoken]').first().waitFor()
    await expect.poll(positionMs, { timeout: 10_000 }).toBeGreaterThan(30_000)
    const video = page.locator('video')
    expect(await video.evaluate((element: HTMLVideoElement) => [element.videoWidth, element.paused])).toEqual([1_280, false])
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.paused)).toBe(true)
  })

  it('goes to a word that is clicked', async () => {
    await openAt(29_100)
    const word = page.locator('[data-at]', { hasText: 'twenty-four' })
    const atMs = Number(await word.getAttribute('data-at'))
    await word.click()
    expect(Math.abs((await positionMs()) - atMs)).toBeLessThan(100)
    await expect.poll(() => page.locator('video').evaluate((element: HTMLVideoElement) => Math.round(element.currentTime * 1_000))).toBe(atMs)
  })

  it('sets the change between the sentences, with old and new value', async () => {
    await openAt(18_300)
    const texts = await page.getByRole('region', { name: 'Transcript' }).getByRole('listitem').allTextContents()
    const change = texts.findIndex((text) => text.includes('Roaming') && text.includes('off'))
    expect(texts[change]).toMatch(/off.*on/)
    expect(texts[change - 1]).toContain('I will switch roaming on for you.')
    expect(texts.slice(change).some((text) => text.includes('Roaming is on now.'))).toBe(true)
  })

  it('is led by the keyboard', async () => {
    await openAt(20_000)
    const press = async (key: string): Promise<number> => {
      await page.keyboard.press(key)
      return positionMs()
    }
    expect(await press('ArrowRight')).toBe(25_000)
    expect(await press('ArrowLeft')).toBe(20_000)
    expect(await press('j')).toBe(47_200)
    expect(await press('k')).toBe(19_900)
    expect(await press(']')).toBe(22_000)
    expect(await press('[')).toBeLessThan(22_000)
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  })

  it('copies a link that opens at the moment', async () => {
    await openAt(47_200)
    await page.keyboard.press('c')
    await page.getByText('Link to this moment copied.').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${server.origin}/calls/${callId}?t=47200`)
  })

  it('goes where the lanes are pressed, and to what stands on them', async () => {
    await openAt(0)
    await page.getByRole('button', { name: /^Comment\s+at 0:47/ }).click()
    expect(await positionMs()).toBe(47_200)
    const ruler = (await page.getByText('1:00', { exact: true }).last().boundingBox())!
    await page.mouse.click(ruler.x, ruler.y + 40)
    expect(Math.abs((await positionMs()) - 60_000)).toBeLessThan(500)
  })

  it('says loudly where nothing was kept, by whom and why', async () => {
    await openAt(70_000)
    expect(await page.getByRole('status').filter({ hasText: 'Nothing was kept for 9 s' }).textContent()).toContain(technician.name)
    await openAt(78_500)
    await page.getByRole('status').filter({ hasText: /The display went away\.$/ }).waitFor()
    const line = page.getByRole('region', { name: 'Transcript' }).getByRole('listitem').filter({ hasText: 'The display went away.' })
    await line.getByText('Technical detail').click()
    await line.getByText('the monitor was unplugged').waitFor()
  })

  it('mutes one party and not the other', async () => {
    await page.addInitScript(keepGains)
    await openAt(1_000)
    const mute = page.getByRole('button', { name: `Mute ${technician.name}` })
    await mute.click()
    expect(await mute.getAttribute('aria-pressed')).toBe('true')
    expect(await page.getByRole('button', { name: 'Mute Rina Hartono' }).getAttribute('aria-pressed')).toBe('false')
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await expect.poll(loudness).toEqual([0, 1])
    await mute.click()
    await expect.poll(loudness).toEqual([1, 1])
  })

  it('shows the certificate: recorded + paused + lost = the length', async () => {
    await openAt(0)
    await page.getByRole('button', { name: '2 s of screen lost, 9 s paused' }).click()
    const screen = page.getByRole('row', { name: /^Screen/ })
    await screen.waitFor()
    expect(await screen.getByRole('cell').allTextContents()).toEqual(['1 min 25 s', '9 s', '2 s', '1 min 36 s'])
  })

  it('says why the playback file failed, and makes it again on a press', async () => {
    await server.database.callTask.update({ where: { callId_kind: { callId, kind: 'playback' } }, data: { state: 'failed', error: 'The disk was full: 3 MB free, 40 MB needed.' } })
    await page.goto(`${server.origin}/calls/${callId}`)
    await page.getByText('The disk was full: 3 MB free, 40 MB needed.').waitFor()
    await page.getByRole('button', { name: 'Run it again' }).click()
    await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).waitFor({ timeout: 60_000 })
  }, 90_000)
})

describe('rights', () => {
  it('show the same page for a call that is somebody else’s and for one that is none', async () => {
    const other = await openPage(browser)
    await signIn(other, server.origin, (await makeViewer(server.database, 'technician')).email)
    const see = async (id: string): Promise<string> => {
      await other.goto(`${server.origin}/calls/${id}`)
      await other.getByRole('heading', { name: 'Nothing here for you' }).waitFor()
      return other.getByRole('main').innerText()
    }
    const forbidden = await see(callId)
    expect(await see('11111111-1111-4111-8111-111111111111')).toBe(forbidden)
    expect(await see('no-id')).toBe(forbidden)
    expect(forbidden).not.toContain('Rina')
    expect(await other.title()).not.toContain('Rina')
  })

  it('let an administrator see it, and each look is written down', async () => {
    const admin = await makeViewer(server.database, 'admin')
    const other = await openPage(browser)
    await signIn(other, server.origin, admin.email)
    await other.goto(`${server.origin}/calls/${callId}`)
    await other.getByRole('heading', { name: 'Rina Hartono' }).waitFor()
    const looks = await server.database.auditEntry.findMany({ where: { callId, actorId: admin.id, verb: 'looked' } })
    expect(looks).toHaveLength(1)
  })
})

type Listened = Window & { gains?: GainNode[] }

/** In the page, before its own scripts: the volumes that it sets, technician first. */
function keepGains(): void {
  const gains: GainNode[] = []
  ;(window as Listened).gains = gains
  const make: (this: BaseAudioContext) => GainNode = Reflect.get(BaseAudioContext.prototype, 'createGain')
  BaseAudioContext.prototype.createGain = function (this: BaseAudioContext) {
    const gain = make.call(this)
    gains.push(gain)
    return gain
  }
}
const loudness = (): Promise<number[]> => page.evaluate(() => ((window as Listened).gains ?? []).map(({ gain }) => Math.round(gain.value)))
