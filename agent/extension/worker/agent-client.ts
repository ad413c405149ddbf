/** Speaks to the agent on loopback. */
import { ACTIONS_PATH, deliveryReplySchema, EXTENSION_PATH, watchReplySchema, type DeliveryReply, type ReportedAction, type WatchReply } from '../../capture/actions/action-messages'
import { findSettings } from './settings'

const TIMEOUT_MS = 10_000

/** Why the agent gave no answer that can be used. */
export type AgentTrouble = 'unpaired' | 'away' | 'refused' | 'malformed'
export type AgentAnswer<T> = { ok: true; value: T } | { ok: false; trouble: AgentTrouble; message: string }

export const askWhatToWatch = (): Promise<AgentAnswer<WatchReply>> => ask('GET', EXTENSION_PATH, undefined, (body) => watchReplySchema.parse(body))

export const deliverActions = (actions: readonly ReportedAction[]): Promise<AgentAnswer<DeliveryReply>> =>
  ask('POST', ACTIONS_PATH, JSON.stringify({ actions }), (body) => deliveryReplySchema.parse(body))

async function ask<T>(method: string, path: string, body: string | undefined, parse: (body: unknown) => T): Promise<AgentAnswer<T>> {
  const settings = await findSettings()
  if (!settings) return { ok: false, trouble: 'unpaired', message: 'Not paired yet. Paste the pairing secret of the agent.' }
  try {
    const response = await fetch(`http://127.0.0.1:${settings.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${settings.pairingSecret}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (response.ok) return { ok: true, value: parse(await response.json()) }
    const trouble = response.status >= 500 ? 'away' : response.status === 400 || response.status === 413 ? 'malformed' : 'refused'
    return { ok: false, trouble, message: await messageOf(response) }
  } catch (error) {
    return { ok: false, trouble: 'away', message: `No agent answers on 127.0.0.1:${settings.port}. Start it, or correct the port. (${String(error)})` }
  }
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text()
  return text.startsWith('{') ? ((JSON.parse(text) as { message?: string }).message ?? text) : text || response.statusText
}
