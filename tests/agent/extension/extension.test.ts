import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { pause, servePages, startWatchedBrowser, type Pages, type Watched } from './browser'

let pages: Pages
let browser: Watched

beforeAll(async () => {
  pages = await servePages()
  browser = await startWatchedBrowser([pages.origin])
})
afterAll(async () => {
  await browser.stop()
  await pages.stop()
})
beforeEach(() => {
  browser.received.length = 0
  browser.receiver.beginCall(crypto.randomUUID(), Date.now())
})

async function open(html: string, path = '/customers/C-204'): Promise<Page> {
  pages.show(html)
  const page = await browser.open(`${pages.origin}${path}`)
  const isRecord = /\d/.test(path)
  await browser.waitFor(isRecord ? 2 : 1)
  browser.received.length = 0
  return page
}
const changes = () => browser.received.filter(({ data }) => data.verb === 'changed').flatMap(({ data }) => data.changes)

describe('a page visit', () => {
  it('is told with its title, and the record that it shows with its name', async () => {
    pages.show('<title>Northstar</title><h1>Rina Hartono</h1>')
    await browser.open(`${pages.origin}/customers/C-204?token=abc#frag`)
    const [visit, opened] = await browser.waitFor(2)
    const url = `${pages.origin}/customers/C-204`
    expect(visit?.data).toEqual({ source: '127.0.0.1', verb: 'visited', object: { type: 'page', name: 'Northstar', url }, changes: [] })
    expect(opened?.data).toEqual({ source: '127.0.0.1', verb: 'opened', object: { type: 'customer', id: 'C-204', name: 'Rina Hartono', url }, changes: [] })
  })
})
