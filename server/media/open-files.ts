/**
 * Files kept open between writes: opening one costs more than writing a chunk to it.
 *
 * Bound: LIMIT files, of which the longest unused is closed first; one in use stays open, so for a moment there can be
 * more. 250 calls with three tracks and a log are 1 000.
 */
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

const LIMIT = 2_048

/** `sizeBytes` is kept here by the only writer, so that no write has to ask the disk. */
export type OpenFile = { handle: FileHandle; sizeBytes: number }
type Slot = { file: Promise<OpenFile>; users: number }

export class OpenFiles {
  /** In order of last use. */
  private readonly slots = new Map<string, Slot>()

  /** Lends an open file, making it and its folder if they are not there. After a failure the file is opened anew. */
  async with<T>(path: string, use: (file: OpenFile) => Promise<T>): Promise<T> {
    const slot = this.slots.get(path) ?? { file: openFile(path), users: 0 }
    this.slots.delete(path)
    this.slots.set(path, slot)
    slot.users++
    try {
      return await use(await slot.file)
    } catch (error) {
      if (this.slots.get(path) === slot) this.slots.delete(path)
      throw error
    } finally {
      slot.users--
      if (this.slots.get(path) !== slot) await closeIfUnused(slot)
      await this.closeSurplus()
    }
  }

  /** Closes the files whose path begins so, or all; those in use as soon as they no longer are. */
  async dispose(pathPrefix = ''): Promise<void> {
    for (const [path, slot] of [...this.slots].filter(([path]) => path.startsWith(pathPrefix))) {
      this.slots.delete(path)
      await closeIfUnused(slot)
    }
  }

  private async closeSurplus(): Promise<void> {
    for (const [path, slot] of this.slots) {
      if (this.slots.size <= LIMIT) return
      if (slot.users > 0) continue
      this.slots.delete(path)
      await closeIfUnused(slot)
    }
  }
}

async function closeIfUnused({ file, users }: Slot): Promise<void> {
  // Whoever asked for a file that could not be opened was told so; there is nothing to close then.
  const open = await file.catch(() => null)
  if (users === 0) await open?.handle.close()
}

async function openFile(path: string): Promise<OpenFile> {
  await mkdir(dirname(path), { recursive: true })
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o640)
  return { handle, sizeBytes: (await handle.stat()).size }
}
