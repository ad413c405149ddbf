/** The files that the spool needs from a disk: real ones here, and in tests a disk that loses power or runs full. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, statfs, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface SpoolFiles {
  freeBytes(folder: string): Promise<number>
  makeFolder(path: string): Promise<void>
  /** Names of folders and files; nothing when the folder does not exist. */
  list(path: string): Promise<string[]>
  /** The whole file; empty when it does not exist. */
  read(path: string): Promise<Uint8Array>
  openAppend(path: string): Promise<AppendFile>
  /** A file that is cheap to write and is not synced: it survives the end of the process, not that of the power. */
  openScratch(path: string): ScratchFile
  truncate(path: string, lengthBytes: number): Promise<void>
  move(from: string, to: string): Promise<void>
  /** Removes a folder with all it holds. */
  remove(path: string): Promise<void>
}

export interface AppendFile {
  readonly lengthBytes: number
  append(bytes: Uint8Array): Promise<void>
  /** Resolves when what was appended survives a loss of power. */
  sync(): Promise<void>
  readAt(offsetBytes: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>>
  truncate(lengthBytes: number): Promise<void>
  close(): Promise<void>
}

export interface ScratchFile {
  append(bytes: Uint8Array): void
  replace(bytes: Uint8Array): void
  close(): void
}

export function makeDiskFiles(): SpoolFiles {
  return {
    async freeBytes(folder) {
      const disk = await statfs(folder)
      return disk.bavail * disk.bsize
    },
    async makeFolder(path) {
      await mkdir(path, { recursive: true, mode: 0o700 })
      await syncFolder(dirname(path))
    },
    list: (path) => readdir(path).catch(emptyWhenMissing<string[]>([])),
    read: (path) => readFile(path).catch(emptyWhenMissing<Uint8Array>(new Uint8Array())),
    openAppend: openDiskFile,
    openScratch: openDiskScratch,
    truncate,
    move: rename,
    remove: (path) => rm(path, { recursive: true, force: true }),
  }
}

async function openDiskFile(path: string): Promise<AppendFile> {
  const handle = await open(path, 'a+', 0o600)
  await syncFolder(dirname(path))
  let lengthBytes = (await handle.stat()).size
  return {
    get lengthBytes() {
      return lengthBytes
    },
    async append(bytes) {
      await handle.appendFile(bytes)
      lengthBytes += bytes.length
    },
    sync: () => handle.datasync(),
    async readAt(offsetBytes, wantedBytes) {
      const bytes = new Uint8Array(wantedBytes)
      const { bytesRead } = await handle.read(bytes, 0, wantedBytes, offsetBytes)
      return bytes.subarray(0, bytesRead)
    },
    async truncate(toBytes) {
      await handle.truncate(toBytes)
      lengthBytes = toBytes
    },
    close: () => handle.close(),
  }
}

function openDiskScratch(path: string): ScratchFile {
  const descriptor = openSync(path, 'a', 0o600)
  return {
    append: (bytes) => void writeSync(descriptor, bytes),
    replace(bytes) {
      ftruncateSync(descriptor, 0)
      if (bytes.length > 0) writeSync(descriptor, bytes)
    },
    close: () => closeSync(descriptor),
  }
}

/** A new name in a folder survives a loss of power only when the folder is synced too (fsync(2), Linux). */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const emptyWhenMissing =
  <T>(empty: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return empty
    throw error
  }
