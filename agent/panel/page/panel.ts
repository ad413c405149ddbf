/** The panel's page: draws what the agent streams and sends the technician's commands. */
import type { Command } from '../command-schema'
import type { PanelPhase } from '../ports'
import { element, getById } from './element'
import { icon, type IconName } from './icons'
import { enter, follow, send } from './live'
import { READ_KEY, showAgentLost, showReading, showState } from './view'

const PAUSE_KEY = 'F8'

type Button = { text: string; icon: IconName; command: Command; look: 'plain' | 'primary' | 'warn'; key?: string }

const pause: Button = { text: 'Card pause', icon: 'card', command: { command: 'pause', reason: 'card' }, look: 'warn', key: PAUSE_KEY }
const resume: Button = { text: 'Resume', icon: 'play', command: { command: 'resume' }, look: 'primary', key: PAUSE_KEY }
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

note.prepend(icon('pencil'))
noteText.addEventListener('input', () => (getById('note-add').hidden = noteText.value.trim() === ''))
note.addEventListener('submit', (event) => {
  event.preventDefault()
  void addNote(noteText.value.trim())
})
document.addEventListener('keydown', (event) => {
  if ((event.key !== PAUSE_KEY && event.key !== READ_KEY) || event.repeat) return
  event.preventDefault()
  document.querySelector<HTMLButtonElement>(`[aria-keyshortcuts="${event.key}"]`)?.click()
})

await enter().catch(() => undefined) // the stream below says what is wrong
void follow(
  (message) => {
    if (message.kind === 'state') {
      showState(message.state, (id, button) => void press(button, { command: 'read', id }))
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
    const button = element('button', { type: 'button', class: one.look, ...(one.key && { 'aria-keyshortcuts': one.key }) }, icon(one.icon), one.text)
    if (one.key) button.append(element('kbd', { 'aria-hidden': 'true' }, one.key))
    button.addEventListener('click', () => void press(button, one.command))
    return button
  })
  getById('buttons').replaceChildren(...buttons)
  if (hadFocus) buttons[0]?.focus()
  answer(null)
}

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
