/** The demo's own installation: a server with its data, the person who signs in there, and the agent that is paired with it. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import type { Child, Children } from './children'
import { serverFolder } from './folders'

const SERVER_LIMIT_MS = 120_000
const PREFERRED_PORT = 3000

const personSchema = z.object({ email: z.string(), name: z.string(), password: z.string() })
export type DemoPerson = z.infer<typeof personSchema>

/** What a run leaves for the next one. */
const memorySchema = z.object({ person: personSchema, hasAccount: z.boolean(), pairedWith: z.string().nullable() })
type Memory = z.infer<typeof memorySchema>

export type DemoServer = { origin: string; child: Child }

export class Installation {
  private constructor(readonly folder: string, private memory: Memory) {}

  static async open(folder: string): Promise<Installation> {
    await mkdir(folder, { recursive: true })
    // The embedded Postgres runs as a user of its own, who must be able to pass through.
    await chmod(folder, 0o755)
    const path = join(folder, 'demo.json')
    const memory = existsSync(path) ? memorySchema.parse(JSON.parse(await readFile(path, 'utf8'))) : { person: makePerson(), hasAccount: false, pairedWith: null }
    const installation = new Installation(folder, memory)
    await installation.save()
    return installation
  }

  get person(): DemoPerson {
    return this.memory.person
  }

  get serverDataDir(): string {
    return serverFolder(this.folder)
  }

  get agentHome(): string {
    return join(this.folder, 'agent')
  }

  get logFolder(): string {
    return join(this.folder, 'logs')
  }

  isPairedWith(origin: string): boolean {
    return this.memory.pairedWith === origin
  }

  /** To be called when the agent has its token. */
  async rememberPairing(origin: string): Promise<void> {
    await this.save({ pairedWith: origin })
  }

  async forgetPairing(): Promise<void> {
    await rm(this.agentHome, { recursive: true, force: true })
  }

  async startServer(children: Children, port: number): Promise<DemoServer> {
    const { DATABASE_URL: _database, NEXTAUTH_URL: _url, NEXTAUTH_SECRET: _secret, HOST: _host, ...inherited } = process.env
    const env: NodeJS.ProcessEnv = { ...inherited, NODE_ENV: 'production', PORT: String(port), CALLWITNESS_DATA: this.serverDataDir }
    const child = children.start('the server', process.execPath, ['dist/server.mjs'], { env })
    const origin = (await child.waitForLine(/serves (http\S+)/, SERVER_LIMIT_MS))[1]!
    if (!this.memory.hasAccount) await this.makeAccount(origin, child)
    return { origin, child }
  }

  /** Opens the link that a server without users prints, as a person would. */
  private async makeAccount(origin: string, server: Child): Promise<void> {
    const token = (await server.waitForLine(/\/setup\?token=(\S+)/, SERVER_LIMIT_MS))[1]
    const answer = await fetch(`${origin}/api/setup`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ token, ...this.person }) })
    if (!answer.ok) throw new Error(`the first administrator could not be made (HTTP ${answer.status}): ${await answer.text()}`)
    await this.save({ hasAccount: true })
  }

  private async save(changes: Partial<Memory> = {}): Promise<void> {
    this.memory = { ...this.memory, ...changes }
    await writeFile(join(this.folder, 'demo.json'), `${JSON.stringify(this.memory, null, 2)}\n`, { mode: 0o600 })
  }
}

const makePerson = (): DemoPerson => ({ email: 'linda@example.com', name: 'Linda', password: randomBytes(12).toString('base64url') })

/** The usual port when nobody has it, else any. */
export async function choosePort(): Promise<number> {
  return (await isFree(PREFERRED_PORT)) ? PREFERRED_PORT : 0
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
