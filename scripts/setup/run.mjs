// Runs a program of the set-up: its output goes to a log and is shown only when it fails.
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')
/** Stamps, logs and the lock of the set-up; not in git. */
export const SETUP_DIR = join(ROOT, '.setup')

const SHOWN_LINES = 60

/** Progress goes to stderr, so that what a command prints stays clean. */
export const say = (text) => process.stderr.write(`${text}\n`)

/** What an outer npm passes down and what would make an inner one leave things out. */
const INHERITED_NPM = /^npm_config_(omit|include|production|only|ignore_scripts|global|prefix|dry_run|package_lock|workspaces?)$/i

export function makeEnvironment(extra = {}) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', npm_config_update_notifier: 'false' }
  for (const name of Object.keys(env)) if (INHERITED_NPM.test(name)) delete env[name]
  return { ...env, ...extra }
}

/** Resolves when the program ended well; rejects with the end of its output when it did not. */
export async function run(name, command, args, { env = {}, cwd = ROOT } = {}) {
  mkdirSync(SETUP_DIR, { recursive: true })
  const path = join(SETUP_DIR, `${name}.log`)
  const log = createWriteStream(path)
  const child = spawn(command, args, { cwd, env: makeEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => log.write(bytes))
  const stop = () => child.kill('SIGTERM')
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop)
  const outcome = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(code === 0 ? null : `exit ${code ?? signal}`))
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop)
  await new Promise((resolve) => log.end(resolve))
  if (outcome === null) return
  const tail = (await readFile(path, 'utf8')).trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')
  throw new SetupError(`${tail}\n\n${[command, ...args].join(' ')} failed (${outcome}). The whole output is in ${path}`)
}

/** Something that the person at the keyboard has to put right; the message says how. */
export class SetupError extends Error {
  name = 'SetupError'
}
