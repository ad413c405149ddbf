/** The server's own ingest behind real sockets, which a test can take away and bring back on the same port. */
import { readFile } from 'node:fs/promises'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Namespace, Server } from 'socket.io'
import parser from 'socket.io-msgpack-parser'
import { AGENT_NAMESPACE, type AgentEmits, type DeskReport, MAX_FRAME_BYTES, type ServerEmits } from '@/protocol/agent-messages'
import { LOG_FILE, parseLine, type LogEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { attachAgentNamespace, type AgentNamespace } from '@/server/ingest/agent-namespace'
import type { AgentDevice } from '@/server/ingest/check-entry'
import { checkLog } from '@/verify/check-log'
import { openDiskFolder } from '@/verify/disk-folder'
import type { Report } from '@/verify/report'
import { join } from 'node:path'
import { openTestIngest, quietLog } from '../server/ingest/ingest-harness'
import { NO_LIVE } from './no-live'

export const GOOD_TOKEN = 'a-token-that-a-person-approved'

export class IngestServer {
  port = 0
  device: AgentDevice | null
  readonly deskReports: DeskReport[] = []
  private running: { http: HttpServer; sockets: Server; agents: AgentNamespace; ingest: Awaited<ReturnType<typeof openTestIngest>> } | null = null

  constructor(
    private readonly dir: string,
    device: AgentDevice,
  ) {
    this.device = device
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async start(): Promise<void> {
    const ingest = await openTestIngest(this.dir)
    const http = createServer()
    const sockets = new Server(http, { parser, transports: ['websocket'], maxHttpBufferSize: MAX_FRAME_BYTES, serveClient: false })
    const agents = attachAgentNamespace(sockets, {
      deviceOfToken: (token) => Promise.resolve(token === GOOD_TOKEN ? this.device : null),
      ingest: ingest.ingest,
      serverKey: ingest.serverKey,
      recordSeen: () => Promise.resolve(),
      live: NO_LIVE,
      recordDesk: (_, report) => Promise.resolve(void this.deskReports.push(report)),
      log: quietLog,
    })
    await new Promise<void>((resolve) => http.listen(this.port, '127.0.0.1', resolve))
    this.port = (http.address() as AddressInfo).port
    this.running = { http, sockets, agents, ingest }
  }

  async stop(): Promise<void> {
    const { running } = this
    this.running = null
    if (!running) return
    running.agents.dispose()
    await running.sockets.close()
    await running.ingest[Symbol.asyncDispose]()
  }

  /** Ends the connection of a device that is known no more. */
  revoke(): void {
    const id = this.device?.id
    this.device = null
    if (id) this.running?.agents.disconnectDevice(id)
  }

  /** The agents that are connected, to say to them what ingest does not. */
  get agents(): Namespace<AgentEmits, ServerEmits> {
    if (!this.running) throw new Error('this server does not run')
    return this.running.sockets.of(AGENT_NAMESPACE)
  }

  folderOf = (callId: CallId): string => join(this.dir, 'media', callId)

  /** What the server holds of a call; nothing before its first entry. */
  async entries(callId: CallId): Promise<LogEntry[]> {
    const text = await readFile(join(this.folderOf(callId), LOG_FILE), 'utf8').catch(() => '')
    return text.split('\n').filter(Boolean).map((line) => parseLine(Buffer.from(line)))
  }

  verify = async (callId: CallId): Promise<Report> => checkLog(openDiskFolder(this.folderOf(callId)))
}
