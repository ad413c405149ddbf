/** What a technician's screen shows, without a letter on it: the fonts of a machine would change it. */
import type { Browser } from 'playwright-core'

export async function drawDesk(browser: Browser): Promise<Uint8Array> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 720 } })
  await page.setContent(DESK)
  const picture = await page.screenshot()
  await page.close()
  return picture
}

const line = (width: number): string => `<i style="width:${width}px"></i>`
const field = `${line(90)}<b></b>`
const DESK = `<!doctype html><style>
  body { margin: 0; background: #fff } header { height: 44px; background: #e9e7e1 }
  main { display: grid; grid-template-columns: 290px 1fr 300px; height: 676px }
  main > * { padding: 24px; border-right: 1px solid #ddd }
  i { display: block; height: 10px; margin: 14px 0 8px; border-radius: 5px; background: #c9c6bd }
  b { display: block; height: 30px; border: 1px solid #cfccc4; border-radius: 4px }
</style><header></header><main>
  <section>${line(140)}${field.repeat(6)}</section>
  <section>${line(320)}${line(460)}${line(420)}<b style="height:120px;background:#fff6e0"></b>${line(440)}</section>
  <section>${line(150)}${line(200)}${line(170)}</section></main>`
