/** Pages that do not take packets as fast as they come: out of the room of packets until they have caught up. */
import type { CallId } from '@/protocol/ids'
import { isGuest } from './admission'
import type { LivePagesDeps } from './live-pages'
import { type LiveNamespace, roomsOf } from './rooms'
import { unsentBytes } from './unsent-bytes'

const TOO_MUCH_UNSENT_BYTES = 768 * 1024
const LITTLE_UNSENT_BYTES = 32 * 1024

/** Pages that were taken out of the room, each with the call and since when. */
export type SlowPages = Map<string, { callId: CallId; sinceMs: number }>

export function relieveSlowPages(namespace: LiveNamespace, { nodes, log }: LivePagesDeps, slow: SlowPages): void {
  for (const [socketId, { callId }] of slow) if (namespace.sockets.get(socketId)?.data.listening?.callId !== callId) slow.delete(socketId)
  for (const socket of namespace.sockets.values()) {
    const { listening } = socket.data
    if (!listening) continue
    const { callId } = listening
    const unsent = unsentBytes(socket)
    const taken = slow.get(socket.id)
    if (!taken && unsent > TOO_MUCH_UNSENT_BYTES) {
      slow.set(socket.id, { callId, sinceMs: Date.now() })
      void socket.leave(roomsOf(callId, isGuest(socket.data.admission)).items)
    }
    if (!taken || unsent > LITTLE_UNSENT_BYTES) continue
    slow.delete(socket.id)
    nodes.ask({ kind: 'rejoin', callId, socketId: socket.id, isGuest: isGuest(socket.data.admission), sinceMs: taken.sinceMs }).catch((cause: unknown) => {
      slow.set(socket.id, taken)
      log.error('a slow page could not go on yet', cause)
    })
  }
}
