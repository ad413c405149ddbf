/** Calls as folders of a directory: `<dir>/<callId>/log.jsonl` and so on. One process writes. */
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type CallId, callIdSchema } from '@/protocol/ids'
import { assertCallFile, assertDerivedFile } from './call-files'
import { MediaError } from './errors'
import type { MediaStore } from './media-store'
import { type OpenFile, OpenFiles } from './open-files'

export function makeFileMediaStore(dir: string): MediaStore {
  return new FileMediaStore(dir)
}

class FileMediaStore implements MediaStore {
  private readonly openFiles = new OpenFiles()
  /** Files written since they were last synced. */
  private readonly unsynced = new Map<CallId, Set<string>>()

  constructor(private readonly dir: string) {}

  async write(callId: CallId, file: string, offsetBytes: number, bytes: Uint8Array): Promise<void> {
    const path = this.path(callId, file)
    this.unsynced.set(callId, (this.unsynced.get(callId) ?? new Set()).add(file))
    await this.openFiles.with(path, async (open) => {
      if (offsetBytes > open.sizeBytes) throw MediaError.hole(file, open.sizeBytes, offsetBytes)
      await writeAll(open, offsetBytes, bytes)
    })
  }

  async truncate(callId: CallId, file: string, sizeBytes: number): Promise<void> {
    if ((await this.findSize(callId, file) ?? 0) <= sizeBytes) return
    this.unsynced.set(callId, (this.unsynced.get(callId) ?? new Set()).add(file))
    await this.openFiles.with(this.path(callId, file), async (open) => {
      await open.handle.truncate(sizeBytes)
      open.sizeBytes = sizeBytes
    })
  }

  async sync(callId: CallId): Promise<void> {
    const files = this.unsynced.get(callId)
    if (!files) return
    this.unsynced.delete(callId)
    try {
      for (const file of files) await this.openFiles.with(this.path(callId, file), ({ handle }) => handle.datasync())
      await syncFolder(join(this.dir, callId))
      await syncFolder(this.dir)
    } catch (error) {
      this.unsynced.set(callId, new Set([...files, ...(this.unsynced.get(callId) ?? [])]))
      throw error
    }
  }

  async findSize(callId: CallId, file: string): Promise<number | null> {
    return stat(this.path(callId, file)).then(({ size }) => size, nullIfMissing)
  }

  async read(callId: CallId, file: string, fromByte = 0, toByte = Infinity): Promise<Uint8Array<ArrayBuffer>> {
    const handle = await open(this.path(callId, file)).catch(nullIfMissing)
    if (!handle) throw MediaError.missing(callId, file)
    try {
      const length = Math.max(0, Math.min(toByte, (await handle.stat()).size) - fromByte)
      const bytes = Buffer.allocUnsafe(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, fromByte + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return bytes.subarray(0, filled)
    } finally {
      await handle.close()
    }
  }

  stream(callId: CallId, file: string, fromByte = 0, toByte = Infinity) {
    return createReadStream(this.path(callId, file), { start: fromByte, end: toByte - 1 })
  }

  async replace(callId: CallId, file: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.path(callId, file)
    await mkdir(dirname(path), { recursive: true })
    const draft = `${path}.draft-${process.pid}-${crypto.randomUUID()}`
    try {
      const handle = await open(draft, 'wx', 0o640)
      try {
        for await (const bytes of content instanceof Uint8Array ? [content] : content) await handle.writeFile(bytes)
        await handle.datasync()
      } finally {
        await handle.close()
      }
      await this.openFiles.dispose(path)
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
    await syncFolder(dirname(path))
  }

  async removeDerived(callId: CallId, file: string): Promise<void> {
    assertDerivedFile(file)
    const path = this.path(callId, file)
    await this.openFiles.dispose(path)
    await rm(path, { force: true })
    await syncFolder(dirname(path))
  }

  async withLocalFile<T>(callId: CallId, file: string, use: (path: string) => Promise<T>): Promise<T> {
    if ((await this.findSize(callId, file)) === null) throw MediaError.missing(callId, file)
    return use(this.path(callId, file))
  }

  async list(callId: CallId): Promise<{ file: string; bytes: number }[]> {
    const folder = join(this.dir, callId)
    const names = (await readdir(folder, { recursive: true }).catch(nullIfMissing)) ?? []
    const found = await Promise.all(names.map(async (name) => ({ file: name, entry: await stat(join(folder, name)).catch(nullIfMissing) })))
    return found.flatMap(({ file, entry }) => (entry?.isFile() && !file.includes('.draft-') ? [{ file, bytes: entry.size }] : [])).sort((a, b) => (a.file < b.file ? -1 : 1))
  }

  async listCalls(): Promise<CallId[]> {
    const names = (await readdir(this.dir).catch(nullIfMissing)) ?? []
    return names.flatMap((name) => callIdSchema.safeParse(name).data ?? [])
  }

  async deleteCall(callId: CallId): Promise<void> {
    const folder = join(this.dir, callId)
    await this.openFiles.dispose(folder)
    this.unsynced.delete(callId)
    await rm(folder, { recursive: true, force: true })
    await syncFolder(this.dir)
  }

  async dispose(): Promise<void> {
    await this.openFiles.dispose()
  }

  private path(callId: CallId, file: string): string {
    assertCallFile(file)
    return join(this.dir, callId, file)
  }
}

async function writeAll(open: OpenFile, offsetBytes: number, bytes: Uint8Array): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await open.handle.write(bytes, written, bytes.length - written, offsetBytes + written)
    written += bytesWritten
    open.sizeBytes = Math.max(open.sizeBytes, offsetBytes + written)
  }
}

/** A name in a folder survives a power loss only when the folder itself is synced (fsync(2), NOTES). */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path).catch(nullIfMissing)
  if (!handle) return
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
