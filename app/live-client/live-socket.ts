/** The page's connection to the server's namespace `/live`. It finds its way back by itself. */
import { io, type Socket } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import type { LiveItem } from '@/protocol/live-items'
import type { ListenerEmits, LiveAuth, LiveEmits } from '@/protocol/live-messages'
import { LIVE_NAMESPACE } from '@/protocol/live-names'

const RECONNECT_FIRST_MS = 300
const RECONNECT_LAST_MS = 2_000

export type LiveSocket = Socket<LiveEmits, ListenerEmits>

export const openLiveSocket = (invitation?: string): LiveSocket =>
  io(LIVE_NAMESPACE, { auth: (invitation === undefined ? {} : { invitation }) satisfies LiveAuth, transports: ['websocket'], parser, autoConnect: false, reconnectionDelay: RECONNECT_FIRST_MS, reconnectionDelayMax: RECONNECT_LAST_MS, timeout: 5_000 })

/** In a browser the parser makes ArrayBuffers of bytes, whatever their type says. */
export const withBytes = (item: LiveItem): LiveItem => ({ ...item, bytes: new Uint8Array(item.bytes) })
/** And it sends only those as bytes. */
export const asSent = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => bytes.slice().buffer as unknown as Uint8Array<ArrayBuffer>

const ANSWER_LIMIT_MS = 8_000

/** What the server answers, or `null` when nobody does. The library forgets the type of an answer that it waits for with a limit. */
export const ask = <Answer>(socket: LiveSocket, emit: (limited: ReturnType<LiveSocket['timeout']>) => Promise<unknown>): Promise<Answer | null> =>
  emit(socket.timeout(ANSWER_LIMIT_MS)).then(
    (answer) => answer as Answer,
    () => null,
  )
