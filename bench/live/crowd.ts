/** A process of listeners that speak the protocol and play nothing. Arguments: the server's origin, a session's cookie, the call, how many. */
import { once } from 'node:events'
import { io, type Socket } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import { callIdSchema } from '@/protocol/ids'
import { LIVE_NAMESPACE, type ListenerEmits, type LiveEmits } from '@/protocol/live-messages'

/** As pages do. */
const TIME_EVERY_MS = 3_000

/** `leastPackets`: what the listener got that got least. */
export type CrowdCount = { listeners: number; leastPackets: number }

const [origin = '', cookie = '', call = '', count = '0'] = process.argv.slice(2)
const callId = callIdSchema.parse(call)
const packets = await Promise.all(Array.from({ length: Number(count) }, listen))

process.on('message', () => process.send!({ listeners: packets.length, leastPackets: Math.min(...packets.map((one) => one.heard)) } satisfies CrowdCount))
process.on('disconnect', () => process.exit())
process.send!('listening')

async function listen(): Promise<{ heard: number }> {
  const socket: Socket<LiveEmits, ListenerEmits> = io(new URL(LIVE_NAMESPACE, origin).href, { transports: ['websocket'], parser, extraHeaders: { cookie, origin }, reconnection: false, forceNew: true })
  await Promise.race([once(socket as never, 'connect'), once(socket as never, 'connect_error').then(([error]) => Promise.reject(error as Error))])
  const own = { heard: 0 }
  socket.on('items', ({ items }) => void (own.heard += items.length))
  const answer = await socket.emitWithAck('listen', { callId })
  if (!answer.ok) throw new Error(answer.message)
  setInterval(() => socket.emit('time', () => undefined), TIME_EVERY_MS)
  return own
}
