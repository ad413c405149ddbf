/** One worker process as the pool sees it: it answers one request at a time, or is found dead. */
import type { ChildProcess } from 'node:child_process'
import type { FromWorker, SpeechRequest, SpeechResponse, ToWorker } from './worker-messages'

/** A request takes at most a second or two; a worker that is silent for this long hangs. */
const ANSWER_TIMEOUT_MS = 60_000

export type WorkerOutcome = { kind: 'done'; result: SpeechResponse } | { kind: 'failed'; message: string } | { kind: 'dead'; ending: string }
export type WorkerListener = { onReady(): void; onDead(ending: string, wasReady: boolean): void }

export class SpeechWorker {
  private state: 'starting' | 'idle' | 'busy' | 'dead' = 'starting'
  private wasReady = false
  private settle: ((outcome: WorkerOutcome) => void) | null = null
  private timer: NodeJS.Timeout | undefined
  private readonly ended: Promise<void>

  constructor(private readonly process: ChildProcess, listener: WorkerListener) {
    process.on('message', (message: FromWorker) => {
      if (message.kind !== 'ready') return this.finish(message)
      this.state = 'idle'
      this.wasReady = true
      listener.onReady()
    })
    this.ended = new Promise((resolve) => {
      const die = (ending: string): void => {
        if (this.state === 'dead') return
        this.state = 'dead'
        listener.onDead(ending, this.wasReady)
        this.finish({ kind: 'dead', ending })
        resolve()
      }
      process.on('exit', (code, signal) => die(signal ? `signal ${signal}` : `exit code ${code}`))
      process.on('error', (error) => die(error.message))
    })
  }

  get isIdle(): boolean {
    return this.state === 'idle'
  }

  get pid(): number | undefined {
    return this.process.pid
  }

  ask(request: SpeechRequest): Promise<WorkerOutcome> {
    this.state = 'busy'
    return new Promise((resolve) => {
      this.settle = resolve
      this.timer = setTimeout(() => this.process.kill('SIGKILL'), ANSWER_TIMEOUT_MS)
      const message: ToWorker = request
      // A failure to send is followed by the process's exit, which settles the request.
      this.process.send(message, () => undefined)
    })
  }

  async stop(): Promise<void> {
    this.process.kill('SIGKILL')
    await this.ended
  }

  private finish(outcome: WorkerOutcome): void {
    clearTimeout(this.timer)
    if (this.state === 'busy') this.state = 'idle'
    const settle = this.settle
    this.settle = null
    settle?.(outcome)
  }
}
