/** Where the demo keeps what it makes. */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { removePostgresHome } from '@/server/database/postgres-home'

export const DEMO_FOLDER = 'demo-data'
/** Spoken parts; the same for every run. */
export const VOICES_FOLDER = join(DEMO_FOLDER, 'voices')
const CHECK_PREFIX = 'check-'

/** Where the server of a demo keeps its files. */
export const serverFolder = (folder: string): string => join(folder, 'server')
export const databaseFolder = (folder: string): string => join(serverFolder(folder), 'postgres')

/** A new folder for one check. Those of checks that have ended are removed, so only the newest can be looked into. */
export async function openCheckFolder(): Promise<string> {
  await mkdir(DEMO_FOLDER, { recursive: true })
  for (const name of await readdir(DEMO_FOLDER)) {
    const pid = name.startsWith(CHECK_PREFIX) ? Number(name.slice(CHECK_PREFIX.length)) : null
    if (pid === null || isAlive(pid)) continue
    removePostgresHome(databaseFolder(join(DEMO_FOLDER, name)))
    await rm(join(DEMO_FOLDER, name), { recursive: true, force: true })
  }
  const folder = join(DEMO_FOLDER, `${CHECK_PREFIX}${process.pid}`)
  await mkdir(folder, { recursive: true })
  return folder
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // an error of process.kill has a code
  }
}
