/** Next on our own server. */
import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import next from 'next'
import type { ServerEnv } from '../env'

export type Pages = { handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>; close: () => Promise<void> }

/** `upgrades` stands in for the server: Next adds its own listener for upgrades there, which in production takes none. */
export async function startPages(env: ServerEnv, port: number, upgrades: EventEmitter): Promise<Pages> {
  const options = { dev: env.isDevelopment, dir: env.projectDir, hostname: env.host, port }
  // Next uses nothing of the server but its `upgrade` event.
  const app = next({ ...options, httpServer: upgrades as never })
  await app.prepare()
  const handle = app.getRequestHandler()
  return { handle: (req, res) => handle(req, res), close: () => app.close() }
}
