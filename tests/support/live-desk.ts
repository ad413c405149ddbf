/** A desk that speaks the agents' protocol to a whole server, for tests of live listening: what an agent would, without sound. */
import { createHash, randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { io } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import { AGENT_NAMESPACE, AGENT_PROTOCOL_VERSION, type AgentEmits, type ServerEmits } from '@/protocol/agent-messages'
import type { AgentStatus } from '@/protocol/agent-status'
import type { OpenData } from '@/protocol/entries'
import type { LiveItem } from '@/protocol/live-items'
import type { Viewer } from '@/server/access/sessions'
import { makeTestDevice, SampleCall } from '../server/ingest/sample-call'
import type { TestServer } from './server'

export type Heard = { [Message in keyof ServerEmits]: Parameters<ServerEmits[Message]>[0][] }

export class LiveDesk {
  readonly heard: Heard = { receipt: [], listen: [], 'coach-text': [], 'coach-voice': [], presence: [] }
  private sent = 0
  /** The server's wall clock at 0 of the call; `null`: the call began ten seconds ago, whenever that is asked. */
  originMs: number | null = null

  private constructor(
    readonly call: SampleCall,
    /** Of its device, to come back with. */
    readonly token: string,
    private readonly socket: Socket<ServerEmits, AgentEmits>,
  ) {
    for (const name of Object.keys(this.heard) as (keyof Heard)[]) {
      // Each list takes what its own message carries.
      socket.on(name, ((message: never, reply?: () => void) => {
        this.heard[name].push(message)
        reply?.()
      }) as never)
    }
  }

  /** `token` is of the device that the call is recorded with. */
  static async connect(server: TestServer, technician: Viewer, open: Partial<OpenData> = {}): Promise<LiveDesk> {
    const device = makeTestDevice({ id: technician.id, name: technician.name })
    const token = `cwd_${randomUUID()}`
    const tokenHash = createHash('sha256').update(token).digest('hex')
    await server.database.device.create({ data: { id: device.id, userId: technician.id, name: 'desk 7', publicKey: device.publicKey, tokenHash, agentVersion: '0.1.0', platform: 'linux' } })
    return LiveDesk.reconnect(server, new SampleCall(device, undefined, open), token)
  }

  static async reconnect({ origin }: TestServer, call: SampleCall, token: string): Promise<LiveDesk> {
    const socket: Socket<ServerEmits, AgentEmits> = io(new URL(AGENT_NAMESPACE, origin).href, { transports: ['websocket'], parser, auth: { token, protocolVersion: AGENT_PROTOCOL_VERSION }, reconnection: false, forceNew: true })
    const desk = new LiveDesk(call, token, socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    const reply = await socket.emitWithAck('hello', { agentVersion: '0.1.0', callIds: [call.callId] })
    if (!reply.ok) throw new Error(reply.message)
    desk.sent = reply.heads[0]!.seq + 1
    return desk
  }

  /** Sends what has been added to the log since. */
  async replicate(): Promise<void> {
    const entries = this.call.entries.slice(this.sent).map(({ line, payload }) => ({ line: Buffer.from(line), ...(payload && { payload: Buffer.from(payload) }) }))
    const reply = await this.socket.emitWithAck('append', { callId: this.call.callId, entries })
    if (!reply.ok) throw new Error(reply.message)
    this.sent = this.call.entries.length
  }

  tell(status: Partial<AgentStatus> = {}): void {
    this.socket.emit('status', { phase: 'recording', callId: this.call.callId, levelsDb: { technician: -20, customer: -30 }, behindMs: 0, faults: [], ...status })
  }

  async relay(...items: LiveItem[]): Promise<void> {
    await this.socket.emitWithAck('items', { callId: this.call.callId, originMs: this.originMs ?? Date.now() - 10_000, items: items.map((item) => ({ ...item, bytes: Buffer.from(item.bytes) })) })
  }

  read(id: string): void {
    this.socket.emit('coach-read', { callId: this.call.callId, id })
  }

  leave(): void {
    this.socket.disconnect()
  }
}

export const packet = (atMs: number, track: 'technician' | 'customer' = 'customer'): LiveItem => ({ track, atMs, bytes: Uint8Array.of(0xf8, atMs & 0xff), isKey: true })
