/** Runs ffmpeg in the background: with low priority, without a shell, ended by the signal. */
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import type { Readable } from 'node:stream'
import { JobError } from './errors'

const KEPT_ERROR_CHARACTERS = 2_000
const TOLD_ERROR_LINES = 3

/** `use` gets what ffmpeg writes to its standard output. Rejects with JobError when ffmpeg does not end well. */
export async function runFfmpeg(args: readonly string[], signal: AbortSignal | undefined, use: (output: Readable) => Promise<void> = drain): Promise<void> {
  const child = spawn('ffmpeg', ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', ...args], { stdio: ['ignore', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' })
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-KEPT_ERROR_CHARACTERS)))
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', (cause: NodeJS.ErrnoException) => reject(cause.code === 'ENOENT' ? JobError.ffmpegMissing(cause) : cause))
    child.on('close', (code, killedBy) => {
      if (code === 0) resolve()
      else reject(JobError.ffmpegFailed(killedBy ?? `code ${code}`, errors.trim().split('\n').slice(-TOLD_ERROR_LINES).join(' / ')))
    })
  })
  await Promise.all([use(child.stdout), ended])
}

async function drain(output: Readable): Promise<void> {
  for await (const _ of output);
}
