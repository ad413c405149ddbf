/** The server's front in this process, on any free port, for tests of what answers before Next does. */
import { EventEmitter } from 'node:events'
import { encode } from 'next-auth/jwt'
import { openSession } from '@/server/access/session-rows'
import type { Viewer } from '@/server/access/sessions'
import type { Database } from '@/server/database/client'
import type { ServerEnv } from '@/server/env'
import { Front } from '@/server/http/front'
import type { Log } from '@/server/log'

export const TEST_SECRET = 'a secret of thirty-two characters or more'

export const makeEnv = (values: Partial<ServerEnv> = {}): ServerEnv => ({
  isDevelopment: false,
  port: 0,
  host: '127.0.0.1',
  dataDir: '/nonexistent',
  databaseUrl: null,
  redisUrl: null,
  runsJobs: true,
  publicUrl: null,
  sessionSecret: TEST_SECRET,
  trustsProxy: false,
  projectDir: process.cwd(),
  ...values,
})

export type TestLog = Log & { errors: { message: string; cause: unknown }[] }
export function makeTestLog(): TestLog {
  const errors: TestLog['errors'] = []
  return { info: () => undefined, warn: () => undefined, error: (message, cause) => void errors.push({ message, cause }), errors }
}

export async function startFront(values: Partial<ServerEnv> = {}): Promise<{ front: Front; log: TestLog }> {
  const log = makeTestLog()
  return { front: await Front.listen({ env: makeEnv(values), log, pageUpgrades: new EventEmitter() }), log }
}

/** The cookie that next-auth would have set at sign-in. */
export async function sessionCookie(database: Database, viewer: Viewer, secret = TEST_SECRET): Promise<string> {
  const sessionId = await openSession(database, viewer.id, { address: '10.0.0.1', userAgent: null })
  return `next-auth.session-token=${await encode({ token: { sub: viewer.id, sessionId }, secret })}`
}
