/** Draws the recorder's state into index.html. The note's field is never redrawn, so nobody loses what he is typing. */
import type { AudioTrack } from '@/protocol/tracks'
import { SILENCE_DB } from '../messages'
import type { LiveReading, PanelCall, PanelCoachText, PanelState, RecentAction } from '../ports'
import { element, getById } from './element'
import { icon } from './icons'
import { actionWords, type Chip, clockWords, introWords, makeNotices, type Notice, PHASE_WORDS, presentWords, screenChip, speakerWords, TRACK_WORDS, uplinkChip } from './words'

/** The lower end of the meters: room noise of a quiet office stays just visible. */
const METER_FLOOR_DB = -60
const MAX_ACTIONS_SHOWN = 3

export const READ_KEY = 'F9'

const meterFills = new Map<AudioTrack, HTMLElement>()

export function showState(state: PanelState, onRead: (id: string, button: HTMLElement) => void): void {
  const call = 'call' in state ? state.call : null
  const isPaused = state.phase === 'paused'
  showPhase(state.phase, PHASE_WORDS[state.phase])
  const present = presentWords(call?.coaching.present ?? [])
  getById('technician').textContent = present.length > 0 ? '' : (state.technician?.name ?? '')
  showPresent(present)
  showNotices(makeNotices(state))
  getById('intro').replaceChildren(...[introWords(state)].filter(Boolean).map((words) => element('p', {}, words)))
  showMeters(state, call)
  getById('chips').replaceChildren(...[...consentChip(call), ...screenChip(state.phase === 'wrap-up' ? [] : (call?.tracks ?? []), isPaused), uplinkChip(state.uplink)].map(chipItem))
  showRecord(call)
  getById('actions').replaceChildren(...(call?.recentActions ?? []).slice(0, MAX_ACTIONS_SHOWN).map(actionItem))
  getById('speaker').replaceChildren(...[call ? speakerWords(call.coaching) : ''].filter(Boolean).flatMap((words) => [icon('headphones'), words]))
  showTexts(call?.coaching.texts ?? [], onRead)
  getById('note').hidden = call === null
  if (!call) getById('elapsed').textContent = ''
}

export function showReading({ atMs, levelsDb }: LiveReading): void {
  const elapsed = getById('elapsed')
  const words = clockWords(atMs)
  const isNewSecond = elapsed.textContent !== words
  if (isNewSecond) elapsed.textContent = words
  for (const [track, fill] of meterFills) {
    const levelDb = levelsDb[track] ?? SILENCE_DB
    fill.style.transform = `scaleX(${Math.min(1, Math.max(0, 1 - levelDb / METER_FLOOR_DB)).toFixed(3)})`
    if (isNewSecond) fill.parentElement?.setAttribute('aria-valuenow', String(Math.round(Math.max(METER_FLOOR_DB, levelDb))))
  }
}

/** Nobody knows what is recorded while the agent does not answer. */
export function showAgentLost(message: string): void {
  showPhase('lost', 'No answer')
  showNotices([{ tone: 'bad', message: 'The agent does not answer: perhaps nothing is being recorded', remedy: message }])
  for (const id of ['elapsed', 'technician', 'intro', 'meters', 'chips', 'record', 'actions', 'present', 'speaker', 'texts', 'buttons']) getById(id).replaceChildren()
  getById('present').title = ''
  getById('note').hidden = true
  meterFills.clear()
}

function showPhase(phase: PanelState['phase'] | 'lost', words: string): void {
  getById('dot').className = phase
  if (getById('phase').textContent !== words) getById('phase').textContent = words
}

function showNotices(notices: readonly Notice[]): void {
  getById('notices').replaceChildren(
    ...notices.map(({ tone, message, remedy }) => element('li', { class: tone }, icon(tone === 'pause' ? 'pause' : 'alert'), element('div', {}, element('strong', {}, message), remedy))),
  )
}

