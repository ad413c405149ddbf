/** The whole server as people run it, with a database of its own, in a process of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const PROJECT_DIR = resolve(import.meta.dirname, '../../..')
const START_LIMIT_MS = 40_000

export type TestServer = TestDatabase & Readonly<{
  origin: string
  /** The one-time link of the first administrator, which a server without users prints. */
  setupUrl: string
  /** Where it keeps the files of calls. */
  dataDir: string
  stop(): Promise<void>
}>

export async function startServer(): Promise<TestServer> {
  if (!existsSync(join(PROJECT_DIR, '.next/BUILD_ID'))) throw new Error('the pages are not built; run "npm run build" before these tests, as "npm test" does')
  const database = await makeTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'callwitness-pages-'))
  await chmod(dataDir, 0o755)
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, '--import', 'tsx', 'server/main.ts'], {
    cwd: PROJECT_DIR,
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', HOST: '127.0.0.1', CALLWITNESS_DATA: dataDir, DATABASE_URL: database.url, NEXTAUTH_URL: '', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  const { origin, setupUrl } = await new Promise<{ origin: string; setupUrl: string }>((resolveStart, reject) => {
    const fail = (): void => reject(new Error(`the server did not start:\n${output.join('\n')}`))
    const timer = setTimeout(fail, START_LIMIT_MS)
    child.once('exit', fail)
    const read = (line: string): void => {
      output.push(line)
      const setup = /https?:\/\/\S+\/setup\?token=\S+/.exec(line)?.[0]
      if (!setup) return
      clearTimeout(timer)
      resolveStart({ origin: new URL(setup).origin, setupUrl: setup })
    }
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', read)
  })
  const stop = async (): Promise<void> => {
    child.removeAllListeners('exit')
    const exited = child.exitCode === null ? once(child, 'exit') : Promise.resolve()
    child.kill('SIGTERM')
    await exited
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ...database, origin, setupUrl, dataDir, stop }
}
