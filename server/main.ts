/** The server: starts its parts in order, serves, and stops them in the opposite order. Nothing else does any wiring. */
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { CallId } from '@/protocol/ids'
import { CallActs } from './access/call-acts'
import { recordDesk } from './access/desks'
import { deviceOfToken, makeWrongCodeLimit, recordDevicesSeen } from './access/devices'
import { offerFirstAdmin } from './access/first-admin'
import { openSessionSecret } from './access/session-secret'
import { Sessions } from './access/sessions'
import { makeDatabase } from './database/client'
import { startEmbeddedPostgres } from './database/embedded-postgres'
import { DatabaseError } from './database/errors'
import type { TaskKind } from './database/generated/enums'
import { claimFolder } from './database/folder-lock'
import { deployMigrations } from './database/migrations'
import { reachDatabase } from './database/reach-database'
import { EnvError, parseEnv, type ServerEnv } from './env'
import { makeAccessRoutes } from './http/access-routes'
import { AUDIT_CSV_PATH, handleAuditCsv } from './http/audit-routes'
import { CALL_LIST_PATHS, handleCallList } from './http/call-list-routes'
import { CLIP_PREFIX, handleClip } from './http/clip-routes'
import { Front } from './http/front'
import { handleMedia, MEDIA_PREFIX } from './http/media-routes'
import { startPages } from './http/pages'
import { attachSockets } from './http/sockets'
import { joinOtherServers } from './http/other-servers'
import { attachAgentNamespace } from './ingest/agent-namespace'
import { CallFeed } from './ingest/call-feed'
import { Ingest } from './ingest/ingest'
import { Projector } from './ingest/projection'
import { openServerKey } from './ingest/server-key'
import { startJobs } from './jobs/runner'
import { startLive } from './live/live'
import { consoleLog as log } from './log'
import { makeFileMediaStore } from './media/file-media-store'
import { setRuntime } from './runtime'
import { Samples } from './samples/samples'
import { Scope } from './scope'
import { ClipFiles } from './training/clip-files'
import { sweepClips } from './training/sweep-clips'
import { startLiveTranscriber } from './transcribe/live-transcriber'
import { SpeechWorkers } from './transcribe/worker-pool'
import { makeWorkerSpawner } from './transcribe/worker-process'

/** Supervisors of processes send SIGKILL after about ten. */
const STOP_LIMIT_MS = 9_000

