/** A child process that dies with the agent, even when the agent is killed. */
import { execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { CaptureError } from '../errors'

const KEPT_STDERR_LINES = 4
/** A hung ffmpeg ignores SIGINT and SIGTERM. */
const POLITE_END_MS = 400
/** Programs that answer at once when all is well. */
const QUERY_LIMIT_MS = 2_000
/** What setpriv, like a shell, returns when the program is not there. */
const NOT_FOUND_EXIT_CODE = 127
const QUERY_LIMIT_BYTES = 16 * 1024 * 1024

/** Environment variables; need not be a whole environment. */
export type Environment = Readonly<Record<string, string | undefined>>

export type ChildOptions = {
  env: Environment
  onStderrLine?: (line: string) => void
  /** Where it writes to instead of `stdout`. */
  stdoutFd?: number
}

export type Child = {
  readonly pid: number | null
  readonly stdin: Writable
  /** Not there when `stdoutFd` was given. */
  readonly stdout: Readable
  /** File descriptor 3 of the child. */
  readonly progress: Readable
  /** Resolves, never rejects, when the child is gone and its output read: with its last words. */
  readonly ended: Promise<string>
  /** SIGINT, so that it may finish what it holds; SIGKILL if it does not heed that. */
  end(): Promise<void>
  kill(): Promise<void>
}

export function startChild(command: string, args: readonly string[], { env, onStderrLine, stdoutFd }: ChildOptions): Child {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], { env: childEnvironment(env), stdio: ['pipe', stdoutFd ?? 'pipe', 'pipe', 'pipe'] })
  const lastWords: string[] = []
  // Asked for above; Node's types do not follow the options.
  const [stdin, stdout, stderr, progress] = child.stdio as unknown as [Writable, Readable, Readable, Readable]
  createInterface({ input: stderr }).on('line', (line) => {
    lastWords.push(line.trim())
    if (lastWords.length > KEPT_STDERR_LINES) lastWords.shift()
    onStderrLine?.(line)
  })
  // Writing to a child that has just ended fails with EPIPE; `ended` tells of it.
  stdin.on('error', () => undefined)

  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(CaptureError.programMissing('setpriv', error).message))
    child.once('close', (code, signal) => resolve(`${command} ended (${signal ?? `code ${code}`}): ${lastWords.join('; ')}`))
  })
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  const end = async (): Promise<void> => {
    child.kill('SIGINT')
    const killer = setTimeout(() => child.kill('SIGKILL'), POLITE_END_MS)
    await ended
    clearTimeout(killer)
  }
  return { pid: child.pid ?? null, stdin, stdout, progress, ended, end, kill }
}

export type QueryResult = { isOk: boolean; stdout: string; stderr: string; isMissing: boolean }

/** Runs a program that answers and ends. Never rejects: what went wrong is in the result. */
export function query(command: string, args: readonly string[], env: Environment, limitMs = QUERY_LIMIT_MS): Promise<QueryResult> {
  return new Promise((resolve) => {
    const options = { env: childEnvironment(env), timeout: limitMs, killSignal: 'SIGKILL' as const, maxBuffer: QUERY_LIMIT_BYTES }
    execFile('setpriv', ['--pdeathsig', 'KILL', command, ...args], options, (error, stdout, stderr) => {
      const isMissing = error?.code === 'ENOENT' || error?.code === NOT_FOUND_EXIT_CODE
      const reason = error?.killed ? `no answer within ${limitMs} ms` : stderr.trim() || (error?.message ?? '')
      resolve({ isOk: error === null, stdout, stderr: reason, isMissing })
    })
  })
}

/** Our own search path when none is given, and English messages, which are what we parse. */
const childEnvironment = (env: Environment): NodeJS.ProcessEnv => ({ NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, HOME: process.env.HOME, ...env, LC_ALL: 'C.UTF-8' })
