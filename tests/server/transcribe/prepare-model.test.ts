import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeDecoderGraphs } from '@/server/transcribe/moonshine/decoder-graph'
import { prepareModel } from '@/server/transcribe/prepare-model'

let modelsDir: string
beforeAll(async () => {
  modelsDir = await mkdtemp(join(tmpdir(), 'callwitness-models-'))
})
afterAll(() => rm(modelsDir, { recursive: true, force: true }))

it('writes the model once and leaves it alone the second time', async () => {
  const { decoderCached } = await prepareModel({ modelsDir })
  const written = (await stat(decoderCached)).mtimeMs
  const lines: string[] = []
  await prepareModel({ modelsDir, onProgress: (line) => void lines.push(line) })
  expect((await stat(decoderCached)).mtimeMs).toBe(written)
  expect(lines).toEqual([expect.stringContaining('is ready')])
})

it('makes the model again when a file of it was damaged', async () => {
  const { decoderFirst } = await prepareModel({ modelsDir })
  const whole = await readFile(decoderFirst)
  await writeFile(decoderFirst, whole.subarray(0, 1_000))
  await prepareModel({ modelsDir })
  expect((await readFile(decoderFirst)).equals(whole)).toBe(true)
})

it('refuses a graph that it does not know', () => {
  expect(() => makeDecoderGraphs(new Uint8Array())).toThrow(/not the one this version can patch/)
})
