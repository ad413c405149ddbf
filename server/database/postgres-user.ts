/** Runs Postgres programs: as the current user, or as the system user `postgres` when that is root, which Postgres refuses. */
import { execFile, execFileSync } from 'node:child_process'

const SYSTEM_USER = 'postgres'

export type SystemUser = { uid: number; gid: number }
export type Outcome = { code: number; output: string }

export const isRoot = (): boolean => process.getuid?.() === 0

/** The user that Postgres has to run as; null when that is the current one. Creates it on a system without one. */
export function postgresUser(): SystemUser | null {
  if (!isRoot()) return null
  const existing = findSystemUser()
  if (existing) return existing
  execFileSync('groupadd', ['--force', '--system', SYSTEM_USER])
  execFileSync('useradd', ['--system', '--gid', SYSTEM_USER, '--no-create-home', SYSTEM_USER])
  const created = findSystemUser()
  if (!created) throw new Error(`useradd succeeded but the user ${SYSTEM_USER} is not there`)
  return created
}

export const runAs = (user: SystemUser | null, program: string, args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const options = { ...user, cwd: '/', env: { ...process.env, LC_ALL: 'C' } }
    execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, output: stdout + stderr + (error && code === 1 && !stderr ? error.message : '') })
    })
  })

function findSystemUser(): SystemUser | null {
  const id = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, SYSTEM_USER], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    // `id` ends with 1 for a user that does not exist.
    return null
  }
}
