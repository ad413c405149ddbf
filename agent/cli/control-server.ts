/** How other commands speak to the running agent: HTTP on loopback with a secret that only the home's owner can read. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { CliError } from './errors'
import { claimRunFile, findRunFile, removeDeadRunFile, removeRunFile, type RunFile } from './run-file'

const ASK_LIMIT_MS = 2_000
const ALIVE_PATH = '/alive'

export const statusReplySchema = z.object({
  phase: z.string(),
  callId: z.string().nullable(),
  atMs: z.number().nullable(),
  technician: z.string(),
  server: z.string(),
  uplink: z.string(),
  spooledCalls: z.int(),
  /** Lets one window in, once; `null` when the panel could not be opened. */
  panelUrl: z.string().nullable(),
  extensionPort: z.int(),
  pairingSecret: z.string(),
  faults: z.array(z.object({ message: z.string(), remedy: z.string() })),
})
export type StatusReply = z.infer<typeof statusReplySchema>

export type ControlHandlers = { status(): StatusReply; stop(): void }
export interface ControlServer {
  /** Until then every command but "is anybody there" is told to wait. */
  serve(handlers: ControlHandlers): void
  dispose(): Promise<void>
}

/** Claims the home for this process. Rejects with CliError when an agent of this home is running. */
export async function startControlServer(runFile: string): Promise<ControlServer> {
  const secret = randomBytes(24).toString('base64url')
  let handlers: ControlHandlers | null = null
  const server = createServer((request, response) => {
    const { status, body } = isAllowed(request, secret) ? answerTo(`${request.method} ${request.url}`, handlers) : NOT_FOUND
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  const run: RunFile = { pid: process.pid, port, secret }
  if (!claimRunFile(runFile, run)) {
    const other = findRunFile(runFile)
    if (other && (await answers(other))) {
      await close()
      throw CliError.alreadyRunning(other.pid)
    }
    removeDeadRunFile(runFile, other)
    if (!claimRunFile(runFile, run)) {
      await close()
      throw CliError.alreadyRunning(findRunFile(runFile)?.pid ?? 0)
    }
  }
  return {
    serve: (given) => (handlers = given),
    async dispose() {
      removeRunFile(runFile)
      server.closeAllConnections()
      await close()
    },
  }
}

/** Whether an agent of this home is there, be it still starting. */
export async function isRunning(runFile: string): Promise<boolean> {
  const run = findRunFile(runFile)
  return run !== null && (await answers(run))
}

/** Rejects with CliError when no agent of this home is running. */
export async function askStatus(runFile: string): Promise<StatusReply> {
  return statusReplySchema.parse(await (await ask(getRunning(runFile), 'GET', '/status')).json())
}

/** Resolves when the agent has ended. */
export async function askStop(runFile: string, wait: (ms: number) => Promise<void>): Promise<void> {
  const running = getRunning(runFile)
  await ask(running, 'POST', '/stop')
  while (findRunFile(runFile)?.secret === running.secret && (await answers(running))) await wait(100)
}

function getRunning(runFile: string): RunFile {
  const running = findRunFile(runFile)
  if (!running) throw CliError.notRunning()
  return running
}

const answers = (run: RunFile): Promise<boolean> => ask(run, 'GET', ALIVE_PATH).then(() => true, () => false)

async function ask({ port, secret }: RunFile, method: string, path: string): Promise<Response> {
  const signal = AbortSignal.timeout(ASK_LIMIT_MS)
  const url = `http://127.0.0.1:${port}${path}`
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${secret}` }, signal }).catch(() => null)
  if (response?.status === 503) throw CliError.starting()
  if (!response?.ok) throw CliError.notRunning()
  return response
}

type Answer = { status: number; body: unknown }
const NOT_FOUND: Answer = { status: 404, body: {} }

function answerTo(route: string, handlers: ControlHandlers | null): Answer {
  if (route === `GET ${ALIVE_PATH}`) return { status: 200, body: {} }
  if (!handlers) return { status: 503, body: {} }
  if (route === 'GET /status') return { status: 200, body: handlers.status() }
  if (route !== 'POST /stop') return NOT_FOUND
  handlers.stop()
  return { status: 200, body: {} }
}

function isAllowed({ headers }: IncomingMessage, secret: string): boolean {
  const given = Buffer.from(headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${secret}`)
  // A page in a browser sends an origin; no command does.
  return headers.origin === undefined && given.length === wanted.length && timingSafeEqual(given, wanted)
}
