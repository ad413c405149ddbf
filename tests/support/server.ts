/**
 * The whole server as a child process, on any free port, with a database and a data folder of its own. Pages come from
 * `.next/`, which `npm test` builds; the server itself runs from its sources.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Viewer } from '@/server/access/sessions'
import type { Database } from '@/server/database/client'
import { HttpClient } from './http-client'
import { makeViewer, TEST_PASSWORD } from './people'
import { makeTestDatabase } from './postgres'

const PROJECT_DIR = resolve(import.meta.dirname, '../..')
const START_LIMIT_MS = 60_000
const READY = /Callwitness serves (http\S+)/

export type TestServer = {
  readonly origin: string
  readonly dataDir: string
  readonly database: Database
  readonly databaseUrl: string
  /** Null when the server found a user at its start. */
  readonly setupUrl: string | null
  /** Everything that the server has printed. */
  readonly output: string
  createUser(role: Viewer['role']): Promise<Viewer>
  /** Creates a person of this role and signs him in over HTTP. */
  signInAs(role: Viewer['role']): Promise<{ viewer: Viewer; client: HttpClient }>
  /** kill -9, as a crash would. */
  kill(): Promise<void>
  /** SIGTERM; resolves to the exit code. */
  terminate(): Promise<number | null>
  /** Starts it again on the same port, database and data folder. */
  restart(): Promise<void>
  /** Ends it and removes database and data folder. */
  dispose(): Promise<void>
}

/** `beside`: another server of the same installation, with the same database. */
export async function startTestServer(environment: Record<string, string> = {}, beside?: TestServer): Promise<TestServer> {
  if (!existsSync(join(PROJECT_DIR, '.next', 'BUILD_ID'))) throw new Error('the pages are not built; run "npm run build" once before this test')
  const { url: databaseUrl, database, drop } = beside ? { ...beside, url: beside.databaseUrl, drop: () => Promise.resolve() } : await makeTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'callwitness-server-'))
  const settings = { DATABASE_URL: databaseUrl, CALLWITNESS_DATA: dataDir, ...environment }
  const cleanUp = async () => {
    await drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  let running = await run({ ...settings, PORT: '0' }).catch(async (error: unknown) => {
    await cleanUp()
    throw error
  })
  const { origin } = running

  return {
    origin,
    dataDir,
    database,
    databaseUrl,
    get setupUrl() {
      return /http\S+\/setup\?token=\S+/.exec(running.output())?.[0] ?? null
    },
    get output() {
      return running.output()
    },
    createUser: (role) => makeViewer(database, role),
    async signInAs(role) {
      const viewer = await makeViewer(database, role)
      const client = new HttpClient(origin)
      const error = await client.signIn(viewer.email, TEST_PASSWORD)
      if (error !== null) throw new Error(`signing in as ${viewer.email} failed: ${error}\n${running.output()}`)
      return { viewer, client }
    },
    kill: async () => void (await end(running.child, 'SIGKILL')),
    terminate: () => end(running.child, 'SIGTERM'),
    async restart() {
      await end(running.child, 'SIGTERM')
      running = await run({ ...settings, PORT: new URL(origin).port })
    },
    async dispose() {
      await end(running.child, 'SIGTERM')
      await cleanUp()
    },
  }
}

type Running = { child: ChildProcess; origin: string; output: () => string }

/** Resolves when the server says that it serves; rejects with all that it said when it ends before. */
function run(settings: Record<string, string>): Promise<Running> {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' as const, ...settings }
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, '--import', 'tsx', 'server/main.ts'], { cwd: PROJECT_DIR, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  return new Promise((done, fail) => {
    const giveUp = (why: string) => {
      child.kill('SIGKILL')
      fail(new Error(`the server ${why}:\n${output}`))
    }
    const timer = setTimeout(() => giveUp(`did not serve within ${START_LIMIT_MS / 1_000} s`), START_LIMIT_MS)
    child.once('exit', (code) => giveUp(`ended with code ${code}`))
    const read = (bytes: Buffer) => {
      output += bytes.toString()
      const origin = READY.exec(output)?.[1]
      if (!origin) return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      done({ child, origin, output: () => output })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
  })
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((done) => {
    child.once('exit', (code) => done(code))
    child.kill(signal)
  })
}
