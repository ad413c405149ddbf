/**
 * The server's one port. States: `starting` answers 503 to everything, so that a port in use is found before any work is
 * done; `serving` hands each request to its handler; closed.
 *
 * Upgrades of /socket.io/ belong to socket.io. The others go to Next, which has some only in development.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { EventEmitter } from 'node:events'
import type { AddressInfo } from 'node:net'
import { isLoopback, type ServerEnv } from '../env'
import type { Log } from '../log'
import { CALLER_ADDRESS_HEADER, callerAddress } from './caller'
import { contentSecurityPolicy, isOurHost, isSecretAddress, setSecurityHeaders } from './guards'
import { listen } from './listen'
import { makeNonce, NONCE_HEADER } from './nonce'
import { answerProblem, HttpError } from './problem'

export const SOCKET_PATH = '/socket.io/'
export const HEALTH_PATH = '/healthz'

export type Handler = (req: IncomingMessage, res: ServerResponse, url: URL, address: string) => Promise<void>
type Options = { env: ServerEnv; log: Log; pageUpgrades: EventEmitter }

export class Front {
  readonly server: Server
  #handler: Handler | null = null

  private constructor(private readonly options: Options) {
    this.server = createServer((req, res) => {
      this.#answer(req, res).catch((error: unknown) => answerProblem(res, error, options.log))
    })
    this.server.on('upgrade', (req, socket, head) => {
      if (req.url?.startsWith(SOCKET_PATH)) return
      if (!options.pageUpgrades.emit('upgrade', req, socket, head)) socket.destroy()
    })
  }

  /** Rejects with EnvError when it cannot listen there. */
  static async listen(options: Options): Promise<Front> {
    const front = new Front(options)
    await listen(front.server, options.env)
    return front
  }

  /** Where people reach the server, without a slash at the end. */
  get origin(): string {
    const { host, publicUrl } = this.options.env
    if (publicUrl !== null) return new URL(publicUrl).origin
    // A server that listens on a host and port has an AddressInfo.
    const { port } = this.server.address() as AddressInfo
    return `http://${host.includes(':') ? `[${host}]` : isLoopback(host) ? host : 'localhost'}:${port}`
  }

  serve(handler: Handler): void {
    this.#handler = handler
  }

  /** Takes no new connections and ends the open ones. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    this.server.closeAllConnections()
    await closed
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { env } = this.options
    const nonce = makeNonce()
    const policy = contentSecurityPolicy(nonce, env.isDevelopment)
    setSecurityHeaders(res, { policy, isHttps: this.origin.startsWith('https:') })
    const url = parseUrl(req, this.origin)
    if (isSecretAddress(url.pathname)) res.setHeader('Referrer-Policy', 'no-referrer')
    if (url.pathname === HEALTH_PATH) return void res.writeHead(this.#handler ? 200 : 503, { 'Content-Type': 'text/plain' }).end(this.#handler ? 'ok\n' : 'starting\n')
    if (!isOurHost(req, env.publicUrl)) throw new HttpError(421, 'This server does not answer to that name; set NEXTAUTH_URL to the address that people use.')
    if (!this.#handler) throw new HttpError(503, 'The server is starting.')
    const address = callerAddress(req, env.trustsProxy)
    // Next finds the nonce of its own scripts in the policy; the pages have one more script.
    Object.assign(req.headers, { [CALLER_ADDRESS_HEADER]: address, [NONCE_HEADER]: nonce, 'content-security-policy': policy })
    await this.#handler(req, res, url, address)
  }
}

/** Request targets such as `//host` or `*` are no paths of ours. */
function parseUrl(req: IncomingMessage, origin: string): URL {
  const target = req.url ?? '/'
  if (!target.startsWith('/') || target.startsWith('//') || !URL.canParse(target, origin)) throw new HttpError(400, 'The address is malformed.')
  return new URL(target, origin)
}
