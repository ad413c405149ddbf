/**
 * Who is signed in: next-auth's cookie names a session, the database says whose it is, whether it still counts and what its
 * person may do.
 *
 * A session is read again once a minute, so an ended one, a changed role or a disabled person takes effect within that time
 * in every process, and at once in the process that calls `forget`.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { getToken } from 'next-auth/jwt'
import { z } from 'zod'
import { userIdSchema, type UserId } from '@/protocol/ids'
import type { Database } from '../database/client'
import type { Role } from '../database/generated/enums'
import { type Cookies, parseCookies } from './cookies'

export const SESSION_LIMIT_SECONDS = 12 * 3_600
const REREAD_AFTER_MS = 60_000
/** When the cache is full the session read longest ago is dropped and read again when its person comes. */
const MAX_CACHED_SESSIONS = 10_000

export type Viewer = { id: UserId; name: string; email: string; role: Role }
export type ViewerSession = { viewer: Viewer; sessionId: string }

/** What next-auth's token has of ours; one of an older version names no session and counts no more. */
const tokenSchema = z.object({ sub: userIdSchema, sessionId: z.uuid() })

type SessionsOptions = { database: Database; secret: string; isHttps: boolean; nowMs?: () => number }
type Read = { userId: string | null; viewer: Viewer | null; expiresAtMs: number; readAtMs: number }

export class Sessions {
  readonly #options: Required<SessionsOptions>
  readonly #reads = new Map<string, Read>()
  /** How often something was forgotten: what was being read meanwhile may be stale. */
  #forgotten = 0

  constructor(options: SessionsOptions) {
    this.#options = { nowMs: Date.now, ...options }
  }

  /** Of a plain Node request. */
  viewerOfHeaders(headers: IncomingHttpHeaders): Promise<Viewer | null> {
    return this.viewerOfCookies(parseCookies(headers.cookie ?? ''))
  }

  /** Of a socket's handshake. */
  sessionOfHeaders(headers: IncomingHttpHeaders): Promise<ViewerSession | null> {
    return this.sessionOfCookies(parseCookies(headers.cookie ?? ''))
  }

  /** Who has these sessions now, by session, whatever is remembered: for connections that go on. An ended one is left out. */
  async readAnew(sessionIds: readonly string[]): Promise<Map<string, Viewer>> {
    const sessions = await this.#options.database.session.findMany({
      where: { id: { in: [...sessionIds] }, endedAt: null, expiresAt: { gt: new Date(this.#options.nowMs()) }, user: { disabledAt: null } },
      select: { id: true, user: { select: { id: true, name: true, email: true, role: true } } },
    })
    return new Map(sessions.map(({ id, user }) => [id, viewerOf(user)]))
  }

  async viewerOfCookies(cookies: Cookies): Promise<Viewer | null> {
    return (await this.sessionOfCookies(cookies))?.viewer ?? null
  }

  async sessionOfCookies(cookies: Cookies): Promise<ViewerSession | null> {
    const { secret, isHttps } = this.#options
    // next-auth reads only these two fields of the request that it asks for.
    const req = { headers: {}, cookies } as unknown as Parameters<typeof getToken>[0]['req']
    return this.sessionOfToken(await getToken({ req, secret, secureCookie: isHttps }))
  }

  /** Of a decoded token; null when its session has ended or its person may not sign in any more. */
  async sessionOfToken(token: unknown): Promise<ViewerSession | null> {
    const parsed = tokenSchema.safeParse(token)
    if (!parsed.success) return null
    const { sub, sessionId } = parsed.data
    const { viewer, expiresAtMs } = await this.#read(sessionId)
    return viewer?.id === sub && this.#options.nowMs() < expiresAtMs ? { viewer, sessionId } : null
  }

  /** Call it after a change of a person's name, role or state, or when one of his sessions has ended. */
  forget(userId: UserId): void {
    this.#forgotten += 1
    for (const [sessionId, read] of this.#reads) if (read.userId === userId) this.#reads.delete(sessionId)
  }

  async #read(sessionId: string): Promise<Read> {
    const { database, nowMs } = this.#options
    const cached = this.#reads.get(sessionId)
    if (cached && nowMs() - cached.readAtMs < REREAD_AFTER_MS) return cached
    const forgottenBefore = this.#forgotten
    const session = await database.session.findUnique({
      where: { id: sessionId },
      select: { endedAt: true, expiresAt: true, user: { select: { id: true, name: true, email: true, role: true, disabledAt: true } } },
    })
    const isGood = session !== null && session.endedAt === null && session.user.disabledAt === null
    if (isGood) await database.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { lastSeenAt: new Date() } })
    const userId = session?.user.id ?? null
    const read = { userId, viewer: isGood ? viewerOf(session.user) : null, expiresAtMs: session?.expiresAt.getTime() ?? 0, readAtMs: nowMs() }
    if (forgottenBefore === this.#forgotten) this.#remember(sessionId, read)
    return read
  }

  #remember(sessionId: string, read: Read): void {
    this.#reads.delete(sessionId)
    const [oldest] = this.#reads.keys()
    if (this.#reads.size >= MAX_CACHED_SESSIONS && oldest !== undefined) this.#reads.delete(oldest)
    this.#reads.set(sessionId, read)
  }
}

const viewerOf = ({ id, name, email, role }: Omit<Viewer, 'id'> & { id: string }): Viewer => ({ id: userIdSchema.parse(id), name, email, role })
