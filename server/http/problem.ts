/** Failed requests as application/problem+json (RFC 9457): expected failures in words for people, faults logged once. */
import type { ServerResponse } from 'node:http'
import { AccessError, type AccessErrorReason } from '../access/errors'
import type { Log } from '../log'

export class HttpError extends Error {
  override readonly name = 'HttpError'

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

const STATUS_OF: Record<AccessErrorReason, number> = {
  throttled: 429,
  'weak-password': 422,
  'email-taken': 409,
  'token-dead': 410,
  'code-unknown': 404,
  'not-allowed': 404,
  'last-admin': 409,
  'name-taken': 409,
  'wrong-password': 403,
}

export const NOT_FOUND = new HttpError(404, 'There is no such thing, or you may not see it.')

export function answerProblem(res: ServerResponse, error: unknown, log: Log): void {
  if (error instanceof HttpError) return send(res, error.status, error.message)
  if (error instanceof AccessError) {
    if (error.waitMs > 0) res.setHeader('Retry-After', Math.ceil(error.waitMs / 1_000))
    return send(res, STATUS_OF[error.reason], error.message)
  }
  log.error('a request failed because of a fault in this server', error)
  send(res, 500, 'The server failed to answer; the fault is in its log.')
}

function send(res: ServerResponse, status: number, detail: string): void {
  if (res.headersSent) return void res.destroy()
  res.writeHead(status, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' })
  res.end(JSON.stringify({ status, detail }))
}
