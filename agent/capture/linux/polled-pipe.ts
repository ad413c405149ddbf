/**
 * A pipe out of a child process that is read when we look, not whenever something comes: Node wakes up for every write into
 * the pipes it makes itself. The system's buffer holds 64 kB: 0.6 s of raw sound, 20 s of Opus.
 *
 * Node cannot make a pipe of its own, so it is a FIFO whose name is taken away as soon as both ends are open.
 */
import { closeSync, constants, openSync, readSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CaptureError } from '../errors'
import { query, type Environment } from './child'

const BUFFER_BYTES = 64 * 1024

export class PolledPipe {
  private readonly buffer = Buffer.allocUnsafe(BUFFER_BYTES)

  private constructor(
    private readonly readEnd: number,
    /** For the child; closed here once the child has it. */
    readonly writeEnd: number,
  ) {}

  /** Rejects with CaptureError when the system does not give one. */
  static async make(env: Environment): Promise<PolledPipe> {
    const folder = await mkdtemp(join(tmpdir(), 'callwitness-'))
    try {
      const name = join(folder, 'pipe')
      const made = await query('mkfifo', ['-m', '600', name], env)
      if (!made.isOk) throw CaptureError.programMissing('mkfifo', made.stderr)
      const readEnd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK)
      return new PolledPipe(readEnd, openSync(name, constants.O_WRONLY))
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  /** What has come since the last time; `null` when nothing has. */
  read(): Buffer | null {
    const pieces: Buffer[] = []
    for (;;) {
      const readBytes = this.readSome()
      if (readBytes > 0) pieces.push(Buffer.from(this.buffer.subarray(0, readBytes)))
      if (readBytes < BUFFER_BYTES) return pieces.length > 0 ? Buffer.concat(pieces) : null
    }
  }

  closeWriteEnd(): void {
    closeSync(this.writeEnd)
  }

  closeReadEnd(): void {
    closeSync(this.readEnd)
  }

  private readSome(): number {
    try {
      return readSync(this.readEnd, this.buffer, 0, BUFFER_BYTES, null)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0
      throw error
    }
  }
}
