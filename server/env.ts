/** The server's configuration: the process environment, checked once. `docs/operations.md` has the table. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'

const optionalText = z.string().optional().transform((text) => text?.trim() || null)
const PORT_EXPECTED = 'expected a whole number from 0 (any free port) to 65535, such as 3000'
const ADDRESS_EXPECTED = 'expected the address that people use, such as https://calls.example.com'

/** Each says what it expects; what came is added, unless it may be secret. */
const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test'], 'expected development, production or test').default('production'),
  PORT: z.coerce.number(PORT_EXPECTED).int(PORT_EXPECTED).min(0, PORT_EXPECTED).max(65_535, PORT_EXPECTED).default(3000),
  HOST: z.string().min(1, 'expected a name or an address of this computer, such as 127.0.0.1').default('127.0.0.1'),
  CALLWITNESS_DATA: z.string().min(1, 'expected a folder, such as ./data').default('./data'),
  DATABASE_URL: optionalText.pipe(z.url({ protocol: /^postgres(ql)?$/, error: 'expected an address such as postgresql://user:password@host:5432/database' }).nullable()),
  REDIS_URL: optionalText.pipe(z.url({ protocol: /^rediss?$/, error: 'expected an address such as redis://host:6379' }).nullable()),
  CALLWITNESS_JOBS: z.enum(['0', '1'], 'expected 0 or 1').default('1'),
  NEXTAUTH_URL: optionalText.pipe(z.url({ protocol: /^https?$/, error: ADDRESS_EXPECTED }).nullable()),
  NEXTAUTH_SECRET: optionalText.pipe(z.string().min(32, 'expected at least 32 characters').nullable()),
  CALLWITNESS_TRUST_PROXY: z.enum(['0', '1'], 'expected 0 or 1').default('0'),
})
const SECRETS: ReadonlySet<string> = new Set(['DATABASE_URL', 'REDIS_URL', 'NEXTAUTH_SECRET'])

export type ServerEnv = {
  isDevelopment: boolean
  /** 0 takes any free port. */
  port: number
  host: string
  dataDir: string
  /** Null when the server runs a Postgres of its own. */
  databaseUrl: string | null
  /** Where the servers of one installation meet for live listening; null when this is the only one. */
  redisUrl: string | null
  /** Whether this server makes what is derived from calls; not one that has no recordings of its own. */
  runsJobs: boolean
  /** The address that people use, when it is not where the server listens. */
  publicUrl: string | null
  sessionSecret: string | null
  /** Whether the last address of X-Forwarded-For is the caller's: only behind a proxy that writes it. */
  trustsProxy: boolean
  /** The folder with package.json, `prisma/` and `.next/`. */
  projectDir: string
}

export class EnvError extends Error {
  override readonly name = 'EnvError'
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])
export const isLoopback = (host: string): boolean => LOOPBACK_HOSTS.has(host)

export function parseEnv(environment: NodeJS.ProcessEnv, startDir: string): ServerEnv {
  const parsed = environmentSchema.safeParse(environment)
  if (!parsed.success) throw new EnvError(describeIssues(parsed.error.issues, environment))
  const { NODE_ENV, PORT, HOST, CALLWITNESS_DATA, DATABASE_URL, NEXTAUTH_URL, NEXTAUTH_SECRET, CALLWITNESS_TRUST_PROXY, REDIS_URL, CALLWITNESS_JOBS } = parsed.data
  if (!isLoopback(HOST) && NEXTAUTH_URL === null) {
    throw new EnvError(`HOST is ${HOST}, so others can reach the server: set NEXTAUTH_URL to the address that they use, such as https://calls.example.com`)
  }
  return {
    isDevelopment: NODE_ENV === 'development',
    port: PORT,
    host: HOST,
    dataDir: resolve(CALLWITNESS_DATA),
    databaseUrl: DATABASE_URL,
    redisUrl: REDIS_URL,
    runsJobs: CALLWITNESS_JOBS === '1',
    publicUrl: NEXTAUTH_URL,
    sessionSecret: NEXTAUTH_SECRET,
    trustsProxy: CALLWITNESS_TRUST_PROXY === '1',
    projectDir: findProjectDir(startDir),
  }
}

/** Such as `PORT is "abc"; expected …`. */
function describeIssues(issues: readonly z.core.$ZodIssue[], environment: NodeJS.ProcessEnv): string {
  return issues.map(({ path, message }) => {
    const name = String(path[0])
    return `${SECRETS.has(name) ? `${name} cannot be used` : `${name} is "${environment[name]}"`}; ${message}.`
  }).join(' ')
}

/** Sources lie in `server/`, the bundle in `dist/`: the project is the nearest folder above with the schema. */
function findProjectDir(startDir: string): string {
  for (let dir = startDir; dir !== dirname(dir); dir = dirname(dir)) {
    if (existsSync(join(dir, 'prisma', 'schema.prisma'))) return dir
  }
  throw new EnvError(`no folder above ${startDir} holds prisma/schema.prisma: start the server from a whole checkout`)
}
