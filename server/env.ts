/** The server's configuration: the process environment, checked once. `docs/operations.md` has the table. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'

const optionalText = z.string().optional().transform((text) => text?.trim() || null)

const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  CALLWITNESS_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: optionalText,
  NEXTAUTH_URL: optionalText.pipe(z.url().nullable()),
  NEXTAUTH_SECRET: optionalText.pipe(z.string().min(32).nullable()),
  CALLWITNESS_TRUST_PROXY: z.enum(['0', '1']).default('0'),
})

export type ServerEnv = {
  isDevelopment: boolean
  /** 0 takes any free port. */
  port: number
  host: string
  dataDir: string
  /** Null when the server runs a Postgres of its own. */
  databaseUrl: string | null
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
  if (!parsed.success) throw new EnvError(`the environment is not as expected:\n${z.prettifyError(parsed.error)}`)
  const { NODE_ENV, PORT, HOST, CALLWITNESS_DATA, DATABASE_URL, NEXTAUTH_URL, NEXTAUTH_SECRET, CALLWITNESS_TRUST_PROXY } = parsed.data
  if (!isLoopback(HOST) && NEXTAUTH_URL === null) {
    throw new EnvError(`HOST is ${HOST}, so others can reach the server: set NEXTAUTH_URL to the address that they use, such as https://calls.example.com`)
  }
  return {
    isDevelopment: NODE_ENV === 'development',
    port: PORT,
    host: HOST,
    dataDir: resolve(CALLWITNESS_DATA),
    databaseUrl: DATABASE_URL,
    publicUrl: NEXTAUTH_URL,
    sessionSecret: NEXTAUTH_SECRET,
    trustsProxy: CALLWITNESS_TRUST_PROXY === '1',
    projectDir: findProjectDir(startDir),
  }
}

/** Sources lie in `server/`, the bundle in `dist/`: the project is the nearest folder above with the schema. */
function findProjectDir(startDir: string): string {
  for (let dir = startDir; dir !== dirname(dir); dir = dirname(dir)) {
    if (existsSync(join(dir, 'prisma', 'schema.prisma'))) return dir
  }
  throw new EnvError(`no folder above ${startDir} holds prisma/schema.prisma: start the server from a whole checkout`)
}
