/**
 * Whether a cluster runs.
 *
 * Postgres and pg_ctl ask `kill(pid, 0)`, which also says yes for a zombie (a container whose first process does not reap)
 * and for a stranger that got the number after a reboot. On Linux every live process of a cluster has its data directory
 * as working directory, so /proc knows better.
 */
import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseError } from './errors'
import type { PostgresBinaries } from './postgres-binaries'
import { runAs, type SystemUser } from './postgres-user'

const BACKEND_EXIT_LIMIT_MS = 10_000
const BACKEND_POLL_MS = 100

/** Removes the lock file of a cluster whose processes are all gone. */
export async function isPostmasterAlive(cluster: { directory: string; binaries: PostgresBinaries; user: SystemUser | null }): Promise<boolean> {
  const lockFile = join(cluster.directory, 'postmaster.pid')
  if (!existsSync(lockFile)) return false
  if (process.platform !== 'linux') return (await runAs(cluster.user, cluster.binaries.pgCtl, ['status', '--pgdata', cluster.directory])).code === 0
  const postmaster = Number(readFileSync(lockFile, 'utf8').split('\n')[0])
  const directory = realpathSync(cluster.directory)
  for (let waitedMs = 0; waitedMs < BACKEND_EXIT_LIMIT_MS; waitedMs += BACKEND_POLL_MS) {
    const processes = processesIn(directory)
    if (processes.includes(postmaster)) return true
    if (processes.length === 0) {
      rmSync(lockFile)
      return false
    }
    // The postmaster was killed and its children are still leaving.
    await delay(BACKEND_POLL_MS)
  }
  throw DatabaseError.orphanedProcesses(directory, processesIn(directory))
}

function processesIn(directory: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingDirectory(name) === directory)
    .map(Number)
}

function workingDirectory(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    // Ended meanwhile, a zombie, or another user's: none of them is a live process of our cluster.
    return null
  }
}
