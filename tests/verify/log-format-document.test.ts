/** docs/log-format.md promises that a stranger can check a call with a shell: its lines are run as they stand. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const [chain = '', payloads = '', seals = ''] = [...readFileSync(join(ROOT, 'docs/log-format.md'), 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, script]) => script)

const runIn = (vector: string, script: string): string[] => {
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: join(ROOT, 'tests/fixtures/logs', vector), encoding: 'utf8' })
  return (stdout + stderr).split('\n').filter((line) => line !== '')
}

describe('the commands of docs/log-format.md', () => {
  it('find nothing wrong with a valid call', () => {
    expect(runIn('valid-call', chain)).toEqual([])
    expect(runIn('valid-call', payloads)).toEqual([])
    expect(runIn('valid-call', seals)).toEqual(['Signature Verified Successfully', 'Signature Verified Successfully'])
  })

  it('find a changed line, a changed payload and a forged seal', () => {
    expect(runIn('changed-action', chain)).toEqual(['the chain is broken before entry 10'])
    expect(runIn('flipped-bit-in-payload', payloads)).toEqual([expect.stringMatching(/^the payload of entry \d+ is not what was recorded$/)])
    expect(runIn('forged-seal', seals)).toEqual(['Signature Verified Successfully', 'Signature Verification Failure'])
  })
})
