/**
 * Who is signed in: next-auth's session cookie says which user, the database says what he may do.
 *
 * The user is read again once a minute, so a changed role or a disabled user takes effect within that time in every
 * process, and at once in the process that calls `forget`.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { getToken } from 'next-auth/jwt'
import { userIdSchema, type UserId } from '@/protocol/ids'
import type { Database } from '../database/client'
import type { Role } from '../database/generated/enums'

export const SESSION_LIMIT_SECONDS = 12 * 3_600
const REREAD_AFTER_MS = 60_000
/** When the cache is full the user read longest ago is dropped and read again when he comes. */
const MAX_CACHED_USERS = 10_000

export type Viewer = { id: UserId; name: string; email: string; role: Role }

type Cookies = Readonly<Record<string, string>>
type SessionsOptions = { database: Database; secret: string; isHttps: boolean; nowMs?: () => number }

export class Sessions {
  readonly #options: Required<SessionsOptions>
  readonly #users = new Map<UserId, { viewer: Viewer | null; readAtMs: number }>()

  constructor(options: SessionsOptions) {
    this.#options = { nowMs: Date.now, ...options }
  }

  /** Of a plain Node request or a socket's handshake. */
  viewerOfHeaders(headers: IncomingHttpHeaders): Promise<Viewer | null> {
    return this.viewerOfCookies(parseCookies(headers.cookie ?? ''))
  }

  async viewerOfCookies(cookies: Cookies): Promise<Viewer | null> {
    const { secret, isHttps } = this.#options
    // next-auth reads only these two fields of the request that it asks for.
    const req = { headers: {}, cookies } as unknown as Parameters<typeof getToken>[0]['req']
    const token = await getToken({ req, secret, secureCookie: isHttps })
    return token?.sub ? this.viewerOfId(token.sub) : null
  }

  /** Of the user that a session token names; null when he may not sign in any more. */
  async viewerOfId(text: string): Promise<Viewer | null> {
    const id = userIdSchema.safeParse(text)
    return id.success ? this.#readUser(id.data) : null
  }

  /** Call it after a change of a user's role or state. */
  forget(userId: UserId): void {
    this.#users.delete(userId)
  }

  async #readUser(id: UserId): Promise<Viewer | null> {
    const { database, nowMs } = this.#options
    const cached = this.#users.get(id)
    if (cached && nowMs() - cached.readAtMs < REREAD_AFTER_MS) return cached.viewer
    const user = await database.user.findUnique({ where: { id }, select: { name: true, email: true, role: true, disabledAt: true } })
    const viewer = user && user.disabledAt === null ? { id, name: user.name, email: user.email, role: user.role } : null
    this.#remember(id, viewer)
    return viewer
  }

  #remember(id: UserId, viewer: Viewer | null): void {
    this.#users.delete(id)
    const [oldest] = this.#users.keys()
    if (this.#users.size >= MAX_CACHED_USERS && oldest !== undefined) this.#users.delete(oldest)
    this.#users.set(id, { viewer, readAtMs: this.#options.nowMs() })
  }
}

/** RFC 6265 §4.2.1. A value that is not percent-encoded text is taken as it is. */
function parseCookies(header: string): Cookies {
  const pairs = header.split(/; */).filter((pair) => pair.includes('='))
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))]))
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // A stray percent sign of another application's cookie on the same host.
    return value
  }
}
