/**
 * One agent for each home: `running.json` says which process it is and where it can be spoken to.
 *
 * The file is made exclusively; one that an agent left behind that was killed is recognised by its address not answering.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const runSchema = z.object({ pid: z.int().positive(), port: z.int().positive(), secret: z.string() })
export type RunFile = z.infer<typeof runSchema>

/** The agent that wrote the file, running or not; `null` when there is no readable file. */
export function findRunFile(path: string): RunFile | null {
  try {
    const run = runSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return run.success ? run.data : null
  } catch {
    // No file, or one that was torn by a crash: nobody can be asked by it.
    return null
  }
}

/** Whether the file could be made, which it cannot while there is one. */
export function claimRunFile(path: string, run: RunFile): boolean {
  try {
    writeFileSync(path, JSON.stringify(run), { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

export const removeRunFile = (path: string): void => rmSync(path, { force: true })
