/** A call's folder in memory. */
import type { LogFolder } from '@/verify/log-folder'
import type { Files } from '../fixtures/log-builder'

export const makeMemoryFolder = (files: Files): LogFolder => ({
  open(name) {
    const bytes = files.get(name)
    if (!bytes) return Promise.resolve(null)
    return Promise.resolve({
      sizeBytes: bytes.length,
      read: (offsetBytes, length) => Promise.resolve(bytes.subarray(offsetBytes, offsetBytes + length)),
      close: () => Promise.resolve(),
    })
  },
})
