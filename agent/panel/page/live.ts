/** Keeps the stream from the agent open: lets the window in once, then reconnects for as long as the window is open. */
import { agentCommand } from '@/protocol/agent-command'
import type { Command } from '../command-schema'
import { COMMANDS_PATH, ENTER_PATH, LIVE_PATH, type EnterReply, type PanelMessage, type Refused } from '../messages'

const TOKEN = 'token'
const RECONNECT_MS = 1_000
const START_IT = `Start it with “${agentCommand('start')}”.`

/** Trades the address's key for a token, which this window alone keeps; the key leaves the address. */
export async function enter(): Promise<void> {
  const key = location.hash.slice(1)
  if (!key) return
  history.replaceState(null, '', '/')
  const response = await fetch(ENTER_PATH, { method: 'POST', body: JSON.stringify({ key }) })
  if (response.ok) sessionStorage.setItem(TOKEN, ((await response.json()) as EnterReply).token)
}

export async function follow(onMessage: (message: PanelMessage) => void, onLost: (message: string) => void): Promise<never> {
  for (;;) {
    onLost(await readStream(onMessage).catch(() => `${START_IT} This window goes on by itself.`))
    await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))
  }
}

/** Resolves with null when the agent has done it, otherwise with what to tell the technician. */
export async function send(command: Command): Promise<string | null> {
  try {
    const response = await fetch(COMMANDS_PATH, { method: 'POST', headers: authorization(), body: JSON.stringify(command) })
    return response.ok ? null : ((await response.json()) as Refused).message
  } catch {
    return `The agent does not answer. ${START_IT}`
  }
}

/** Resolves with the reason when the stream is refused or ends. */
async function readStream(onMessage: (message: PanelMessage) => void): Promise<string> {
  const response = await fetch(LIVE_PATH, { headers: authorization() })
  if (!response.ok || !response.body) return ((await response.json()) as Refused).message
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let unread = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (unread + part.value).split('\n')
    unread = lines.pop() ?? ''
    for (const line of lines) onMessage(JSON.parse(line) as PanelMessage)
  }
  return `It has stopped. ${START_IT} This window goes on by itself.`
}

const authorization = (): Record<string, string> => ({ authorization: `Bearer ${sessionStorage.getItem(TOKEN) ?? ''}` })
