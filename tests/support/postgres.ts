/**
 * A database of its own for each test file: a clone of a migrated template in one cluster that all test runs of this
 * machine share. `stop-postgres.ts` ends the cluster after the run.
 */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { makeDatabase, type Database } from '@/server/database/client'
import { startEmbeddedPostgres } from '@/server/database/embedded-postgres'
import { deployMigrations } from '@/server/database/migrations'

export const PRISMA_DIR = resolve(import.meta.dirname, '../../prisma')
const TEMPLATE_LOCK = 4_217
const START_ATTEMPTS = 5

export type TestDatabase = { url: string; database: Database; drop(): Promise<void> }

const CLUSTER_FOLDER = join(tmpdir(), `callwitness-tests-${userInfo().username}`)

export const startTestCluster = () =>
  startEmbeddedPostgres({
    folder: CLUSTER_FOLDER,
    database: 'callwitness',
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'],
    log: () => undefined,
  })

/** Ends the cluster if it runs, unless another run uses it. */
export async function stopTestCluster(): Promise<void> {
  if (!existsSync(join(CLUSTER_FOLDER, 'cluster', 'postmaster.pid'))) return
  const cluster = await startTestCluster()
  await cluster.stop()
}

/** Call it in `beforeAll` and its `drop` in `afterAll`. */
export async function makeTestDatabase(): Promise<TestDatabase> {
  const admin = await connectToCluster()
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await admin.client.query(`create database ${name} template ${await ensureTemplate(admin)}`)
  const url = urlOf(admin.url, name)
  const database = makeDatabase(url)
  const drop = async () => {
    await database.$disconnect()
    await admin.client.query(`drop database ${name} with (force)`)
    await admin.client.end()
  }
  return { url, database, drop }
}

/** The connection held until `drop` keeps the cluster from being stopped by another run. */
async function connectToCluster(attempt = 1): Promise<{ url: string; client: pg.Client }> {
  const { url } = await startTestCluster()
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return { url, client }
  } catch (error) {
    // Another run may have stopped the cluster just now.
    if (attempt >= START_ATTEMPTS) throw error
    return connectToCluster(attempt + 1)
  }
}

async function ensureTemplate({ url, client }: { url: string; client: pg.Client }): Promise<string> {
  const name = `template_${hashOfMigrations()}`
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) {
      const unfinished = `${name}_unfinished`
      await client.query(`drop database if exists ${unfinished}`)
      await client.query(`create database ${unfinished}`)
      await deployMigrations(urlOf(url, unfinished), PRISMA_DIR)
      await client.query(`alter database ${unfinished} rename to ${name}`)
    }
    return name
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK])
  }
}

function hashOfMigrations(): string {
  const hash = createHash('sha256')
  const folders = readdirSync(join(PRISMA_DIR, 'migrations'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of folders.sort((a, b) => a.name.localeCompare(b.name))) {
    hash.update(name).update(readFileSync(join(PRISMA_DIR, 'migrations', name, 'migration.sql')))
  }
  return hash.digest('hex').slice(0, 16)
}

function urlOf(url: string, database: string): string {
  const result = new URL(url)
  result.pathname = `/${database}`
  return result.href
}
