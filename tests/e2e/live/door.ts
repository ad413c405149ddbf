/**
 * A door before the whole server, with a `/live` of the test's own behind it: pages, sign-in and data are the server's, what
 * is live is what the test says, in the words of protocol/live-messages.ts.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket as NetSocket } from 'node:net'
import { Server, type Namespace, type Socket } from 'socket.io'
import * as parser from 'socket.io-msgpack-parser'
import { LIVE_NAMESPACE, type ListenerEmits, type LiveEmits } from '@/protocol/live-messages'

export type LiveNamespace = Namespace<ListenerEmits, LiveEmits>
export type ListenerSocket = Socket<ListenerEmits, LiveEmits>

export class Door {
  readonly live: LiveNamespace
  private readonly upgrades = new Set<NetSocket>()
  private isCut = false

  private constructor(private readonly server: ReturnType<typeof createServer>, private readonly io: Server) {
    this.live = io.of(LIVE_NAMESPACE)
    this.live.on('connection', (socket: ListenerSocket) => void socket.on('time', (reply) => reply(Date.now())))
    server.on('upgrade', (_req, socket: NetSocket) => {
      if (this.isCut) socket.destroy()
      this.upgrades.add(socket)
      socket.once('close', () => this.upgrades.delete(socket))
    })
  }

  static async open(behind: string): Promise<Door> {
    const server = createServer((req, res) => forward(behind, req, res))
    const io = new Server(server, { path: '/socket.io/', parser, transports: ['websocket'], serveClient: false })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new Door(server, io)
  }

  get origin(): string {
    // A server that listens on a host and port has an AddressInfo.
    return `http://localhost:${(this.server.address() as AddressInfo).port}`
  }

  /** The network of whoever listens goes. */
  cut(): void {
    this.isCut = true
    for (const socket of this.upgrades) socket.destroy()
  }

  mend(): void {
    this.isCut = false
  }

  async close(): Promise<void> {
    await this.io.close()
    this.server.closeAllConnections()
  }
}

function forward(behind: string, req: IncomingMessage, res: ServerResponse): void {
  const { method, headers, url } = req
  const onward = request(behind + url, { method, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(res)
  })
  onward.on('error', () => res.writeHead(502).end())
  req.pipe(onward)
}
