// Bundles the panel's page, with its font, into the folder from which startPanel serves it.
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'

const page = join(import.meta.dirname, 'page')
const require = createRequire(import.meta.url)
const FONTS = {
  'inter.woff2': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  'jetbrains-mono.woff2': '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
}

/** @param {string} outDir replaced as a whole */
export async function buildPanel(outDir) {
  await rm(outDir, { recursive: true, force: true })
  await mkdir(outDir, { recursive: true })
  await build({
    entryPoints: ['panel.ts', 'panel.css'],
    absWorkingDir: page,
    outdir: outDir,
    bundle: true,
    format: 'esm',
    target: ['chrome120', 'firefox121'],
    external: ['*.woff2'],
    legalComments: 'none',
    logLevel: 'warning',
  })
  await copyFile(join(page, 'index.html'), join(outDir, 'index.html'))
  for (const [name, file] of Object.entries(FONTS)) await copyFile(require.resolve(file), join(outDir, name))
}
