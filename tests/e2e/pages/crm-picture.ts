/** What the technician's screen shows in the sample call: a ticket before and after roaming was switched on. */
import type { Browser } from 'playwright-core'

export async function drawCrm(browser: Browser, states: readonly { isRoaming: boolean; comment: string }[], viewport = { width: 1_280, height: 720 }): Promise<Uint8Array[]> {
  const page = await browser.newPage({ viewport })
  const pictures: Uint8Array[] = []
  for (const state of states) {
    await page.setContent(crm(state))
    pictures.push(await page.screenshot())
  }
  await page.close()
  return pictures
}

const crm = ({ isRoaming, comment }: { isRoaming: boolean; comment: string }): string => `<!doctype html><style>
  body { margin: 0; font: 16px/1.5 sans-serif; color: #1c1b18; background: #fff; }
  .bar { height: 44px; background: #f3f2ee; border-bottom: 1px solid #ddd; line-height: 44px; padding: 0 20px; color: #555 }
  main { display: grid; grid-template-columns: 290px 1fr 300px; height: 675px }
  main > * { padding: 20px; border-right: 1px solid #e5e5e5 }
  label { display: block; color: #777; margin-top: 14px } b.field { display: block; border: 1px solid #ddd; border-radius: 4px; padding: 4px 10px; font-weight: 400; color: #222 }
  .roaming { outline: ${isRoaming ? '2px solid #5a49bd' : '0'}; outline-offset: 6px; border-radius: 6px }
  .note { background: #fff6e0; border-radius: 6px; padding: 12px; min-height: 24px }
</style><div class="bar">northstar.example/tickets/48213</div><main>
  <section><strong>Ticket #48213</strong><label>Requester</label><b class="field">Rina Hartono</b><label>Assignee</label><b class="field">Linda Marsh</b>
  <label>Plan</label><b class="field">Flex 20</b><div class="roaming"><label>International roaming</label><b class="field">${isRoaming ? 'On' : 'Off'}</b></div></section>
  <section><h2>Roaming for a trip to Japan</h2><p>Calls about roaming from 27 November, two weeks.</p><div class="note">${comment}</div></section>
  <section><strong>Rina Hartono</strong><br>rina.hartono@example.com<br>+62 812 5550 184<p style="color:#777">Customer since 2019</p></section></main>`
