/** An agent as far as the server can tell: asks for a code, gets its token when a person approves, and sends a call. */
import { generateKeyPairSync } from 'node:crypto'
import { io } from 'socket.io-client'
import msgpackParser from 'socket.io-msgpack-parser'
import { DEVICE_CODE_PATH, DEVICE_TOKEN_PATH, deviceCodeReplySchema, type DeviceCodeReply, deviceTokenReplySchema } from '@/protocol/agent-http'
import { AGENT_NAMESPACE, AGENT_PROTOCOL_VERSION, type AppendReply } from '@/protocol/agent-messages'
import type { SampleCall, TestDevice } from '../../server/ingest/sample-call'

const ENTRIES_PER_BATCH = 30

export type AskingAgent = Readonly<{ code: DeviceCodeReply; collect(): Promise<{ device: TestDevice; token: string }> }>

export async function askToBeLetIn(origin: string, deviceName: string): Promise<AskingAgent> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const deviceKey = publicKey.export({ format: 'jwk' }).x!
  const post = async (path: string, body: unknown): Promise<unknown> =>
    (await fetch(origin + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json()
  const code = deviceCodeReplySchema.parse(await post(DEVICE_CODE_PATH, { deviceName, deviceKey, agentVersion: '0.1.0', platform: 'linux x64' }))
  return {
    code,
    async collect() {
      const reply = deviceTokenReplySchema.parse(await post(DEVICE_TOKEN_PATH, { deviceCode: code.deviceCode }))
      if (reply.state !== 'approved') throw new Error(`the device is ${reply.state}, expected approved`)
      return { device: { id: reply.deviceId, publicKey: deviceKey, privateKey, technician: reply.technician }, token: reply.token }
    },
  }
}

/** Sends entries `[from, to)`; resolves when the server holds them durably. */
export async function sendCall(origin: string, token: string, call: SampleCall, from = 0, to = call.entries.length): Promise<void> {
  const socket = io(origin + AGENT_NAMESPACE, { transports: ['websocket'], parser: msgpackParser, auth: { token, protocolVersion: AGENT_PROTOCOL_VERSION }, forceNew: true })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    await socket.emitWithAck('hello', { agentVersion: '0.1.0', callIds: [call.callId] })
    for (let at = from; at < to; at += ENTRIES_PER_BATCH) {
      const reply = (await socket.emitWithAck('append', asBuffers(call.batch(at, Math.min(to, at + ENTRIES_PER_BATCH))))) as AppendReply
      if (!reply.ok) throw new Error(`the server refused the call: ${reply.message}`)
    }
  } finally {
    socket.close()
  }
}

/** What the parser knows to be bytes. */
const asBuffers = ({ callId, entries }: ReturnType<SampleCall['batch']>) => ({
  callId,
  entries: entries.map(({ line, payload }) => ({ line: Buffer.from(line), ...(payload && { payload: Buffer.from(payload) }) })),
})
