/** How much waits for a page that does not take it fast enough: in the web socket's own queue, and in messages before it. */
import type { ListenerSocket } from './rooms'

type Waiting = { transport: { socket?: { bufferedAmount?: number } }; writeBuffer?: { data?: string | { byteLength: number } }[] }

export function unsentBytes({ conn }: ListenerSocket): number {
  // Neither library names these in its types: ws has had `bufferedAmount` from the start, engine.io `writeBuffer` too.
  const { transport, writeBuffer = [] } = conn as unknown as Waiting
  const waiting = writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : (data?.byteLength ?? 0)), 0)
  return (transport.socket?.bufferedAmount ?? 0) + waiting
}
