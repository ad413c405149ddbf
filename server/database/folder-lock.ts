/**
 * A lock on a folder for one process of this machine: while a database is started or stopped, or for a server's whole life.
 * The kernel frees it however its holder ends.
 */
import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseError } from './errors'

const LOCK_WAIT_LIMIT_MS = 150_000
const LOCK_POLL_MS = 50

export async function withFolderLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const release = await takeLock(directory)
  try {
    return await work()
  } finally {
    await release()
  }
}

/** For as long as the process lives or until the returned function is called. Throws DatabaseError `in-use` at once. */
export async function claimFolder(directory: string): Promise<() => Promise<void>> {
  const release = await tryLock(lockName(`claim ${directory}`))
  if (!release) throw DatabaseError.folderClaimed(directory)
  return release
}

async function takeLock(directory: string): Promise<() => Promise<void>> {
  const name = lockName(directory)
  for (let waitedMs = 0; waitedMs < LOCK_WAIT_LIMIT_MS; waitedMs += LOCK_POLL_MS) {
    const release = await tryLock(name)
    if (release) return release
    await delay(LOCK_POLL_MS)
  }
  throw DatabaseError.inUse(directory, LOCK_WAIT_LIMIT_MS)
}

/**
 * A name that only one process can listen on: an abstract socket (unix(7)) on Linux and a pipe on Windows, both of which
 * leave no file behind; elsewhere a port of loopback.
 */
function lockName(subject: string): string | { port: number; host: string } {
  const hash = createHash('sha256').update(subject).digest()
  if (process.platform === 'linux') return `\0callwitness-${hash.toString('hex')}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\callwitness-${hash.toString('hex')}`
  return { port: 20_000 + (hash.readUInt16BE() % 10_000), host: '127.0.0.1' }
}

const tryLock = (name: ReturnType<typeof lockName>): Promise<(() => Promise<void>) | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)))
    server.listen(typeof name === 'string' ? { path: name } : name, () => resolve(() => new Promise((done) => server.close(() => done()))))
  })
