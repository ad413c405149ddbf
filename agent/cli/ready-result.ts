/** What `ready` found, kept as `ready.json` in the agent's folder until it is run again. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { replaceFile } from '../config/replace-file'

export const verdictSchema = z.object({ name: z.string(), state: z.enum(['ok', 'warn', 'bad']), found: z.string(), remedy: z.string().nullable() })
export type Verdict = z.infer<typeof verdictSchema>

export const readyResultSchema = z.object({ v: z.literal(1), testedAt: z.iso.datetime(), isReady: z.boolean(), verdicts: z.array(verdictSchema) })
export type ReadyResult = z.infer<typeof readyResultSchema>

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
