import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkLog } from '@/verify/check-log'
import { openDiskFolder } from '@/verify/disk-folder'
import { makeVectors } from '../fixtures/vectors'

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'logs')

describe.each(makeVectors())('the test vector $name', ({ name, failedChecks, files }) => {
  it(`fails ${failedChecks.join(', ') || 'nothing'}`, async () => {
    const { verdicts } = await checkLog(openDiskFolder(join(FOLDER, name)))
    expect(verdicts.filter(({ state }) => state === 'failed').map(({ check }) => check)).toEqual(failedChecks)
  })

  it('lies on the disk as it is made', async () => {
    for (const [file, bytes] of files) expect(Buffer.compare(await readFile(join(FOLDER, name, file)), bytes), file).toBe(0)
  })
})
