/** Signing in with e-mail and password: next-auth's options, throttled and audited. */
import type { NextAuthOptions, User } from 'next-auth'
import type { CredentialsConfig } from 'next-auth/providers/credentials'
import { z } from 'zod'
import type { Database } from '../database/client'
import { consoleLog } from '../log'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import { verifyPassword } from './passwords'
import { endSession, openSession, type Caller } from './session-rows'
import { SESSION_LIMIT_SECONDS, type Sessions } from './sessions'
import { admitAttempt, forgetFailures } from './sign-in-throttle'
import { emailSchema } from './users'

type Deps = { database: Database; sessions: Sessions; secret: string }
/** What the token is made of. */
type SignedIn = User & { sessionId: string }

export const credentialsSchema = z.object({ email: emailSchema, password: z.string().max(1_000) })
export type Credentials = z.infer<typeof credentialsSchema>

/** `caller.address` as `server/http/caller.ts` found it. */
export function makeAuthOptions(deps: Deps, caller: Caller): NextAuthOptions {
  return {
    secret: deps.secret,
    session: { strategy: 'jwt', maxAge: SESSION_LIMIT_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    providers: [makeCredentialsProvider(deps, caller)],
    callbacks: {
      /** Throwing ends the session: next-auth takes the cookie away. `user` is there only in the moment of signing in. */
      async jwt({ token, user }) {
        if (user) return { ...token, sessionId: (user as SignedIn).sessionId }
        if (!(await deps.sessions.sessionOfToken(token))) throw AccessError.notAllowed()
        return token
      },
      async session({ session, token }) {
        return { ...session, user: (await deps.sessions.sessionOfToken(token))?.viewer }
      },
    },
    logger: {
      error(code, metadata) {
        // A cookie that is expired, forged or of a disabled person is everyday life.
        if (code !== 'JWT_SESSION_ERROR') consoleLog.error(`next-auth: ${code}`, metadata)
      },
    },
    events: {
      signOut: ({ token }) => signOut(deps, token, caller.address),
    },
  }
}

/** Null when e-mail or password is wrong, which cannot be told apart. Throws AccessError `throttled`. */
export async function signIn(database: Database, credentials: Credentials, caller: Caller): Promise<SignedIn | null> {
  const { email, password } = credentials
  const { address } = caller
  const admission = await admitAttempt(database, { email, address })
  if (!admission.isAdmitted) throw AccessError.throttled(admission.waitMs)
  const user = await database.user.findUnique({ where: { email }, select: { id: true, name: true, passwordHash: true, disabledAt: true } })
  const isRight = await verifyPassword(password, user?.passwordHash ?? null)
  if (!user || !isRight || user.disabledAt !== null) {
    await recordAudit(database, { verb: 'sign-in-failed', actorId: null, address, detail: { email } })
    return null
  }
  await forgetFailures(database, email)
  const sessionId = await database.$transaction(async (transaction) => {
    await recordAudit(transaction, { verb: 'signed-in', actorId: user.id, address })
    return openSession(transaction, user.id, caller)
  })
  return { id: user.id, email, name: user.name, sessionId }
}

/** The row ends with the cookie: a copy of the cookie is worth nothing then. */
async function signOut({ database, sessions }: Deps, token: unknown, address: string): Promise<void> {
  const session = await sessions.sessionOfToken(token)
  if (session) await endSession({ database, sessions }, session.viewer, session.sessionId, { verb: 'signed-out', address })
}

/** What next-auth's own helper would build; that is a CommonJS module whose default export depends on who loads it. */
function makeCredentialsProvider({ database }: Deps, caller: Caller): CredentialsConfig {
  return {
    id: 'credentials',
    type: 'credentials',
    name: 'E-mail and password',
    credentials: { email: {}, password: {} },
    authorize(input) {
      const credentials = credentialsSchema.safeParse(input)
      return credentials.success ? signIn(database, credentials.data, caller) : null
    },
  }
}
