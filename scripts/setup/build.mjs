// What is built from the sources: the programs as one file each, and the pages.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run } from './run.mjs'

const PROGRAMS = {
  server: ['server/main.ts', 'dist/server.mjs'],
  transcriber: ['server/transcribe/worker.ts', 'dist/transcribe-worker.mjs'],
  agent: ['agent/main.ts', 'dist/agent.mjs'],
  verify: ['verify/main.ts', 'dist/verify.mjs'],
}

/** Packages stay outside the bundles: some hold native code, and all are installed anyway. */
export async function bundle(...names) {
  const { build } = await import('esbuild')
  const options = { absWorkingDir: ROOT, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', sourcemap: true, logLevel: 'warning', tsconfig: 'tsconfig.json' }
  await Promise.all(names.map((name) => build({ ...options, entryPoints: [PROGRAMS[name][0]], outfile: PROGRAMS[name][1] })))
}

export async function buildPages() {
  await run('next-build', process.execPath, ['node_modules/next/dist/bin/next', 'build'], { env: { NODE_ENV: 'production' } })
}

export async function generateDatabaseClient() {
  rmSync(join(ROOT, 'server/database/generated'), { recursive: true, force: true })
  // The engine is not needed to generate, but its absence would be answered by a download: any file that exists will do.
  await run('prisma-generate', process.execPath, ['node_modules/prisma/build/index.js', 'generate'], { env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath } })
}

export async function prepareSpeechModel() {
  await run('speech-model', process.execPath, ['--import', 'tsx', 'scripts/setup/speech-model.ts'])
}
