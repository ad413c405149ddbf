/** `tsx server/database/migrate-cli.ts deploy | dev --name <name> | check | status`, for DATABASE_URL or a throwaway cluster. */
import { mkdtempSync, chmodSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startEmbeddedPostgres } from './embedded-postgres'
import { createMigration, deployMigrations, findDrift, readMigrationStatus } from './migrations'

const prismaDir = resolve(import.meta.dirname, '../../prisma')
const USAGE = 'expected one of: deploy | dev --name <name> | check | status'

async function run(url: string, [command, flag, name]: readonly string[]): Promise<number> {
  if (command === 'deploy') {
    console.log('applied:', await deployMigrations(url, prismaDir))
    return 0
  }
  if (command === 'dev' && flag === '--name' && name) {
    console.log('created:', await createMigration(url, prismaDir, name, console.warn))
    return 0
  }
  if (command === 'check') {
    const drift = await findDrift(url, prismaDir)
    console.log(drift === null ? 'prisma/migrations add up to prisma/schema.prisma' : `prisma/migrations lack:\n${drift}`)
    return drift === null ? 0 : 1
  }
  if (command === 'status') {
    console.log(JSON.stringify(await readMigrationStatus(url, prismaDir), null, 2))
    return 0
  }
  console.error(USAGE)
  return 2
}

async function withThrowawayPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'callwitness-migrate-'))
  chmodSync(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ folder, database: 'callwitness', settings: ['fsync=off'], log: console.error })
  try {
    return await work(postgres.url)
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const work = (url: string) => run(url, process.argv.slice(2))
process.exitCode = await (process.env['DATABASE_URL'] ? work(process.env['DATABASE_URL']) : withThrowawayPostgres(work))
