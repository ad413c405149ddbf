/**
 * What pages, actions and routes use of the running server.
 *
 * Next bundles them apart from the server, so each has its own instance of every module; only `globalThis` is the same.
 * `main.ts` sets the runtime before it serves the first request.
 */
import type { CallId } from '@/protocol/ids'
import type { CallActs } from './access/call-acts'
import type { RateLimit } from './access/rate-limit'
import type { Sessions } from './access/sessions'
import type { Database } from './database/client'
import type { TaskKind } from './database/generated/enums'
import type { ServerEnv } from './env'
import type { CallFeed } from './ingest/call-feed'
import type { MediaStore } from './media/media-store'
import type { Samples } from './samples/samples'
import type { ClipFiles } from './training/clip-files'

export type Runtime = {
  env: ServerEnv
  /** Where people reach the server, without a slash at the end. */
  origin: string
  database: Database
  media: MediaStore
  feed: CallFeed
  sessions: Sessions
  /** Signs sessions. */
  secret: string
  acts: CallActs
  samples: Samples
  /** What is played of clips. */
  clipFiles: ClipFiles
  /** Codes that no device had, by person. */
  wrongCodes: RateLimit
  /** Makes what is derived from a call again. */
  retryTask: (callId: CallId, kind: TaskKind) => Promise<void>
  isDeviceConnected: (deviceId: string) => boolean
  /** Ends the connections of a device that may not go on. */
  disconnectDevice: (deviceId: string) => void
}

const KEY = Symbol.for('callwitness.runtime')
const holder = globalThis as { [KEY]?: Runtime }

export function setRuntime(runtime: Runtime): void {
  holder[KEY] = runtime
}

export function getRuntime(): Runtime {
  const runtime = holder[KEY]
  if (!runtime) throw new Error('the server has not started: pages are served by server/main.ts, not by the next command')
  return runtime
}
