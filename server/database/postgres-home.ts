/**
 * Where a data folder's cluster lives and with which programs it runs.
 *
 * Normally both stay where they are: `<folder>/cluster` and node_modules. As root, Postgres runs as another user; when that
 * user cannot enter the folder or the programs, both move below ROOT_HOME, and `<folder>/elsewhere` remembers where.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseError } from './errors'
import { copyPostgresBinaries, type PostgresBinaries } from './postgres-binaries'
import { runAs, type SystemUser } from './postgres-user'

const ROOT_HOME = '/var/lib/callwitness'

export type PostgresHome = { directory: string; binaries: PostgresBinaries; isElsewhere: boolean }

export async function choosePostgresHome(folder: string, binaries: PostgresBinaries, user: SystemUser | null): Promise<PostgresHome> {
  mkdirSync(folder, { recursive: true })
  const directory = readPointer(folder) ?? ((await canEnter(user, folder)) ? folder : makeHomeElsewhere(folder))
  const isRunnable = await canRun(user, binaries)
  return { directory, binaries: isRunnable ? binaries : copyPostgresBinaries(binaries, ROOT_HOME), isElsewhere: directory !== folder }
}

/** Deletes a stopped cluster, wherever it is kept. */
export function removePostgresHome(folder: string): void {
  for (const directory of [readPointer(folder) ?? folder, folder]) rmSync(directory, { recursive: true, force: true })
}

const pointerFile = (folder: string) => join(folder, 'elsewhere')

function readPointer(folder: string): string | null {
  return existsSync(pointerFile(folder)) ? readFileSync(pointerFile(folder), 'utf8').trim() : null
}

/** Random, not derived from the folder's path: a data folder made anew must not find the cluster of the one before. */
function makeHomeElsewhere(folder: string): string {
  if (existsSync(join(folder, 'cluster'))) throw DatabaseError.closedFolder(folder)
  const directory = join(ROOT_HOME, randomUUID())
  try {
    mkdirSync(directory, { recursive: true, mode: 0o755 })
  } catch (cause) {
    throw DatabaseError.noRootHome(ROOT_HOME, cause)
  }
  writeFileSync(join(directory, 'belongs-to'), `${folder}\n`)
  writeFileSync(pointerFile(folder), `${directory}\n`)
  return directory
}

async function canEnter(user: SystemUser | null, folder: string): Promise<boolean> {
  return user === null || (await runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder])).code === 0
}

async function canRun(user: SystemUser | null, binaries: PostgresBinaries): Promise<boolean> {
  return user === null || (await runAs(user, binaries.initdb, ['--version'])).code === 0
}
