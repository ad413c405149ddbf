/** The server as it is built and as people run it, in a process of its own, with its own Postgres: nothing is made faster for tests. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Database, makeDatabase } from '@/server/database/client'
import { startEmbeddedPostgres } from '@/server/database/embedded-postgres'

const PROJECT_DIR = resolve(import.meta.dirname, '../..')
const PROGRAM = 'dist/server.mjs'
const START_LIMIT_MS = 60_000
const SERVES = /Callwitness serves (\S+)/

export type BuiltServer = Readonly<{ origin: string; database: Database; stop(): Promise<void> }>

export async function startBuiltServer(): Promise<BuiltServer> {
  for (const path of [PROGRAM, '.next/BUILD_ID']) if (!existsSync(join(PROJECT_DIR, path))) throw new Error(`${path} is not there; "npm run build" makes it`)
  const dataDir = await mkdtemp(join(tmpdir(), 'callwitness-bench-pages-'))
  // Postgres runs as another user when we are root, and must be able to go in.
  await chmod(dataDir, 0o755)
  const child = spawn(process.execPath, [PROGRAM], {
    cwd: PROJECT_DIR,
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', HOST: '127.0.0.1', CALLWITNESS_DATA: dataDir, DATABASE_URL: '', NEXTAUTH_URL: '', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const origin = await new Promise<string>((serves, fail) => {
    const giveUp = (): void => fail(new Error(`the server did not start:\n${said.join('\n')}`))
    const timer = setTimeout(giveUp, START_LIMIT_MS)
    child.once('exit', giveUp)
    const read = (line: string): void => {
      said.push(line)
      const origin = SERVES.exec(line)?.[1]
      if (origin === undefined) return
      clearTimeout(timer)
      serves(origin)
    }
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', read)
  })
  // It runs already: this only tells where.
  const { url } = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres'), database: 'callwitness', log: () => undefined })
  const database = makeDatabase(url)
  const stop = async (): Promise<void> => {
    await database.$disconnect()
    const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve()
    child.kill('SIGTERM')
    await exited
    await rm(dataDir, { recursive: true, force: true })
  }
  return { origin, database, stop }
}
