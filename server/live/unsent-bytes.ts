/** How much waits for a page that does not take it fast enough: the web socket's own queue, and messages before it. */
import type { ListenerSocket } from './rooms'

/** engine.io keeps messages back while the web socket has not taken the one before; a message of packets is about this large. */
const MESSAGE_BYTES = 400

export function unsentBytes({ conn }: ListenerSocket): number {
  // Neither library names these in its types: ws has had `bufferedAmount` from the start, engine.io `writeBuffer` too.
  const { transport, writeBuffer } = conn as unknown as { transport: { socket?: { bufferedAmount?: number } }; writeBuffer?: unknown[] }
  return (transport.socket?.bufferedAmount ?? 0) + (writeBuffer?.length ?? 0) * MESSAGE_BYTES
}
