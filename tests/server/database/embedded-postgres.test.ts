/** A Postgres of our own: started, adopted, killed, and kept out of folders that its user cannot enter. */
import { execFile, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@/server/database/embedded-postgres'
import { claimFolder } from '@/server/database/folder-lock'
import { copyPostgresBinaries, findPostgresBinaries } from '@/server/database/postgres-binaries'
import { choosePostgresHome } from '@/server/database/postgres-home'
import { isRoot, postgresUser, runAs } from '@/server/database/postgres-user'

// Each makes clusters of its own, which a busy disk makes slow.
vi.setConfig({ testTimeout: 120_000 })

let folder: string
const running: EmbeddedPostgres[] = []
const messages: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callwitness-postgres-'))
  chmodSync(folder, 0o755)
  messages.length = 0
})
afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop().catch(() => false) // stopped by the test
  rmSync(folder, { recursive: true, force: true })
})

async function start(inside = folder): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ folder: inside, database: 'callwitness', log: (message) => messages.push(message) })
  running.push(postgres)
  return postgres
}

async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url })
  // A killed server says good-bye by breaking the connection.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<R>(sql)).rows
  } finally {
    await client.end().catch(() => undefined) // as above
  }
}

const readPid = (directory: string): number => Number(readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[0])

test('what was written is there after a stop and a start', async () => {
  const first = await start()
  await query(first.url, 'create table kept (n int); insert into kept values (7)')
  expect(await first.stop()).toBe(true)
  const second = await start()
  expect(second.wasStarted).toBe(true)
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }])
})

test('of starters at once one starts it, the others adopt it, and the last to leave stops it', async () => {
  const starters = await Promise.all([start(), start(), start()])
  expect(starters.filter((postgres) => postgres.wasStarted)).toHaveLength(1)
  const client = new pg.Client({ connectionString: starters[0].url })
  await client.connect()
  expect(await starters[1].stop()).toBe(false)
  await client.end()
  expect(await starters[1].stop()).toBe(true)
})

test('starters in processes of their own agree as well', async () => {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(resolve('server/database/embedded-postgres.ts'))})
    console.log((await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, database: 'callwitness', log() {} })).url)`
  const startElsewhere = async () => (await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script])).stdout.trim()
  const urls = await Promise.all([startElsewhere(), startElsewhere()])
  const here = await start()
  expect(new Set([...urls, here.url]).size).toBe(1)
})

test('a committed row survives kill -9, and the next start recovers by itself', async () => {
  const first = await start()
  await query(first.url, 'create table kept (n int); insert into kept values (7)')
  process.kill(readPid(first.directory), 'SIGKILL')
  const second = await start()
  expect(second.wasStarted).toBe(true)
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }])
})

test('a lock file whose number belongs to a stranger now is no obstacle', async () => {
  const first = await start()
  const lockFile = join(first.directory, 'postmaster.pid')
  const lock = readFileSync(lockFile, 'utf8')
  await first.stop()
  writeFileSync(lockFile, lock.replace(/^\d+/, String(process.pid)))
  expect((await start()).wasStarted).toBe(true)
})

test('a first start that was killed half-way leaves nothing in the way', async () => {
  mkdirSync(join(folder, 'cluster.unfinished', 'base'), { recursive: true })
  const { url } = await start()
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a cluster of another major version is refused with what to do', async () => {
  const postgres = await start()
  await postgres.stop()
  writeFileSync(join(postgres.directory, 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toThrow(/written by Postgres 17, the installed one is 18; go back/)
})

test('it listens on loopback only and wants the password', async () => {
  const { url } = await start()
  expect(await query(url, "select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync")).toEqual([{ addresses: '127.0.0.1', fsync: 'on' }])
  const withoutPassword = new URL(url)
  withoutPassword.password = 'guessed'
  await expect(query(withoutPassword.href, 'select 1')).rejects.toThrow(/password authentication failed/)
})

test.runIf(isRoot())('as root in a folder that others cannot enter, it lives elsewhere, says so in a line, and is found again', async () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const data = join(closed, 'data')
  const first = await start(data)
  const home = dirname(first.directory)
  try {
    expect(home.startsWith('/var/lib/callwitness/')).toBe(true)
    expect(messages).toEqual([expect.stringContaining(home) as string])
    await query(first.url, 'create table kept (n int); insert into kept values (7)')
    await first.stop()
    const second = await start(data)
    expect(second.directory).toBe(first.directory)
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }])
    await second.stop()
    rmSync(data, { recursive: true })
    const anew = await start(data)
    expect(anew.directory).not.toBe(first.directory)
    await anew.stop()
    rmSync(dirname(anew.directory), { recursive: true })
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})

test.runIf(isRoot())('as root with programs that others cannot reach, it runs a copy of them', async () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const hidden = copyPostgresBinaries(await findPostgresBinaries(), closed)
  const user = postgresUser()
  expect((await runAs(user, hidden.initdb, ['--version'])).code).not.toBe(0)
  const home = await choosePostgresHome(folder, hidden, user)
  expect(home.binaries.initdb.startsWith('/var/lib/callwitness/')).toBe(true)
  expect(await runAs(user, home.binaries.initdb, ['--version'])).toMatchObject({ code: 0 })
})

test.runIf(isRoot())('a database whose folder was closed later is not replaced by an empty one', async () => {
  const data = join(folder, 'data')
  await (await start(data)).stop()
  chmodSync(data, 0o700)
  await expect(start(data)).rejects.toThrow(/cannot enter any more; let other users pass/)
})

test('one process at a time holds the claim on a folder, and a killed one holds nothing', async () => {
  const release = await claimFolder(folder)
  await expect(claimFolder(folder)).rejects.toThrow(/another Callwitness server runs on the data folder/)
  await release()
  const script = `await (await import(${JSON.stringify(resolve('server/database/folder-lock.ts'))})).claimFolder(${JSON.stringify(folder)}); console.log('held')`
  const holder = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((held) => holder.stdout.once('data', held))
  await expect(claimFolder(folder)).rejects.toMatchObject({ reason: 'in-use' })
  const ended = new Promise((gone) => holder.once('exit', gone))
  holder.kill('SIGKILL')
  await ended
  await delay(50)
  await (await claimFolder(folder))()
})
