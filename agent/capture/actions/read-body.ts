/** Reads a request's body up to a limit. */
import type { IncomingMessage } from 'node:http'

/** `null` when the body is longer than `maxBytes`; the rest is then thrown away unread into memory. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes <= maxBytes) parts.push(part)
  }
  return bytes > maxBytes ? null : Buffer.concat(parts).toString('utf8')
}
