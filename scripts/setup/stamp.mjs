// Remembers of each step what it was made from, so that it is done again only when that has changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './run.mjs'

/** Made by the set-up itself, or of no consequence for what is built. */
const SKIPPED = new Set(['generated', 'node_modules', '.DS_Store'])

/** Hash over the names and contents of files and folders, and over the Node that builds them. */
export function fingerprintOf(inputs) {
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.platform} ${process.arch}`)
  for (const path of inputs.flatMap((input) => filesBelow(join(ROOT, input)))) hash.update(`\0${path}\0`).update(readFileSync(path))
  return hash.digest('hex')
}

/** Does the step unless its inputs are those of last time and all that it makes is there. */
export async function onceFor({ stampFile, inputs, outputs }, step) {
  const stamp = join(ROOT, stampFile)
  const fingerprint = fingerprintOf(inputs)
  const isThere = outputs.every((output) => existsSync(join(ROOT, output)))
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  rmSync(stamp, { force: true })
  await step()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, fingerprint)
}

function filesBelow(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path).filter((name) => !SKIPPED.has(name)).sort().flatMap((name) => filesBelow(join(path, name)))
}
