/**
 * A Postgres of our own, from an npm package, so that nothing has to be installed.
 *
 * Clusters are started and stopped by pg_ctl under a lock. A cluster that runs already is adopted, whoever started it, and
 * stopped only by the last one who uses it. One whose processes were killed is recovered by Postgres itself at the start.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { DatabaseError } from './errors'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries'
import { choosePostgresHome } from './postgres-home'
import { isPostmasterAlive } from './postmaster'
import { postgresUser, runAs, type SystemUser } from './postgres-user'
import { withFolderLock } from './folder-lock'

const SUPERUSER = 'callwitness'
const START_LIMIT_SECONDS = 120
const STOP_LIMIT_SECONDS = 60
const LOG_TAIL_CHARACTERS = 2_000

export type EmbeddedPostgresOptions = {
  /** Holds the cluster and its password; made when missing. */
  folder: string
  database: string
  /** Server settings beyond the defaults, such as `fsync=off` for tests. */
  settings?: readonly string[]
  log: (message: string) => void
}

export type EmbeddedPostgres = {
  url: string
  /** The cluster's data directory. */
  directory: string
  wasStarted: boolean
  /** Stops the cluster unless another client is connected; tells whether it did. */
  stop(): Promise<boolean>
}

type Cluster = { directory: string; binaries: PostgresBinaries; user: SystemUser | null }

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder)
  return withFolderLock(folder, async () => {
    const user = postgresUser()
    const home = await choosePostgresHome(folder, await findPostgresBinaries(), user)
    const cluster = { directory: join(home.directory, 'cluster'), binaries: home.binaries, user }
    if (!existsSync(cluster.directory)) await initialise(cluster, home.directory)
    if (home.isElsewhere) options.log(`other users cannot enter ${folder} or the programs of Postgres, so the database is kept in ${home.directory}`)
    await checkVersion(cluster)
    const password = readFileSync(join(home.directory, 'password'), 'utf8')
    const isRunning = await isPostmasterAlive(cluster)
    const port = isRunning ? readPort(cluster.directory) : await startCluster(cluster, options.settings ?? [])
    const urlOf = (database: string) => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`
    await createDatabase(urlOf('postgres'), options.database)
    const url = urlOf(options.database)
    return { url, directory: cluster.directory, wasStarted: !isRunning, stop: () => withFolderLock(folder, () => stopCluster(cluster, url)) }
  })
}

/** Under another name until it is whole: a kill half-way leaves nothing that looks like a cluster. */
async function initialise({ directory, binaries, user }: Cluster, home: string): Promise<void> {
  const unfinished = join(home, 'cluster.unfinished')
  const passwordForInitdb = join(home, `password.${randomUUID()}`)
  const password = randomBytes(24).toString('hex')
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(join(home, 'password'), password, { mode: 0o600 })
  writeFileSync(passwordForInitdb, password, { mode: 0o600 })
  if (user) for (const path of [unfinished, passwordForInitdb]) chownSync(path, user.uid, user.gid)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['--username', SUPERUSER, '--auth=scram-sha-256', '--pwfile', passwordForInitdb]
  const outcome = await runAs(user, binaries.initdb, ['--pgdata', unfinished, '--data-checksums', ...access, ...locale])
  rmSync(passwordForInitdb)
  if (outcome.code !== 0) throw DatabaseError.notStarted('initdb', outcome.output)
  renameSync(unfinished, directory)
}

async function checkVersion({ directory, binaries, user }: Cluster): Promise<void> {
  const found = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim()
  const { output } = await runAs(user, binaries.postgres, ['--version'])
  const expected = /\) (\d+)/.exec(output)?.[1]
  if (expected === undefined) throw DatabaseError.notStarted('postgres --version', output)
  if (found !== expected) throw DatabaseError.otherVersion(directory, found, expected)
}

async function startCluster({ directory, binaries, user }: Cluster, settings: readonly string[]): Promise<number> {
  const port = await findFreePort()
  const logFile = join(directory, 'server.log')
  const all = [`port=${port}`, 'listen_addresses=127.0.0.1', "unix_socket_directories=''", 'timezone=UTC', ...settings]
  const outcome = await runAs(user, binaries.pgCtl, [
    ...['start', '--wait', `--timeout=${START_LIMIT_SECONDS}`, '--pgdata', directory, '--log', logFile],
    ...['--options', all.map((setting) => `-c ${setting}`).join(' ')],
  ])
  if (outcome.code === 0) return port
  const log = existsSync(logFile) ? readFileSync(logFile, 'utf8').slice(-LOG_TAIL_CHARACTERS) : ''
  throw DatabaseError.notStarted('pg_ctl start', outcome.output + log)
}

async function stopCluster({ directory, binaries, user }: Cluster, url: string): Promise<boolean> {
  const others = await withClient(url, async (client) => {
    const sql = "select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
    return (await client.query<{ others: number }>(sql)).rows[0]?.others ?? 0
  })
  if (others > 0) return false
  const outcome = await runAs(user, binaries.pgCtl, ['stop', '--mode=fast', '--wait', `--timeout=${STOP_LIMIT_SECONDS}`, '--pgdata', directory])
  return outcome.code === 0
}

/** Fourth line of postmaster.pid (PostgreSQL 18, src/include/utils/pidfile.h). */
const readPort = (directory: string): number => Number(readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[3])

const createDatabase = (url: string, database: string): Promise<void> =>
  withClient(url, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`)
  })

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const findFreePort = (): Promise<number> =>
  new Promise((resolvePort, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      // A server that listens on a host and port has an AddressInfo.
      const { port } = server.address() as AddressInfo
      server.close(() => resolvePort(port))
    })
  })
