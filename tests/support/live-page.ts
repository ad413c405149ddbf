/** A supervisor's page, or a guest's, without a browser: what it would hear from `/live`. */
import { io, type Socket } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import { LIVE_NAMESPACE, type ListenerEmits, type LiveAuth, type LiveEmits } from '@/protocol/live-messages'
import type { HttpClient } from './http-client'

export type Told = { [Message in keyof LiveEmits]: Parameters<LiveEmits[Message]>[0][] }

export class TestLivePage {
  readonly told: Told = { board: [], items: [], entries: [], words: [], captions: [], uplink: [], 'coach-read': [], ended: [] }

  private constructor(readonly socket: Socket<LiveEmits, ListenerEmits>) {
    for (const name of Object.keys(this.told) as (keyof Told)[]) socket.on(name, ((message: never) => void this.told[name].push(message)) as never) // each list takes what its own message carries
  }

  /** Rejects with what the server says when it does not admit the page. */
  static async open(client: HttpClient, headers: Record<string, string> = {}, auth: LiveAuth = {}): Promise<TestLivePage> {
    const extraHeaders = { cookie: client.cookieHeader, origin: client.origin, ...headers }
    const socket: Socket<LiveEmits, ListenerEmits> = io(new URL(LIVE_NAMESPACE, client.origin).href, { auth, transports: ['websocket'], parser, extraHeaders, reconnection: false, forceNew: true })
    const page = new TestLivePage(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return page
  }

  close(): void {
    this.socket.disconnect()
  }
}
