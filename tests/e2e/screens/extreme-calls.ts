/** Calls at the edges of what a page must hold: long and foreign names, three hours, nothing said, 40 gaps, 5 000 actions. */
import type { GapCause } from '@/protocol/entries'
import type { Track } from '@/protocol/tracks'
import type { Party, Spoken } from '../../support/sample-call'
import { CHUNK_MS, type ExtremeScript, type Gap } from './extreme-script'

export type ExtremeName = 'long-names' | 'right-to-left' | 'three-hours' | 'without-screen' | 'without-words' | 'forty-gaps' | 'withheld-number' | 'many-actions'
/** `atMs` is where its page is opened; `technician` how whoever took it is called. */
export type ExtremeCall = Readonly<{ name: ExtremeName; technician: string; atMs: number; script: ExtremeScript }>

const MINUTE_MS = 60_000
const LINDA = 'Linda Marsh'
const LONG_PERSON = 'Maria-Magdalena Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh of the second line support team'
const LONG_WORD = 'https://northstar.example/kundenservice/rechnungen/2026/11/Donaudampfschifffahrtsgesellschaftskapitaen?id=48213&view=everything'

const DIALOGUE: readonly (readonly [Party, string])[] = [
  ['technician', 'Northstar support, this is Linda. This call is recorded.'],
  ['customer', 'Hello, I am flying to Japan and would like to use my phone there.'],
  ['technician', 'I will switch roaming on for you. One moment, please.'],
  ['customer', 'Good. And to be clear, I do not want the twenty-four month plan.'],
  ['technician', 'Understood. I will leave your plan as it is, month by month.'],
  ['customer', 'There is also a charge on the last bill that I do not recognise.'],
]

const RIGHT_TO_LEFT: readonly (readonly [Party, string])[] = [
  ['technician', 'שלום, מדברת סמדר מהתמיכה של Northstar. השיחה מוקלטת.'],
  ['customer', 'مرحبا، أريد تفعيل التجوال في اليابان على الرقم +62 812 5550 184 من فضلك.'],
  ['technician', 'רגע אחד, אני מפעילה את הנדידה עבורך.'],
  ['customer', 'شكرا جزيلا، ولا أريد خطة Flex 20 لمدة أربعة وعشرين شهرا.'],
]

/** One after the other, over and over, each as long as its words take. */
function talk(lengthMs: number, dialogue = DIALOGUE, everyMs = 9_000): Spoken[] {
  return Array.from({ length: Math.floor((lengthMs - 2_000) / everyMs) }, (_, index) => {
    const [track, text] = dialogue[index % dialogue.length]!
    const atMs = 1_000 + index * everyMs
    return { track, text, atMs, endMs: atMs + Math.min(everyMs - 1_000, text.length * 65) }
  })
}

const FFMPEG_SAID = `ffmpeg ended with code 1: [x11grab @ 0x55d0c8a3f2c0] Cannot get the image data event_error: response_type:0 error_code:8 sequence:1291 resource_id:1352 minor_code:4 major_code:130.
Error while decoding stream #0:0: Invalid argument
av_interleaved_write_frame(): Broken pipe`

const TICKET = { type: 'ticket', id: '48213', name: 'Roaming for a trip to Japan', url: 'https://northstar.example/tickets/48213' }
const CUSTOMER = { type: 'customer', id: '7', name: 'Rina Hartono' }
const LINE = { type: 'line', name: '+62 812 5550 184' }
const DEEDS: ExtremeScript['actions'] = [
  { atMs: 4_000, verb: 'visited', object: { type: 'page', name: 'Northstar CRM', url: 'https://northstar.example/' }, changes: [] },
  { atMs: 12_000, verb: 'opened', object: TICKET, changes: [] },
  { atMs: 21_000, verb: 'opened', object: CUSTOMER, changes: [] },
  { atMs: 40_000, verb: 'changed', object: LINE, changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }] },
  { atMs: 43_200, verb: 'saved', object: LINE, changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }] },
  { atMs: 70_000, source: 'desktop', verb: 'focused', object: { type: 'window', id: 'libreoffice', name: 'tariffs.ods — LibreOffice Calc' }, changes: [] },
  { atMs: 95_000, verb: 'changed', object: TICKET, changes: [{ field: 'comment', label: 'Comment', from: null, to: 'Customer declined 24-month plan, roaming only.' }] },
]

const plain = (hour: number): ExtremeScript => ({ startedAt: `2021-11-24T0${hour}:02:26.000Z`, lengthMs: 4 * MINUTE_MS, hasScreen: true, sentences: talk(4 * MINUTE_MS), actions: DEEDS })

