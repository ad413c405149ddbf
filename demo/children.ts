/** Programs that the demo starts: each dies with it, says its lines while it runs, and is ended in the order of starting, backwards. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

const END_LIMIT_MS = 10_000
const KEPT_LINES = 40

export type ChildOptions = {
  env?: NodeJS.ProcessEnv
  /** Takes stdout as bytes instead of lines. */
  onBytes?: (bytes: Buffer) => void
}
type Listeners = { onLine: (line: string) => void; onBytes?: (bytes: Buffer) => void }

export class Child {
  readonly ended: Promise<number | null>
  private readonly lastLines: string[] = []
  private readonly waiting = new Set<(line: string) => void>()

  constructor(readonly name: string, private readonly process: ChildProcess, { onLine, onBytes }: Listeners) {
    this.ended = new Promise((resolve) => {
      process.once('error', () => resolve(null))
      process.once('close', (code) => resolve(code))
    })
    if (onBytes) process.stdout?.on('data', onBytes)
    else if (process.stdout) this.follow(process.stdout, onLine)
    if (process.stderr) this.follow(process.stderr, onLine)
  }

  get pid(): number | undefined {
    return this.process.pid
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null && this.process.pid !== undefined
  }

  /** The first line, from now on or of those kept, that matches; rejects when the program ends or takes too long. */
  waitForLine(pattern: RegExp, limitMs: number): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer)
        this.waiting.delete(look)
        settle()
      }
      const look = (line: string): void => {
        const match = pattern.exec(line)
        if (match) finish(() => resolve(match))
      }
      const fail = (why: string): void => finish(() => reject(new Error(`${this.name} ${why}. It said last:\n${this.tail()}`)))
      const timer = setTimeout(() => fail(`did not say ${String(pattern)} within ${limitMs} ms`), limitMs)
      this.waiting.add(look)
      this.lastLines.forEach(look)
      void this.ended.then((code) => fail(`ended with exit code ${code}`))
    })
  }

  tail(): string {
    return this.lastLines.join('\n')
  }

  /** SIGKILL follows when the program does not heed the signal. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.isRunning) return
    this.process.kill(signal)
    const killer = setTimeout(() => this.process.kill('SIGKILL'), END_LIMIT_MS)
    await this.ended
    clearTimeout(killer)
  }

  private follow(stream: Readable, onLine: (line: string) => void): void {
    createInterface({ input: stream }).on('line', (line) => {
      this.lastLines.push(line)
      if (this.lastLines.length > KEPT_LINES) this.lastLines.shift()
      onLine(line)
      for (const look of this.waiting) look(line)
    })
  }
}

export class Children {
  private readonly all: Child[] = []

  /** What the programs say is kept in a file for each in this folder. */
  constructor(private readonly logFolder: string) {
    mkdirSync(logFolder, { recursive: true })
  }

  start(name: string, command: string, args: readonly string[], { env, onBytes }: ChildOptions = {}): Child {
    const process = spawn('setpriv', ['--pdeathsig', 'TERM', '--', command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const log = createWriteStream(join(this.logFolder, `${name.replaceAll(' ', '-')}.log`), { flags: 'a' })
    const child = new Child(name, process, { onLine: (line) => void log.write(`${line}\n`), onBytes })
    void child.ended.then(() => log.end())
    this.all.push(child)
    return child
  }

  async endAll(): Promise<void> {
    for (const child of this.all.toReversed()) await child.end()
  }
}
