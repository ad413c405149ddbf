/** What `ready` found, kept as `ready.json` in the agent's folder until it is run again. */
import { readFileSync } from 'node:fs'
import { type ReadyResult, readyResultSchema } from '@/protocol/ready'
import { replaceFile } from '../config/replace-file'

export const saveReadyResult = (path: string, result: ReadyResult): void => replaceFile(path, `${JSON.stringify(result, null, 2)}\n`)

/** `null` when it was never run, or by a release that wrote another form. */
export function findReadyResult(path: string): ReadyResult | null {
  try {
    const result = readyResultSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return result.success ? result.data : null
  } catch {
    // No file, or one that somebody has spoiled: it is made anew at the next `ready`.
    return null
  }
}