export const EXTREME_CALLS: readonly ExtremeCall[] = [
  {
    name: 'long-names',
    technician: LONG_PERSON,
    atMs: 47_000,
    script: {
      ...plain(1),
      actions: [
        ...DEEDS.map((action) => (action.object === CUSTOMER ? { ...action, object: { ...CUSTOMER, name: `${LONG_PERSON}, née ${'Llanfairpwllgwyngyll'.repeat(3)}` } } : action)),
        { atMs: 46_000, verb: 'changed' as const, object: { type: 'subscription agreement', name: LONG_WORD }, changes: [{ field: 'address', label: 'Correspondence address for invoices and reminders', from: LONG_WORD, to: 'Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu 7' }] },
      ].sort((a, b) => a.atMs - b.atMs),
      notes: [{ atMs: 50_000, text: `Write to ${LONG_WORD} about it.` }],
    },
  },
  {
    name: 'right-to-left',
    technician: 'סמדר כהן',
    atMs: 47_000,
    script: {
      ...plain(2),
      sentences: talk(4 * MINUTE_MS, RIGHT_TO_LEFT),
      actions: [
        { atMs: 12_000, verb: 'opened', object: { type: 'customer', id: '7', name: 'محمد الأمين عبد الرحمن' }, changes: [] },
        { atMs: 40_000, verb: 'changed', object: { type: 'customer', id: '7', name: 'محمد الأمين عبد الرحمن' }, changes: [{ field: 'plan', label: 'الخطة', from: 'فليكس ٢٠', to: 'فليكس ٤٠ (Flex 40)' }] },
        { atMs: 60_000, verb: 'changed', object: TICKET, changes: [{ field: 'comment', label: 'הערה', from: null, to: 'הלקוח סירב לתוכנית של 24 חודשים, נדידה בלבד.' }] },
      ],
      notes: [{ atMs: 52_000, text: 'לשאול את מחלקת החיובים למה החיוב הופיע פעמיים.' }],
    },
  },
  { name: 'three-hours', technician: LINDA, atMs: 6_000_000, script: { ...plain(3), lengthMs: 180 * MINUTE_MS, sentences: talk(180 * MINUTE_MS, DIALOGUE, 12_000), pause: { fromMs: 100 * MINUTE_MS, toMs: 101 * MINUTE_MS } } },
  { name: 'without-screen', technician: LINDA, atMs: 47_000, script: { ...plain(4), hasScreen: false } },
  { name: 'without-words', technician: LINDA, atMs: 47_000, script: { ...plain(5), sentences: [] } },
  { name: 'forty-gaps', technician: LINDA, atMs: 95_000, script: { ...plain(6), lengthMs: 20 * MINUTE_MS, sentences: talk(20 * MINUTE_MS), gaps: fortyGaps(), pause: { fromMs: 240_000, toMs: 270_000 } } },
  { name: 'withheld-number', technician: LINDA, atMs: 47_000, script: { ...plain(7), actions: DEEDS.filter(({ object }) => object !== CUSTOMER) } },
  { name: 'many-actions', technician: LINDA, atMs: 30 * MINUTE_MS, script: { ...plain(8), lengthMs: 60 * MINUTE_MS, sentences: talk(60 * MINUTE_MS), actions: manyActions(5_000, 60 * MINUTE_MS) } },
]

function fortyGaps(): Gap[] {
  const causes: readonly (readonly [Track, GapCause, string?])[] = [
    ['screen', 'display-lost', FFMPEG_SAID],
    ['technician', 'device-unplugged', 'source 4 (alsa_input.usb-Jabra_EVOLVE_20_A0-00.mono-fallback) was removed'],
    ['customer', 'capture-stalled'],
    ['screen', 'capture-stopped', FFMPEG_SAID],
    ['technician', 'sound-server-lost'],
  ]
  return Array.from({ length: 40 }, (_, index) => {
    const [track, cause, detail] = causes[index % causes.length]!
    const fromMs = 20_000 + index * 29_000 - ((index * 29_000) % CHUNK_MS)
    return { track, cause, fromMs, toMs: fromMs + CHUNK_MS, ...(detail && { detail }) }
  })
}

/** In bursts, as a macro or an impatient person makes them. */
function manyActions(count: number, lengthMs: number): ExtremeScript['actions'] {
  return Array.from({ length: count }, (_, index) => {
    const atMs = Math.round((index / count) * (lengthMs - 10_000) + 3_000 * Math.sin(index / 40) + 4_000)
    if (index % 7 === 0) return { atMs, verb: 'opened' as const, object: { type: 'ticket', id: String(48_000 + index), name: `Request ${index}` }, changes: [] }
    return { atMs, verb: 'changed' as const, object: TICKET, changes: [{ field: `field-${index % 12}`, label: ['Status', 'Priority', 'Group', 'Tags'][index % 4]!, from: String(index - 1), to: String(index) }] }
  }).sort((a, b) => a.atMs - b.atMs)
}
