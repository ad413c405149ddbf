/** The whole path on real sound, a real screen and a real CRM page: what `npm run demo -- --check` says of itself, checked again. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkLog } from '@/verify/check-log'
import { openDiskFolder } from '@/verify/disk-folder'
import type { CheckResult } from '@/demo/check'

const ROOT = join(import.meta.dirname, '..', '..')
const LIMIT_MS = 6 * 60_000

type Run = { code: number; result: CheckResult; progress: string; pid: number }

function runCheck(): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, ['scripts/demo.mjs', '--check'], { cwd: ROOT, timeout: LIMIT_MS }, (_error, stdout, progress) => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? ''
      // What the command prints is a CheckResult; the assertions below are what says whether it is a good one.
      if (last.startsWith('{')) resolve({ code: child.exitCode ?? 1, result: JSON.parse(last) as CheckResult, progress, pid: child.pid ?? 0 })
      else reject(new Error(`the last line is not an object: ${last}\n${progress}`))
    })
  })
}

describe('the demo’s check', () => {
  it('records a call that is what was played and done', async () => {
    const { code, result, progress } = await runCheck()
    expect(progress).toContain('the customer has hung up')
    expect({ code, ok: result.ok }, progress).toEqual({ code: 0, ok: true })
    expect(result.actions.recorded).toBe(result.actions.expected)
    for (const track of ['technician', 'customer', 'screen']) {
      const { recordedMs = 0, pausedMs = 0, lostMs = 0 } = result.tracks[track] ?? {}
      expect(recordedMs + pausedMs + lostMs).toBe(result.durationMs)
    }

    const folder = join(ROOT, result.logFolder)
    expect((await checkLog(openDiskFolder(folder))).isVerified).toBe(true)
    expect(readFileSync(join(folder, 'log.jsonl'), 'utf8')).toContain(`"callId":"${result.callId}"`)
  }, LIMIT_MS)
})
