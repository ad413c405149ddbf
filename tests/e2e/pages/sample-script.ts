/** The call that the tests of pages look at: a minute and a half in which roaming is switched on and a card is paused for. */
import type { Browser } from 'playwright-core'
import type { Script } from '../../support/sample-call'
import { drawCrm } from './crm-picture'

const COMMENT = 'Customer declined 24-month plan, roaming only.'
const TICKET = { type: 'ticket', id: '48213', name: 'Roaming for a trip to Japan', url: 'https://northstar.example/tickets/48213' }
const CUSTOMER = { type: 'customer', id: '7', name: 'Rina Hartono' }
const LINE = { type: 'line', name: '+62 812 5550 184' }

export async function makeSampleScript(browser: Browser): Promise<Script> {
  const [before, roaming, after] = await drawCrm(browser, [
    { isRoaming: false, comment: '' },
    { isRoaming: true, comment: '' },
    { isRoaming: true, comment: COMMENT },
  ])
  return {
    lengthMs: 96_000,
    sentences: [
      { track: 'technician', atMs: 1_000, text: 'Northstar support, this is Linda. This call is recorded.' },
      { track: 'customer', atMs: 7_000, text: 'Hello, I am flying to Japan and would like to use my phone there.' },
      { track: 'technician', atMs: 14_000, text: 'I will switch roaming on for you. One moment.' },
      { track: 'technician', atMs: 22_000, text: 'Roaming is on now. You will see it in the app within a minute or so.' },
      { track: 'customer', atMs: 29_000, text: 'Good. And to be clear, I do not want the twenty-four month plan. Last time somebody put me on it without asking.' },
      { track: 'technician', atMs: 39_000, text: 'Understood. I will leave your plan as it is, Flex Twenty, month by month, and I will note that on the ticket.' },
      { track: 'customer', atMs: 51_000, text: 'Thank you. There is also a charge of twelve dollars on the last bill that I do not recognise.' },
      { track: 'technician', atMs: 60_000, text: 'I see it. Shall I refund it to your card?' },
      { track: 'customer', atMs: 65_000, text: 'Yes, please.' },
      { track: 'technician', atMs: 82_000, text: 'That is done. Have a good flight.' },
      { track: 'customer', atMs: 87_000, text: 'Thank you, goodbye.' },
    ],
    screen: [
      { atMs: 0, png: before! },
      { atMs: 18_000, png: roaming! },
      { atMs: 47_000, png: after! },
    ],
    actions: [
      { atMs: 2_200, verb: 'opened', object: TICKET, changes: [] },
      { atMs: 9_500, verb: 'opened', object: CUSTOMER, changes: [] },
      { atMs: 18_300, verb: 'changed', object: LINE, changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }] },
      { atMs: 19_900, verb: 'saved', object: CUSTOMER, changes: [] },
      { atMs: 47_200, verb: 'changed', object: TICKET, changes: [{ field: 'comment', label: 'Comment', from: null, to: COMMENT }] },
      { atMs: 90_000, verb: 'changed', object: TICKET, changes: [{ field: 'status', label: 'Status', from: 'Open', to: 'Solved' }] },
      { atMs: 99_000, verb: 'saved', object: TICKET, changes: [] },
    ],
    notes: [{ atMs: 62_000, text: 'Ask billing why the charge came twice.' }],
    pause: { fromMs: 68_000, toMs: 77_000 },
    screenLost: { fromMs: 78_000, toMs: 80_000 },
  }
}
