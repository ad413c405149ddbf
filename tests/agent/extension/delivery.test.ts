import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { startActionReceiver } from '@/agent/capture/actions/action-receiver'
import { pause, SECRET, servePages, startWatchedBrowser, until, type Pages, type Watched } from './browser'

let pages: Pages
let browser: Watched

beforeEach(async () => {
  pages = await servePages()
  pages.show('<title>Northstar</title><h1>Rina Hartono</h1><input name="note"><button>elsewhere</button>')
})
afterEach(async () => {
  await browser.stop()
  await pages.stop()
})

const open = (): Promise<Page> => browser.open(`${pages.origin}/customers/C-204`)
async function type(page: Page, text: string): Promise<void> {
  await page.locator('input').fill(text)
  await page.getByText('elsewhere').click()
}
const typed = (): (string | null)[] => browser.received.filter(({ data }) => data.verb === 'changed').flatMap(({ data }) => data.changes.map(({ to }) => to))
const texts = (count: number): string[] => Array.from({ length: count }, (_text, index) => `note ${index}`)

describe('the way from the page to the agent', () => {
  it('keeps what waits for an agent that is away while the service worker is stopped, and delivers it in order, once', async () => {
    browser = await startWatchedBrowser([pages.origin])
    const { port } = browser.receiver
    const page = await open()
    await browser.receiver.stop()
    for (const text of texts(6)) {
      await type(page, text)
      if (text === 'note 1' || text === 'note 4') await browser.stopWorker()
    }
    const again = await startActionReceiver({
      port,
      pairingSecret: SECRET,
      allowedOrigins: [pages.origin],
      onAction: (action) => void browser.received.push(action),
      log: () => undefined,
    })
    again.beginCall(crypto.randomUUID(), Date.now() - 60_000)
    await browser.stopWorker()
    await type(page, 'note 6')
    await until(() => typed().length >= 7, () => `seven notes; arrived: ${JSON.stringify(typed())}`)
    await pause(300)
    expect(typed()).toEqual(texts(7))
    await again.stop()
  })

  it('loses and doubles nothing when the service worker is stopped again and again', async () => {
    browser = await startWatchedBrowser([pages.origin])
    browser.receiver.beginCall(crypto.randomUUID(), Date.now())
    const page = await open()
    for (const text of texts(8)) {
      await type(page, text)
      if (Number(text.slice(-1)) % 2) await browser.stopWorker()
    }
    // A delivery that was cut off is made again by the alarm, at the latest after half a minute.
    await until(() => typed().length >= 8, () => `eight notes; arrived: ${JSON.stringify(typed())}`, 40_000)
    await pause(300)
    expect(typed()).toEqual(texts(8))
  }, 90_000)

  it('forgets what was done between calls', async () => {
    browser = await startWatchedBrowser([pages.origin])
    const page = await open()
    await type(page, 'between calls')
    await pause(300)
    browser.receiver.beginCall(crypto.randomUUID(), Date.now() - 60_000)
    await type(page, 'in the call')
    await until(() => typed().length > 0, 'the note of the call')
    expect(typed()).toEqual(['in the call'])
  })

  it('says which record was already open when a call begins', async () => {
    browser = await startWatchedBrowser([pages.origin])
    const page = await open()
    await pause(300)
    browser.receiver.beginCall(crypto.randomUUID(), Date.now())
    await type(page, 'hello')
    await browser.waitFor(2)
    expect(browser.received.map(({ data }) => [data.verb, data.object.name])).toEqual([['changed', 'Rina Hartono'], ['focused', 'Rina Hartono']])
  })

  it('delivers nothing with a wrong secret, says so on its button, and goes on when the options are corrected', async () => {
    browser = await startWatchedBrowser([pages.origin], { extensionSecret: 'not-the-pairing-secret' })
    browser.receiver.beginCall(crypto.randomUUID(), Date.now())
    expect(browser.receiver.pairing()).toMatchObject({ state: 'refused' })
    const options = await browser.open(`${browser.extensionOrigin}/options.html`)
    await until(() => browser.receiver.pairing().state === 'refused', 'a refusal')
    await options.locator('#status', { hasText: 'pairing secret is wrong' }).waitFor()
    await options.getByLabel('Pairing secret').fill(SECRET)
    await options.getByRole('button', { name: 'Pair' }).click()
    await options.getByText('Paired. A call is being recorded.').waitFor()
    await until(() => browser.receiver.pairing().state === 'heard', 'the right secret')
    await pause(300)
    await type(await open(), 'at last')
    await until(() => typed().length > 0, 'the note')
    expect(typed()).toEqual(['at last'])
  })
})
