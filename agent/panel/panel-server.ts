/**
 * Serves the technician's panel on loopback and passes his commands to the recorder.
 *
 * The files of the page are no secret; everything else needs a token. The token is made from the panel's secret, so that a
 * window survives a restart of the agent, and is given in exchange for a key that works once within two minutes, because the
 * address with which a browser is started can be read by other people on the computer.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { agentCommand } from '@/protocol/agent-command'
import { readBody } from '../capture/actions/read-body'
import { type Command, commandSchema, enterSchema } from './command-schema'
import { PanelError } from './errors'
import { COMMANDS_PATH, ENTER_PATH, LIVE_PATH, type EnterReply, type Refused } from './messages'
import { readPageFiles } from './page-files'
import type { PanelControls } from './ports'
import { streamPanel } from './stream'

const KEY_LIFE_MS = 120_000
const MAX_BODY_BYTES = 32 * 1024
const OPEN_AGAIN = `Open the panel again with “${agentCommand('panel')}”.`
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export type PanelOptions = {
  /** 0 for any free port. */
  port: number
  controls: PanelControls
  /** Stays the same over restarts; nobody else knows it. */
  secret: string
  /** Where buildPanel put the page. */
  pageDir: string
  log: (message: string) => void
}

export interface Panel {
  readonly port: number
  /** An address that lets one window in, once, within two minutes. */
  makeEntryUrl(): string
  stop(): Promise<void>
}

/** Rejects with PanelError when the port is taken or the page is not built. */
export async function startPanel({ port: wantedPort, controls, secret, pageDir, log }: PanelOptions): Promise<Panel> {
  const files = await readPageFiles(pageDir)
  const token = createHmac('sha256', secret).update('callwitness-panel-v1').digest('base64url')
  const keys = new Map<string, number>()
  const streams = new AbortController()

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log(`the panel failed: ${String(error)}`)
      if (!response.headersSent) reply(response, 500, { message: 'The agent failed at this. Its log says why.' })
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = `http://127.0.0.1:${port}`
    if (request.headers.host !== `127.0.0.1:${port}`) return reply(response, 421, { message: `The panel answers at ${origin} only.` })
    if (request.headers.origin !== undefined && request.headers.origin !== origin) return reply(response, 403, { message: 'Another site may not use the panel.' })
    const route = `${request.method} ${request.url}`
    const file = files.get(route)
    if (file) return void response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': file.contentType }).end(file.bytes)
    if (route === `POST ${ENTER_PATH}`) return enter(request, response)
    if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`)) return reply(response, 401, { message: OPEN_AGAIN })
    if (route === `GET ${LIVE_PATH}`) return streamPanel(response, controls, { headers: SECURITY_HEADERS, signal: streams.signal })
    if (route === `POST ${COMMANDS_PATH}`) return command(request, response)
    reply(response, 404, { message: `There is no ${route} here.` })
  }

  async function enter(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const entry = enterSchema.safeParse(parseJson(await readBody(request, MAX_BODY_BYTES)))
    const madeMs = entry.success ? keys.get(entry.data.key) : undefined
    if (!entry.success || madeMs === undefined) return reply(response, 401, { message: `This address has been used. ${OPEN_AGAIN}` })
    keys.delete(entry.data.key)
    if (performance.now() - madeMs > KEY_LIFE_MS) return reply(response, 401, { message: `This address has expired. ${OPEN_AGAIN}` })
    reply(response, 200, { token })
  }

  async function command(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = commandSchema.safeParse(parseJson(await readBody(request, MAX_BODY_BYTES)))
    if (!parsed.success) return reply(response, 400, { message: 'This is no command of the panel. Close it and open it again.' })
    try {
      await obey(controls, parsed.data)
      response.writeHead(204, SECURITY_HEADERS).end()
    } catch (error) {
      log(`${parsed.data.command} was refused: ${String(error)}`)
      reply(response, 409, { message: error instanceof Error ? error.message : String(error) })
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(PanelError.portTaken(wantedPort, cause)))
    server.listen(wantedPort, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // a TCP server that listens has one

  return {
    port,
    makeEntryUrl() {
      const key = randomBytes(24).toString('base64url')
      const nowMs = performance.now()
      for (const [old, madeMs] of keys) if (nowMs - madeMs > KEY_LIFE_MS) keys.delete(old)
      keys.set(key, nowMs)
      return `http://127.0.0.1:${port}/#${key}`
    },
    async stop() {
      streams.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function obey(controls: PanelControls, command: Command): Promise<void> {
  switch (command.command) {
    case 'start':
    case 'stop':
    case 'resume':
    case 'done':
      return controls[command.command]()
    case 'pause':
      return controls.pause(command.reason)
    case 'note':
      return controls.note(command.text)
    case 'read':
      return controls.read(command.id)
  }
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined // the schema says what was expected
  }
}

function reply(response: ServerResponse, status: number, body: EnterReply | Refused): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'content-type': 'application/json' }).end(JSON.stringify(body))
}
