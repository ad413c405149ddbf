/**
 * One agent for each home: `running.json` says which process it is and where it can be spoken to.
 *
 * The file is made exclusively; one that an agent left behind that was killed is recognised by its address not answering.
 */
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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

/** Whether the file could be made, which it cannot while there is one. It is there with all that it says, or not at all. */
export function claimRunFile(path: string, run: RunFile): boolean {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, JSON.stringify(run), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(draft)
  }
}

/** Takes away what an agent that is dead has left (`null`: nothing readable); the file of one that came meanwhile stays. */
export function removeDeadRunFile(path: string, dead: RunFile | null): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  if (findRunFile(aside)?.secret === dead?.secret) rmSync(aside)
  else renameSync(aside, path)
}

export const removeRunFile = (path: string): void => rmSync(path, { force: true })

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