function showMeters(state: PanelState, call: PanelCall | null): void {
  meterFills.clear()
  const rows = (state.phase === 'recording' || state.phase === 'paused' ? (call?.tracks ?? []) : []).flatMap((one) => {
    if (one.track === 'screen') return []
    const fill = element('div')
    if (one.state === 'recording' && state.phase === 'recording') meterFills.set(one.track, fill)
    const condition = state.phase === 'paused' ? 'paused' : one.state
    const meter = element(
      'div',
      { class: `meter ${one.track} ${condition}`, role: 'meter', 'aria-label': `${TRACK_WORDS[one.track]}: ${condition}`, 'aria-valuemin': String(METER_FLOOR_DB), 'aria-valuemax': '0', 'aria-valuenow': String(METER_FLOOR_DB) },
      fill,
    )
    return [element('span', { 'aria-hidden': 'true' }, TRACK_WORDS[one.track]), meter]
  })
  getById('meters').replaceChildren(...rows)
}

function showRecord(call: PanelCall | null): void {
  if (!call) return getById('record').replaceChildren()
  if (!call.record) return getById('record').replaceChildren(element('p', { class: 'meta' }, icon('ticket'), 'No customer or ticket opened yet'))
  const { source, type, id, name } = call.record
  getById('record').replaceChildren(
    element('p', {}, icon(type === 'customer' || type === 'contact' ? 'user' : 'ticket'), element('strong', {}, name)),
    element('p', { class: 'meta' }, [source, `${type}${id && id !== name ? ` ${id}` : ''}`].join(', ')),
  )
}

/** Drawn anew only when somebody has come or gone, so that it is read out once. */
function showPresent(present: ReturnType<typeof presentWords>): void {
  const list = getById('present')
  const title = present.map(({ words }) => words).join(', ')
  if (list.title === title) return
  list.title = title
  list.replaceChildren(...present.map(({ icon: name, words }) => element('li', {}, icon(name), element('span', {}, words))))
}

/** A new one comes at the end and into view; the others stay as they are, with the focus that they have. */
function showTexts(texts: readonly PanelCoachText[], onRead: (id: string, button: HTMLElement) => void): void {
  const list = getById('texts')
  for (const item of [...list.children]) if (!texts.some(({ id }) => itemId(id) === item.id)) item.remove()
  for (const text of texts) {
    if (document.getElementById(itemId(text.id))) continue
    const item = textItem(text, onRead)
    list.append(item)
    item.scrollIntoView({ block: 'nearest' })
  }
  const [first, ...later] = list.querySelectorAll('button')
  first?.setAttribute('aria-keyshortcuts', READ_KEY)
  for (const button of later) button.removeAttribute('aria-keyshortcuts')
  document.title = texts.length > 0 ? `(${texts.length}) ${texts[0]!.from.name} – Callwitness` : 'Callwitness'
}

const itemId = (textId: string): string => `text-${textId}`

function textItem({ id, from, text, atMs }: PanelCoachText, onRead: (id: string, button: HTMLElement) => void): HTMLElement {
  const button = element('button', { type: 'button' }, icon('check'), 'Read', element('kbd', { 'aria-hidden': 'true' }, READ_KEY))
  button.addEventListener('click', () => onRead(id, button))
  return element('li', { id: itemId(id) }, element('p', {}, element('strong', {}, from.name), element('time', {}, clockWords(atMs)), element('span', { dir: 'auto' }, text)), button)
}

const chipItem = ({ icon: name, text, tone }: Chip): HTMLElement => element('li', { class: tone }, icon(name), text)

function consentChip(call: PanelCall | null): Chip[] {
  if (!call?.consent) return []
  const { state, atMs } = call.consent
  const words = { announced: 'Announced', given: 'Consent', refused: 'Consent refused' } as const
  return [{ icon: 'mic', text: `${words[state]} ${clockWords(atMs)}`, tone: state === 'given' ? 'ok' : state === 'refused' ? 'bad' : 'plain' }]
}

function actionItem({ atMs, action }: RecentAction): HTMLElement {
  const item = element('li', {}, element('time', {}, clockWords(atMs)), element('span', { class: 'what' }, actionWords(action)))
  const change = action.verb === 'changed' ? action.changes[0] : undefined
  if (!change) return item
  if (change.from) item.append(element('del', {}, change.from), '→')
  item.append(element('ins', {}, change.to || 'empty'))
  return item
}
