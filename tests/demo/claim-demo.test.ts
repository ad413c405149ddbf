import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { claimDemo } from '@/demo/claim-demo'

it('a second demo is told what to do, and may begin when the first has ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-demo-'))
  const release = await claimDemo(folder)
  await expect(claimDemo(folder)).rejects.toThrow(`A demo of this checkout runs already, with its data in ${folder}. Use that one, or end it with Ctrl-C`)
  await release()
  await (await claimDemo(folder))()
  await rm(folder, { recursive: true })
})
