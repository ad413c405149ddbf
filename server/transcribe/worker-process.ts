/** Starts a speech worker as a child process: the bundle in production, the source through tsx in development. */
import { fork, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Starts one; its only argument is the models' folder. */
export type SpawnWorker = () => ChildProcess

export const makeWorkerSpawner = (modelsDir: string): SpawnWorker => {
  const isSource = import.meta.url.endsWith('.ts')
  const script = fileURLToPath(new URL(isSource ? './worker.ts' : './transcribe-worker.mjs', import.meta.url))
  const execArgv = isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []
  return () => fork(script, [modelsDir], { execArgv, serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}
