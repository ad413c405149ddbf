/** Where a request comes from: decided once by the server's front, and handed to Next in a header that callers cannot set. */
import type { IncomingMessage } from 'node:http'

export const CALLER_ADDRESS_HEADER = 'x-callwitness-address'

/** Behind a proxy that writes X-Forwarded-For, its last address is the one that the proxy saw. */
export function callerAddress(req: IncomingMessage, trustsProxy: boolean): string {
  const forwarded = req.headers['x-forwarded-for']
  const last = trustsProxy && forwarded !== undefined ? String(forwarded).split(',').at(-1)?.trim() : undefined
  return last || req.socket.remoteAddress || 'unknown'
}
