/** Gets this device its token: asks for a code, shows it, and waits until a signed-in person has approved it. */
import { hostname, platform, release } from 'node:os'
import type { z } from 'zod'
import { agentCommand } from '@/protocol/agent-command'
import {
  DEVICE_CODE_PATH, DEVICE_TOKEN_PATH, type DeviceCodeRequest, deviceCodeReplySchema, type DeviceTokenReply, deviceTokenReplySchema,
} from '@/protocol/agent-http'
import { ConfigError } from './errors'

export type PairingOptions = {
  serverUrl: string
  deviceKey: string
  agentVersion: string
  /** Shows the person what to type where. */
  onCode: (code: { userCode: string; approveUrl: string; expiresInSeconds: number }) => void
  wait: (ms: number) => Promise<void>
}

export type Paired = Omit<Extract<DeviceTokenReply, { state: 'approved' }>, 'state'>

export async function pairDevice({ serverUrl, deviceKey, agentVersion, onCode, wait }: PairingOptions): Promise<Paired> {
  const request: DeviceCodeRequest = { deviceName: hostname().slice(0, 100) || 'computer', deviceKey, agentVersion, platform: `${platform()} ${release()}`.slice(0, 100) }
  const code = await post(serverUrl, DEVICE_CODE_PATH, request, deviceCodeReplySchema)
  onCode(code)
  for (;;) {
    await wait(code.pollEverySeconds * 1000)
    const reply = await post(serverUrl, DEVICE_TOKEN_PATH, { deviceCode: code.deviceCode }, deviceTokenReplySchema)
    switch (reply.state) {
      case 'pending':
        continue
      case 'approved':
        return reply
      case 'denied':
        throw ConfigError.pairingRefused(`The device was not approved. When it should be, run "${agentCommand(`pair ${serverUrl}`)}" again.`)
      case 'expired':
        throw ConfigError.pairingRefused(`The code ${code.userCode} was not approved in time. Run "${agentCommand(`pair ${serverUrl}`)}" again for a new one.`)
      default:
        return reply satisfies never
    }
  }
}

async function post<Reply>(serverUrl: string, path: string, body: unknown, schema: z.ZodType<Reply>): Promise<Reply> {
  const response = await fetch(new URL(path, serverUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  }).catch((cause: unknown) => Promise.reject(ConfigError.serverUnreachable(serverUrl, cause)))
  if (!response.ok) throw ConfigError.pairingRefused(`The server refused to pair this device (HTTP ${response.status}): ${(await response.text()).slice(0, 300)}`)
  const reply = schema.safeParse(await response.json().catch(() => null))
  if (!reply.success) throw ConfigError.pairingRefused(`${serverUrl} answers, but not as a Callwitness server of this release does.`)
  return reply.data
}
