/**
 * The extension's service worker. The browser stops it after half a minute of quiet and starts it again for any message or
 * alarm, so it holds nothing that matters in memory.
 */
import type { ReportedAction } from '../../capture/actions/action-messages'
import type { PageMessage, WorkerMessage } from '../messages'
import { isAllowedOrigin, parseAllowedOrigin } from '../../capture/actions/origins'
import { ActionQueue } from './action-queue'
import { askWhatToWatch, type AgentTrouble } from './agent-client'
import { Delivery } from './delivery'
import { readAllowedOrigins, watchPages } from './page-scripts'

/** The shortest period that browsers allow. */
const ALARM_MINUTES = 0.5
const LAST_CALL = 'lastCall'

const queue = new ActionQueue()
const delivery = new Delivery(queue, { onCall: (call, delivered) => void noteCall(call, delivered), onTrouble: (trouble, message) => void showTrouble(trouble, message) })

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  // Only our own page script can send here.
  hold(message as PageMessage, sender.origin ?? '').then(reply, (error: unknown) => reply(`not held: ${String(error)}`))
  return true
})
chrome.runtime.onInstalled.addListener(() => void refresh())
chrome.runtime.onStartup.addListener(() => void refresh())
chrome.alarms.onAlarm.addListener(() => void refresh())
chrome.permissions.onAdded.addListener(() => void refresh())
chrome.permissions.onRemoved.addListener(() => void refresh())
chrome.storage.onChanged.addListener((changes, area) => {
  if (area === 'local' && 'settings' in changes) void refresh()
})
void chrome.alarms.create('refresh', { periodInMinutes: ALARM_MINUTES })
void refresh()

async function hold({ id, wallMs, action }: PageMessage, origin: string): Promise<'held'> {
  const allowed = (await readAllowedOrigins()).map(parseAllowedOrigin)
  if (isAllowedOrigin(origin, allowed)) await queue.push({ id, wallMs, origin, action })
  void delivery.run()
  return 'held'
}

/** Asks the agent what to watch and delivers what waits. */
async function refresh(): Promise<void> {
  const answer = await askWhatToWatch()
  await showTrouble(answer.ok ? null : answer.trouble, answer.ok ? '' : answer.message)
  if (!answer.ok) return
  await watchPages(answer.value.allowedOrigins)
  await noteCall(answer.value.call)
  await delivery.run()
}

/** When a call has begun, the page in front says which record it shows, unless it has just done so: it was opened before the call. */
async function noteCall(call: string | null, delivered: readonly ReportedAction[] = []): Promise<void> {
  const before = (await chrome.storage.session.get(LAST_CALL))[LAST_CALL] ?? null
  if (before === call) return
  await chrome.storage.session.set({ [LAST_CALL]: call })
  if (call === null || delivered.some(({ action }) => action.verb === 'opened' || action.verb === 'focused')) return
  const message: WorkerMessage = { kind: 'announce' }
  for (const { id } of await chrome.tabs.query({ active: true })) {
    if (id === undefined) continue
    await chrome.tabs.sendMessage(id, message).catch(() => undefined) // most tabs are not ours and have nobody who listens
  }
}

async function showTrouble(trouble: AgentTrouble | null, message: string): Promise<void> {
  const needsAPerson = trouble === 'refused' || trouble === 'unpaired' || trouble === 'malformed'
  await chrome.action.setBadgeText({ text: needsAPerson ? '!' : '' })
  await chrome.action.setTitle({ title: trouble ? `Callwitness: ${message}` : 'Callwitness' })
}
