/** The panel's page: draws what the agent streams and sends the technician's commands. */
import type { Command } from '../command-schema'
import type { PanelPhase } from '../ports'
import { element, getById } from './element'
import { icon, type IconName } from './icons'
import { enter, follow, send } from './live'
import { READ_KEY, showAgentLost, showReading, showState } from './view'

type Button = { text: string; icon: IconName; command: Command; look: 'plain' | 'primary' | 'warn'; hasPauseKey?: boolean }

const pause: Button = { text: 'Card pause', icon: 'card', command: { command: 'pause', reason: 'card' }, look: 'warn', hasPauseKey: true }
const resume: Button = { text: 'Resume', icon: 'play', command: { command: 'resume' }, look: 'primary', hasPauseKey: true }
const stop: Button = { text: 'Stop recording', icon: 'stop', command: { command: 'stop' }, look: 'plain' }
const BUTTONS: Readonly<Record<PanelPhase, readonly Button[]>> = {
  idle: [{ text: 'Start recording', icon: 'record', command: { command: 'start' }, look: 'primary' }],
  starting: [],
  recording: [pause, stop],
  paused: [resume, stop],
  'wrap-up': [{ text: 'Done', icon: 'check', command: { command: 'done' }, look: 'primary' }],
}

const note = getById('note') as HTMLFormElement // index.html says so
const noteText = getById('note-text') as HTMLInputElement // as above
let phase: PanelPhase | null = null
let pauseKey: string | null = null

note.prepend(icon('pencil'))
noteText.addEventListener('input', () => (getById('note-add').hidden = noteText.value.trim() === ''))
note.addEventListener('submit', (event) => {
  event.preventDefault()
  void addNote(noteText.value.trim())
})
document.addEventListener('keydown', (event) => {
  if (event.repeat) return
  const isPause = pauseKey !== null && keyName(event) === pauseKey
  const button = isPause ? getById('buttons').querySelector<HTMLButtonElement>('[aria-keyshortcuts]') : event.key === READ_KEY ? document.querySelector<HTMLButtonElement>(`[aria-keyshortcuts="${READ_KEY}"]`) : null
  if (!button) return
  event.preventDefault()
  button.click()
})

await enter().catch(() => undefined) // the stream below says what is wrong
void follow(
  (message) => {
    if (message.kind === 'state') {
      showState(message.state, (id, button) => void press(button, { command: 'read', id }))
      pauseKey = message.state.pauseKey
      if (message.state.phase !== phase) showButtons(message.state.phase)
      phase = message.state.phase
    }
    if (message.reading) showReading(message.reading)
  },
  (why) => {
    phase = null
    showAgentLost(why)
  },
)

/** Drawn anew only when the phase changes, so that focus stays where it is. */
function showButtons(next: PanelPhase): void {
  const hadFocus = getById('buttons').contains(document.activeElement)
  const buttons = BUTTONS[next].map((one) => {
    const key = one.hasPauseKey ? pauseKey : null
    const button = element('button', { type: 'button', class: one.look, ...(key !== null && { 'aria-keyshortcuts': key }) }, icon(one.icon), one.text)
    if (key !== null) button.append(element('kbd', { 'aria-hidden': 'true' }, key.replace('Control', 'Ctrl')))
    button.addEventListener('click', () => void press(button, one.command))
    return button
  })
  getById('buttons').replaceChildren(...buttons)
  if (hadFocus) buttons[0]?.focus()
  answer(null)
}

/** As agent.json writes keys. The agent has this key in every window; it comes here only where another program keeps it from that. */
const keyName = (event: KeyboardEvent): string => [event.ctrlKey && 'Control', event.altKey && 'Alt', event.shiftKey && 'Shift', event.key].filter(Boolean).join('+')

async function press(button: HTMLElement, command: Command): Promise<void> {
  if (button.ariaBusy === 'true') return
  button.ariaBusy = 'true'
  answer(await send(command))
  button.ariaBusy = null
}

async function addNote(text: string): Promise<void> {
  if (text === '') return
  const refusal = await send({ command: 'note', text })
  answer(refusal, 'Noted.')
  if (refusal !== null || noteText.value.trim() !== text) return
  noteText.value = ''
  getById('note-add').hidden = true
}

function answer(refusal: string | null, done = ''): void {
  getById('answer').className = refusal ? 'bad' : ''
  getById('answer').textContent = refusal ?? done
}
