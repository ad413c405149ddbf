// Bundles the browser extension into a folder that Chromium loads unpacked.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

const here = import.meta.dirname

/**
 * @param {string} outDir replaced as a whole
 * @param {object} [managed] for an installation that nobody clicks through
 * @param {string[]} [managed.origins] granted in the manifest; without them the options page asks for each
 * @param {{ port: number, pairingSecret: string }} [managed.agent] known from the start; without it the options page asks
 */
export async function buildExtension(outDir, { origins = [], agent } = {}) {
  await rm(outDir, { recursive: true, force: true })
  await mkdir(outDir, { recursive: true })
  const shared = {
    bundle: true,
    target: 'chrome120',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    absWorkingDir: here,
    define: { BUILT_IN_AGENT: JSON.stringify(agent ?? null) },
  }
  await Promise.all([
    build({ ...shared, entryPoints: ['page/content.ts'], outfile: join(outDir, 'content.js'), format: 'iife' }),
    build({ ...shared, entryPoints: ['worker/worker.ts'], outfile: join(outDir, 'worker.js'), format: 'esm' }),
    build({ ...shared, entryPoints: ['options/options.ts'], outfile: join(outDir, 'options.js'), format: 'esm' }),
  ])
  for (const file of ['options.html', 'options.css']) await copyFile(join(here, 'options', file), join(outDir, file))
  const manifest = JSON.parse(await readFile(join(here, 'manifest.json'), 'utf8'))
  manifest.host_permissions.push(...origins.map((origin) => `${origin}/*`))
  await writeFile(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}
