/** A call's folder on this machine's disk. */
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogFile, LogFolder } from './log-folder'

/** Payloads are read in order and are some kB each: one read of the disk serves many. */
const READ_AHEAD_BYTES = 1024 * 1024

export const openDiskFolder = (path: string): LogFolder => ({
  async open(name) {
    try {
      const handle = await open(join(path, name), 'r')
      return new DiskFile(handle, (await handle.stat()).size)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
  },
})

class DiskFile implements LogFile {
  private window = new Uint8Array(0)
  private windowAtBytes = 0

  constructor(private readonly handle: FileHandle, readonly sizeBytes: number) {}

  async read(offsetBytes: number, bytes: number): Promise<Uint8Array> {
    const isInWindow = offsetBytes >= this.windowAtBytes && offsetBytes + bytes <= this.windowAtBytes + this.window.length
    if (!isInWindow) await this.fillWindow(offsetBytes, Math.max(bytes, READ_AHEAD_BYTES))
    const start = offsetBytes - this.windowAtBytes
    return this.window.subarray(start, start + bytes)
  }

  close(): Promise<void> {
    return this.handle.close()
  }

  private async fillWindow(offsetBytes: number, bytes: number): Promise<void> {
    const buffer = new Uint8Array(Math.max(0, Math.min(bytes, this.sizeBytes - offsetBytes)))
    let filled = 0
    while (filled < buffer.length) {
      const { bytesRead } = await this.handle.read(buffer, filled, buffer.length - filled, offsetBytes + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    this.window = buffer.subarray(0, filled)
    this.windowAtBytes = offsetBytes
  }
}
