import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { pause, servePages, startWatchedBrowser, type Pages, type Watched } from './browser'

let pages: Pages
let browser: Watched

beforeAll(async () => {
  pages = await servePages()
  browser = await startWatchedBrowser([pages.origin])
  browser.receiver.beginCall(crypto.randomUUID(), Date.now())
})
afterAll(async () => {
  await browser.stop()
  await pages.stop()
})
beforeEach(async () => {
  for (const page of browser.context.pages().slice(1)) await page.close()
  browser.received.length = 0
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

describe('a page that swaps its content itself', () => {
  it('is told at each navigation, and a heading left over from the record before is not the next one’s name', async () => {
    const page = await open('<title>Northstar</title><h1>Rina Hartono</h1>')
    await page.evaluate(() => {
      history.pushState(null, '', '/customers/C-205')
      setTimeout(() => { document.querySelector('h1')!.textContent = 'Budi Santoso' }, 400)
    })
    const [visit, opened] = await browser.waitFor(2)
    expect(visit?.data.object.url).toBe(`${pages.origin}/customers/C-205`)
    expect(opened?.data).toMatchObject({ verb: 'opened', object: { id: 'C-205', name: 'Budi Santoso' } })
    expect((opened?.wallMs ?? 0) - (visit?.wallMs ?? 0)).toBeLessThan(300)
  })

  it('is told by its own attributes where it has them', async () => {
    const page = await open('<meta name="callwitness" content="attributes"><meta name="application-name" content="Northstar"><main></main>', '/')
    await page.evaluate(() => { document.querySelector('main')!.innerHTML = '<section data-callwitness-record="ticket:48213" data-callwitness-name="Roaming"></section>' })
    const [opened] = await browser.waitFor(1)
    expect(opened?.data).toMatchObject({ source: 'Northstar', verb: 'opened', object: { type: 'ticket', id: '48213', name: 'Roaming' } })
  })
})

describe('a field change', () => {
  it.each([
    ['an input', '<label>Note <input name="note" value="old"></label>', async (page: Page) => page.locator('input').fill('new'), { field: 'note', label: 'Note', from: 'old', to: 'new' }],
    ['a text area', '<textarea id="comment" aria-label="Comment"></textarea>', async (page: Page) => page.locator('textarea').pressSequentially('Hi'), { field: 'comment', label: 'Comment', from: '', to: 'Hi' }],
    ['a checkbox clicked by its label', '<input type="checkbox" id="r" name="roaming"><label for="r">Roaming:</label>', async (page: Page) => page.locator('label').click(), { field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }],
    ['a radio button', '<label><input type="radio" name="plan" value="a" checked>Flex 20</label><label><input type="radio" name="plan" value="b">Flex 40</label>', async (page: Page) => page.getByText('Flex 40').click(), { field: 'plan', label: 'Flex 20', from: 'Flex 20', to: 'Flex 40' }],
    ['a select by keyboard', '<label>Plan <select name="plan"><option>Flex 20<option>Flex 40</select></label>', async (page: Page) => page.locator('select').press('ArrowDown'), { field: 'plan', label: 'Plan', from: 'Flex 20', to: 'Flex 40' }],
    ['editable text', '<div contenteditable aria-label="Reply">Dear</div>', async (page: Page) => { await page.locator('div').press('End'); await page.keyboard.type(' Rina') }, { field: 'Reply', label: 'Reply', from: 'Dear', to: 'Dear Rina' }],
    ['an input in a shadow root', '<x-field></x-field><script>customElements.define("x-field", class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = `<label>City <input name="city"></label>` } })</script>', async (page: Page) => page.locator('input').fill('Tokyo'), { field: 'city', label: 'City', from: '', to: 'Tokyo' }],
  ])('in %s has its old and its new value', async (_what, html, act, expected) => {
    const page = await open(`<h1>Rina Hartono</h1>${html}<button>elsewhere</button>`)
    await act(page)
    await page.getByText('elsewhere').click()
    const [changed] = await browser.waitFor(1)
    expect(changed?.data).toMatchObject({ verb: 'changed', object: { type: 'customer', id: 'C-204', name: 'Rina Hartono' }, changes: [expected] })
  })

  it('carries the wall clock of the last keystroke, not of the moment at which the field was left', async () => {
    const page = await open('<input name="note"><button>elsewhere</button>')
    await page.evaluate(() => document.querySelector('input')!.addEventListener('input', (event) => {
      document.title = String(performance.timeOrigin + event.timeStamp)
    }))
    await page.locator('input').pressSequentially('abc')
    await pause(400)
    await page.getByText('elsewhere').click()
    const [changed] = await browser.waitFor(1)
    expect(Math.abs((changed?.wallMs ?? 0) - Number(await page.title()))).toBeLessThan(5)
  })

  it('is none when the value came back, when the page made it, or when it was only looked at', async () => {
    const page = await open('<input name="a" value="same"><input name="b"><button>elsewhere</button>')
    await page.locator('[name=a]').press('x')
    await page.locator('[name=a]').press('Backspace')
    await pause(1_100)
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('[name=b]')!
      input.value = 'by the page'
      input.dispatchEvent(new Event('input', { bubbles: true }))
      input.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await page.getByText('elsewhere').click()
    await pause(300)
    expect(browser.received).toEqual([])
  })

  it('that was never left is told when the page goes away', async () => {
    const page = await open('<input name="note">')
    await page.locator('input').fill('half a thou')
    await page.goto('about:blank')
    await browser.waitFor(1)
    expect(changes()).toMatchObject([{ field: 'note', to: 'half a thou' }])
  })
})

describe('a saved form', () => {
  const FORM = '<h1>Rina</h1><form onsubmit="event.preventDefault()"><input name="note" value="a"><input type="checkbox" name="roaming"><button>Save</button></form>'

  it('lists what was changed since the last save, each field once', async () => {
    const page = await open(FORM)
    await page.locator('[name=note]').fill('b')
    await page.locator('[name=roaming]').click()
    await page.locator('[name=roaming]').click()
    await page.locator('[name=note]').fill('c')
    await page.locator('button').click()
    await browser.waitFor(5)
    const saves = browser.received.filter(({ data }) => data.verb === 'saved')
    expect(saves.map(({ data }) => data.changes)).toEqual([[{ field: 'note', from: 'a', to: 'c' }]])
    await page.locator('button').click()
    await browser.waitFor(6)
    expect(browser.received.at(-1)?.data).toMatchObject({ verb: 'saved', changes: [] })
  })

  it('is seen when Enter submits it, with the text that was still being typed before it', async () => {
    const page = await open(FORM)
    await page.locator('[name=note]').fill('b')
    await page.locator('[name=note]').press('Enter')
    await browser.waitFor(2)
    expect(browser.received.map(({ data }) => data.verb)).toEqual(['changed', 'saved'])
  })

  it('is seen when a button saves by itself, without a form or by preventing its form', async () => {
    const page = await open('<input name="note"><button type="button">Save changes</button><form><button onclick="event.preventDefault()">Update</button></form>')
    await page.locator('input').fill('x')
    await page.getByText('Save changes').click()
    await page.getByText('Update').click()
    await browser.waitFor(3)
    expect(browser.received.map(({ data }) => data.verb)).toEqual(['changed', 'saved', 'saved'])
  })

  it('is none when the form is refused, searches or signs in', async () => {
    const page = await open('<form><input required><button>Save</button></form><form role="search" onsubmit="event.preventDefault()"><input type="search"><button>Submit</button></form><form onsubmit="event.preventDefault()"><input type="password"><button>Submit</button></form>')
    for (const button of await page.locator('button').all()) await button.click()
    await pause(300)
    expect(browser.received).toEqual([])
  })
})

describe('what is secret', () => {
  const CARD = '4111 1111 1111 1111'
  it.each([
    ['a password', '<input type="password" name="x">'],
    ['a password that the page shows', '<input type="password" name="x"><script>setTimeout(() => { document.querySelector("input").type = "text" }, 50)</script>'],
    ['autocomplete of a card', '<input name="x" autocomplete="billing cc-name">'],
    ['autocomplete of a code', '<input name="x" autocomplete="one-time-code">'],
    ['a name in camel case', '<input name="cardNumber">'],
    ['a name with a number', '<input name="cvv2">'],
    ['an id with dashes', '<input id="payment-card-holder">'],
    ['a label', '<label>Card verification: <input name="x"></label>'],
    ['an aria-label', '<input name="x" aria-label="PIN">'],
    ['a labelling element', '<span id="l">Social security number</span><input name="x" aria-labelledby="l">'],
    ['a placeholder', '<input name="x" placeholder="IBAN">'],
    ['a legend around it', '<fieldset><legend>Payment card</legend><label>Number <input name="x"></label></fieldset>'],
    ['dots drawn by CSS', '<input name="x" style="-webkit-text-security: disc">'],
    ['one of the boxes of a code', '<div><input name="x" maxlength="1"><input maxlength="1"><input maxlength="1"></div>'],
    ['one quarter of a card number', '<p><span><input name="x" maxlength="4"></span><span><input maxlength="4"></span><span><input maxlength="4"></span><span><input maxlength="4"></span></p>'],
    ['what the page’s owner marks', '<section data-callwitness-secret><textarea name="x"></textarea></section>'],
  ])('by %s is never told', async (_what, html) => {
    const page = await open(`<h1>Rina</h1>${html}<input name="witness"><button>Save</button>`)
    await pause(100)
    await page.locator('input, textarea').first().pressSequentially('424')
    await page.locator('[name=witness]').fill('seen')
    await page.getByText('Save').click()
    await browser.waitFor(2)
    expect(JSON.stringify(browser.received.map(({ data }) => data.changes))).not.toContain('424')
    expect(changes()).toMatchObject([{ field: 'witness', to: 'seen' }])
  })

  it.each([
    ['typed into a comment', '<textarea name="comment"></textarea>', async (page: Page) => page.locator('textarea').fill(`He read ${CARD} to me, code 123`)],
    ['that stood there and was deleted', `<textarea name="comment">${CARD}</textarea>`, async (page: Page) => page.locator('textarea').fill('gone')],
    ['in a chosen option', `<select><option>none<option>${CARD}</select>`, async (page: Page) => page.locator('select').press('ArrowDown')],
  ])('a card number %s is withheld whole', async (_what, html, act) => {
    const page = await open(`<h1>Rina</h1>${html}<button>Save</button>`)
    await act(page)
    await page.getByText('Save').click()
    const sent = JSON.stringify((await browser.waitFor(2)).map(({ data }) => data.changes))
    expect(sent).toContain('[withheld: looks like a card number]')
    expect(sent).not.toMatch(/1111|123/)
  })
})

it('watches no page of an origin that the configuration does not name', async () => {
  const elsewhere = await servePages()
  elsewhere.show('<h1>Private</h1><input name="note"><button>Save</button>')
  const page = await browser.open(`${elsewhere.origin}/customers/C-1`)
  await page.locator('input').fill('private')
  await page.locator('button').click()
  await pause(500)
  expect(browser.received).toEqual([])
  await elsewhere.stop()
})
