/** Replaces a small file that only its owner may read: a crash leaves the old one or the new one, whole. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'

export function replaceFile(path: string, text: string): void {
  const draft = `${path}.new`
  const descriptor = openSync(draft, 'w', 0o600)
  try {
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(draft, path)
}
