/** Next on our own server. */
import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import next from 'next'
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_SERVER } from 'next/constants.js'
import type { ServerEnv } from '../env'

export type Pages = { handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>; close: () => Promise<void> }

/** `upgrades` stands in for the server: Next adds its own listener for upgrades there, which in production takes none. */
export async function startPages(env: ServerEnv, port: number, upgrades: EventEmitter): Promise<Pages> {
  const options = { dev: env.isDevelopment, dir: env.projectDir, hostname: env.host, port }
  // Next uses nothing of the server but its `upgrade` event.
  await loadConfigQuietly(env)
  const app = next({ ...options, httpServer: upgrades as never })
  await app.prepare()
  const handle = app.getRequestHandler()
  return { handle: (req, res) => handle(req, res), close: () => app.close() }
}

/** Next keeps its configuration once it is loaded, and says how long that took only where it had to load it itself. */
async function loadConfigQuietly({ isDevelopment, projectDir }: ServerEnv): Promise<void> {
  // By `require`: what `import` gives as the default of this module differs between Node and its types.
  const { default: loadConfig } = createRequire(import.meta.url)('next/dist/server/config') as typeof import('next/dist/server/config')
  await loadConfig(isDevelopment ? PHASE_DEVELOPMENT_SERVER : PHASE_PRODUCTION_SERVER, projectDir, { silent: true })
}
