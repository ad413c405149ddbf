/** A disk in memory that can lose power (what was not synced is gone) and run full. */
import type { AppendFile, SpoolFiles } from '@/agent/spool/spool-files'

type Content = { bytes: Uint8Array<ArrayBuffer>; syncedBytes: number }

export class MemoryFiles implements SpoolFiles {
  free = 10_000_000_000
  /** When set, this many bytes can still be appended; the write that exceeds them is half-written and fails. */
  roomBytes = Infinity
  /** What the sync of a file waits for. */
  onSync: (path: string) => Promise<void> = () => Promise.resolve()
  private readonly contents = new Map<string, Content>()
  private readonly folders = new Set<string>()

  losePower(): void {
    for (const content of this.contents.values()) content.bytes = content.bytes.slice(0, content.syncedBytes)
  }

  /** Changes what is on the disk, as a failing disk would. */
  damage(path: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): void {
    const content = this.contents.get(path)
    if (!content) throw new Error(`there is no ${path}`)
    content.bytes = change(content.bytes)
  }

  paths(): string[] {
    return [...this.contents.keys()].sort()
  }

  freeBytes = (): Promise<number> => Promise.resolve(this.free)

  makeFolder(path: string): Promise<void> {
    this.folders.add(path)
    return Promise.resolve()
  }

  list(path: string): Promise<string[]> {
    const below = [...this.contents.keys(), ...this.folders].filter((name) => name.startsWith(`${path}/`))
    return Promise.resolve([...new Set(below.map((name) => name.slice(path.length + 1).split('/')[0] ?? ''))])
  }

  read = (path: string): Promise<Uint8Array> => Promise.resolve(this.contents.get(path)?.bytes.slice() ?? new Uint8Array())

  openAppend(path: string): Promise<AppendFile> {
    const content = this.content(path)
    return Promise.resolve({
      get lengthBytes() {
        return content.bytes.length
      },
      append: (bytes: Uint8Array) => {
        const fits = bytes.subarray(0, Math.min(bytes.length, this.roomBytes))
        this.roomBytes -= fits.length
        content.bytes = joined(content.bytes, fits)
        return fits.length < bytes.length ? Promise.reject(new Error('ENOSPC: no space left on device')) : Promise.resolve()
      },
      sync: async () => {
        await this.onSync(path)
        content.syncedBytes = content.bytes.length
      },
      readAt: (offset: number, length: number) => Promise.resolve(content.bytes.slice(offset, offset + length)),
      truncate: (length: number) => {
        content.bytes = content.bytes.slice(0, length)
        content.syncedBytes = Math.min(content.syncedBytes, length)
        return Promise.resolve()
      },
      close: () => Promise.resolve(),
    })
  }

  openScratch(path: string) {
    const content = this.content(path)
    let isClosed = false
    const write = (bytes: Uint8Array<ArrayBuffer>): void => {
      if (isClosed) throw new Error(`EBADF: ${path} is closed`)
      content.bytes = bytes
    }
    return {
      append: (bytes: Uint8Array) => write(joined(content.bytes, bytes)),
      replace: (bytes: Uint8Array) => write(new Uint8Array(bytes)),
      close: () => void (isClosed = true),
    }
  }

  truncate(path: string, length: number): Promise<void> {
    this.damage(path, (bytes) => bytes.slice(0, length))
    return Promise.resolve()
  }

  move(from: string, to: string): Promise<void> {
    for (const [path, content] of [...this.contents]) {
      if (!path.startsWith(`${from}/`)) continue
      this.contents.delete(path)
      this.contents.set(to + path.slice(from.length), content)
    }
    return Promise.resolve()
  }

  remove(path: string): Promise<void> {
    for (const name of [...this.contents.keys()]) if (name === path || name.startsWith(`${path}/`)) this.contents.delete(name)
    for (const name of [...this.folders]) if (name === path || name.startsWith(`${path}/`)) this.folders.delete(name)
    return Promise.resolve()
  }

  private content(path: string): Content {
    const known = this.contents.get(path)
    if (known) return known
    const content = { bytes: new Uint8Array(), syncedBytes: 0 }
    this.contents.set(path, content)
    return content
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
