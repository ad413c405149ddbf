/** Makes the speech model ready once, at set-up: checks what npm brought, patches the decoder, writes it all or nothing. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { TranscribeError } from './errors'
import { makeDecoderGraphs } from './moonshine/decoder-graph'
import { findShipped, modelPaths, SHIPPED, type ModelPaths, type ShippedFile } from './moonshine/model-files'

export type PrepareModelOptions = {
  modelsDir: string
  onProgress?: (line: string) => void
}

const manifestSchema = z.object({ files: z.record(z.string(), z.string()) })

/** Resolves to the files' paths; does nothing when they are there and whole. */
export async function prepareModel({ modelsDir, onProgress = () => undefined }: PrepareModelOptions): Promise<ModelPaths> {
  const paths = modelPaths(modelsDir)
  if (await isWhole(paths)) {
    onProgress(`speech model is ready in ${paths.folder}`)
    return paths
  }
  onProgress('checking the speech model that npm brought')
  const [encoder, decoder, speechDetector] = await Promise.all([readShipped(SHIPPED.encoder), readShipped(SHIPPED.decoder), readShipped(SHIPPED.speechDetector)])
  onProgress('patching the decoder: half the CPU, and word times')
  const graphs = makeDecoderGraphs(decoder)

  onProgress(`writing ${paths.folder}`)
  const draft = modelPaths(join(modelsDir, `.preparing-${randomUUID()}`))
  await writeWhole(draft, { encoder, decoderFirst: graphs.first, decoderCached: graphs.cached, speechDetector })
  await rm(paths.folder, { recursive: true, force: true })
  await rename(draft.folder, paths.folder).catch(async (error: unknown) => {
    // Another set-up may have finished in between; its files are as good.
    if (!(await isWhole(paths))) throw error
  })
  await rm(join(draft.folder, '..'), { recursive: true, force: true })
  onProgress('speech model is ready')
  return paths
}

async function readShipped(file: ShippedFile): Promise<Buffer> {
  const path = findShipped(file)
  if (!path) throw TranscribeError.modelMissing(`${file.packageName}/${file.path}`)
  const bytes = await readFile(path)
  const sha256 = sha256Of(bytes)
  if (sha256 !== file.sha256) throw TranscribeError.modelAltered(path, file.sha256, sha256)
  return bytes
}

type ModelBytes = Record<'encoder' | 'decoderFirst' | 'decoderCached' | 'speechDetector', Uint8Array>

async function writeWhole(paths: ModelPaths, contents: ModelBytes): Promise<void> {
  await mkdir(paths.folder, { recursive: true })
  const names = Object.keys(contents) as (keyof ModelBytes)[] // keys of a literal of that type
  await Promise.all(names.map((name) => writeFile(paths[name], contents[name], { flush: true })))
  const files = Object.fromEntries(names.map((name) => [name, sha256Of(contents[name])]))
  await writeFile(paths.manifest, `${JSON.stringify({ files }, null, 2)}\n`, { flush: true })
}

async function isWhole(paths: ModelPaths): Promise<boolean> {
  try {
    const { files } = manifestSchema.parse(JSON.parse(await readFile(paths.manifest, 'utf8')))
    const names = ['encoder', 'decoderFirst', 'decoderCached', 'speechDetector'] as const
    const hashes = await Promise.all(names.map(async (name) => sha256Of(await readFile(paths[name]))))
    return names.every((name, index) => files[name] === hashes[index])
  } catch {
    // Absent or unreadable means: make it again.
    return false
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
