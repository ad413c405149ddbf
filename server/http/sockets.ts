/** socket.io on the server's port: web sockets only, binary frames, no pages of other sites. */
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import * as parser from 'socket.io-msgpack-parser'
import { MAX_FRAME_BYTES } from '@/protocol/agent-messages'
import { SOCKET_PATH } from './front'
import { isOurHost, isOurOrigin } from './guards'

export function attachSockets(server: HttpServer, publicUrl: string | null): Server {
  return new Server(server, {
    path: SOCKET_PATH,
    parser,
    transports: ['websocket'],
    maxHttpBufferSize: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    serveClient: false,
    // Upgrades of other paths are the front's.
    destroyUpgrade: false,
    allowRequest: (req, decide) => decide(null, isOurHost(req, publicUrl) && isOurOrigin(req, publicUrl)),
  })
}
