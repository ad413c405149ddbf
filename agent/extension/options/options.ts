/** The options page: pairs the extension with the agent and asks for the sites that the agent's configuration allows. */
import { agentCommand } from '@/protocol/agent-command'
import { matchPattern, parseAllowedOrigin } from '../../capture/actions/origins'
import { askWhatToWatch } from '../worker/agent-client'
import { findUngrantedPatterns } from '../worker/page-scripts'
import { DEFAULT_AGENT_PORT, findSettings, settingsSchema, storeSettings } from '../worker/settings'

const byId = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E // all of them stand in options.html
const status = byId('status')
const port = byId<HTMLInputElement>('port')
const secret = byId<HTMLInputElement>('secret')
const grant = byId<HTMLButtonElement>('grant')

let ungranted: string[] = []

byId<HTMLFormElement>('pairing').addEventListener('submit', (event) => {
  event.preventDefault()
  void pair()
})
// The browser asks the person only in direct answer to a click, so nothing may be awaited before.
grant.addEventListener('click', () => void chrome.permissions.request({ origins: ungranted }).then(show))

port.value = String((await findSettings())?.port ?? DEFAULT_AGENT_PORT)
await show()

async function pair(): Promise<void> {
  const settings = settingsSchema.safeParse({ port: Number(port.value), pairingSecret: secret.value.trim() })
  if (!settings.success) {
    status.textContent = `The port is a number from 1 to 65535; the secret is what "${agentCommand('status')}" shows.`
    return
  }
  await storeSettings(settings.data)
  secret.value = ''
  await show()
}

async function show(): Promise<void> {
  const answer = await askWhatToWatch()
  byId('sites').hidden = !answer.ok
  if (!answer.ok) {
    status.textContent = answer.message
    return
  }
  const { call, allowedOrigins } = answer.value
  status.textContent = call === null ? 'Paired. No call is recorded now.' : 'Paired. A call is being recorded.'
  ungranted = await findUngrantedPatterns(allowedOrigins)
  grant.hidden = ungranted.length === 0
  byId('origins').replaceChildren(
    ...allowedOrigins.map((origin) => {
      const item = document.createElement('li')
      item.textContent = ungranted.includes(matchPattern(parseAllowedOrigin(origin))) ? `${origin} (not allowed yet)` : origin
      return item
    }),
  )
}
