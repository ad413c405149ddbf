/** Parts of the benchmark that run in processes of their own, so that they do not disturb what is measured; they end with it. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export class BenchChild {
  private constructor(private readonly process: ChildProcess) {}

  static start(file: string, ...args: string[]): BenchChild {
    return new BenchChild(fork(join(import.meta.dirname, file), args, { execArgv: ['--import', 'tsx'] }))
  }

  /** The next thing that it says; rejects when it ends. */
  async hear<Message>(): Promise<Message> {
    const ended = new AbortController()
    const dies = once(this.process, 'exit', { signal: ended.signal }).then(() => Promise.reject(new Error(`${this.process.spawnfile} ended too early`)))
    try {
      const [message] = (await Promise.race([once(this.process, 'message', { signal: ended.signal }), dies])) as [Message]
      return message
    } finally {
      ended.abort()
      dies.catch(() => undefined)
    }
  }

  ask<Message>(question: unknown): Promise<Message> {
    const answer = this.hear<Message>()
    this.process.send(question as object)
    return answer
  }

  end(): void {
    this.process.kill('SIGKILL')
  }
}