async function start(env: ServerEnv, scope: Scope): Promise<void> {
  scope.add('the claim on the data folder', await claimFolder(env.dataDir))
  const pageUpgrades = new EventEmitter()
  const front = await Front.listen({ env, log, pageUpgrades })
  const { origin } = front
  const secret = env.sessionSecret ?? openSessionSecret(env.dataDir)
  // next-auth and proxy.ts read these two from the environment.
  Object.assign(process.env, { NODE_ENV: env.isDevelopment ? 'development' : 'production', NEXTAUTH_URL: origin, NEXTAUTH_SECRET: secret })

  if (env.databaseUrl !== null) await reachDatabase(env.databaseUrl)
  const databaseUrl = env.databaseUrl ?? (await startOwnPostgres(env, scope))
  for (const name of await deployMigrations(databaseUrl, join(env.projectDir, 'prisma'))) log.info(`database: applied ${name}`)
  const database = makeDatabase(databaseUrl)
  scope.add('the database client', () => database.$disconnect())

  const media = makeFileMediaStore(join(env.dataDir, 'media'))
  scope.add('the media store', () => media.dispose())
  const feed = new CallFeed(log)
  const serverKey = await openServerKey(env.dataDir)
  const ingest = await Ingest.open({ dataDir: env.dataDir, store: media, feed, serverKey, log })
  scope.add('ingest', () => ingest.dispose())

  const speech = new SpeechWorkers({ spawn: makeWorkerSpawner(join(env.projectDir, 'models')), log })
  scope.add('speech workers', () => speech.dispose())
  const transcriber = await startLiveTranscriber({ feed, media, database, speech, log })
  scope.add('the live transcriber', () => transcriber.dispose())
  const clipFiles = new ClipFiles({ database, media, log })
  scope.add('the files of clips', () => clipFiles.dispose())
  const onDone = (callId: CallId, kind: TaskKind): void => {
    if (kind === 'playback') clipFiles.makeAllSoon(callId)
  }
  const jobs = await startJobs({ databaseUrl, database, media, feed, speech, live: transcriber, runsTasks: env.runsJobs, onDone, log })
  scope.add('jobs', () => jobs.dispose())
  const sweeping = sweepClips({ database, media }).catch((cause: unknown) => log.error('files of removed clips may be left; the next start looks again', cause))
  scope.add('the sweep of removed clips', async () => void (await sweeping))
  const projector = await Projector.start({ database, media, feed, log })
  scope.add('the projection', () => projector.dispose())

  const sessions = new Sessions({ database, secret, isHttps: origin.startsWith('https:') })
  const acts = new CallActs({ database, appendCustody: (callId, act) => ingest.appendCustody(callId, act) })
  const dropTasks = async (callId: CallId): Promise<void> => void (await Promise.all([jobs.dropTasks(callId), clipFiles.drop(callId)]))
  const samples = new Samples({ database, media, feed, ingest, dropTasks, recordedFolder: join(env.projectDir, 'server/samples/recorded') })
  const io = attachSockets(front.server, env.publicUrl)
  if (env.redisUrl) scope.add('Redis', await joinOtherServers(io, env.redisUrl, log))
  const live = startLive({ io, hasOtherNodes: env.redisUrl !== null, ...{ database, media, feed, speech, sessions, acts, log } })
  scope.add('live listening', () => live.dispose())
  const agents = attachAgentNamespace(io, {
    live,
    deviceOfToken: (token) => deviceOfToken(database, token),
    recordSeen: (ids) => recordDevicesSeen(database, ids),
    recordDesk: (id, report) => recordDesk(database, id, report),
    ...{ ingest, serverKey, log },
  })
  scope.add('sockets', () => {
    agents.dispose()
    io.local.disconnectSockets(true)
  })

  setRuntime({
    ...{ env, origin, database, media, feed, sessions, secret, acts, samples, clipFiles },
    wrongCodes: makeWrongCodeLimit(),
    retryTask: (callId, kind) => jobs.retryTask(callId, kind),
    disconnectDevice: (deviceId) => agents.disconnectDevice(deviceId),
    isDeviceConnected: (deviceId) => agents.isConnected(deviceId),
  })
  const pages = await startPages(env, Number(new URL(origin).port), pageUpgrades)
  scope.add('pages', () => pages.close())

  const accessRoutes = makeAccessRoutes({ database, origin })
  front.serve(async (req, res, url, address) => {
    const accessRoute = accessRoutes.get(url.pathname)
    if (accessRoute) await accessRoute(req, res, address)
    else if (CALL_LIST_PATHS.has(url.pathname)) await handleCallList({ database, sessions, origin }, req, res, url, address)
    else if (url.pathname === AUDIT_CSV_PATH) await handleAuditCsv({ database, sessions }, req, res, url, address)
    else if (url.pathname.startsWith(CLIP_PREFIX)) await handleClip({ database, media, sessions, acts, clipFiles }, req, res, url, address)
    else if (url.pathname.startsWith(MEDIA_PREFIX)) await handleMedia({ database, media, sessions, acts }, req, res, url, address)
    else await pages.handle(req, res)
  })
  // Stopped first: no request meets a part that is gone.
  scope.add('the port', () => front.close())
  const setupToken = await offerFirstAdmin(database)
  if (setupToken !== null) log.info(`There is no user yet. Make the first administrator here:\n  ${origin}/setup?token=${setupToken}`)
  log.info(`Callwitness serves ${origin}`)
}

async function startOwnPostgres(env: ServerEnv, scope: Scope): Promise<string> {
  const postgres = await startEmbeddedPostgres({ folder: join(env.dataDir, 'postgres'), database: 'callwitness', log: log.info })
  scope.add('Postgres', () => postgres.stop())
  return postgres.url
}

async function main(): Promise<void> {
  const scope = new Scope(log)
  const stop = async (exitCode: number) => {
    setTimeout(() => process.exit(exitCode || 1), STOP_LIMIT_MS).unref()
    await scope.end()
    process.exit(exitCode)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(0))
  try {
    await start(parseEnv(process.env, import.meta.dirname), scope)
  } catch (error) {
    const isExpected = error instanceof EnvError || error instanceof DatabaseError
    log.error(isExpected ? `The server cannot start: ${(error as Error).message}` : 'The server cannot start because of a fault in it', isExpected ? undefined : error)
    await stop(1)
  }
}

await main()
