/**
 * Speech workers, one for each core, and the queue before them.
 *
 * A worker is starting → idle ⇄ busy → dead; a dead one is started anew while the pool lives. Its request is tried once
 * more, by whichever worker is free first, and then given up with the reason. Requests go by priority, each priority in
 * order of arrival. The queue holds at most QUEUE_LIMIT requests: callers wait for one answer before they ask again, so
 * only a machine too slow for its calls fills it, and then a request is refused and its sound read again from the log.
 */
import { availableParallelism } from 'node:os'
import { TranscribeError } from './errors'
import type { TranscribeOptions, Transcription } from './engine'
import { SPEECH_PRIORITIES, type HeardSound, type HearingMemory, type SpeechPriority, type SpeechService } from './speech-service'
import type { SpeechRequest, SpeechResponse } from './worker-messages'
import type { SpawnWorker } from './worker-process'
import { SpeechWorker } from './speech-worker'

const QUEUE_LIMIT = 2_000
const TRIES = 2
/** A worker that ends this often before it was ever ready will not get better by itself. */
const START_TRIES = 3

export type SpeechWorkersOptions = { spawn: SpawnWorker; count?: number; log: { warn(message: string): void } }

type Job = { request: SpeechRequest; priority: SpeechPriority; tries: number; resolve(result: SpeechResponse): void; reject(error: Error): void }

export class SpeechWorkers implements SpeechService {
  private readonly queues: Record<SpeechPriority, Job[]> = { live: [], captions: [], later: [] }
  private readonly workers = new Set<SpeechWorker>()
  private failedStarts = 0
  private isDisposed = false

  constructor(private readonly options: SpeechWorkersOptions) {
    const count = options.count ?? availableParallelism()
    for (let index = 0; index < count; index++) this.startWorker()
  }

  hear(packets: readonly Uint8Array[], memory: HearingMemory | null, priority: SpeechPriority): Promise<HeardSound> {
    // A worker answers each kind of request with its own kind of result.
    return this.enqueue({ kind: 'hear', packets, memory }, priority) as Promise<HeardSound>
  }

  transcribe(samples: Float32Array, options: TranscribeOptions, priority: SpeechPriority): Promise<Transcription> {
    return this.enqueue({ kind: 'transcribe', samples, options }, priority) as Promise<Transcription> // as above
  }

  async dispose(): Promise<void> {
    this.isDisposed = true
    this.rejectQueued(TranscribeError.stopped())
    await Promise.all([...this.workers].map((worker) => worker.stop()))
  }

  private enqueue(request: SpeechRequest, priority: SpeechPriority): Promise<SpeechResponse> {
    if (this.isDisposed) return Promise.reject(TranscribeError.stopped())
    if (this.waiting >= QUEUE_LIMIT) return Promise.reject(TranscribeError.queueFull(QUEUE_LIMIT))
    if (this.workers.size === 0) {
      this.failedStarts = 0
      this.startWorker()
    }
    return new Promise((resolve, reject) => {
      this.queues[priority].push({ request, priority, tries: 0, resolve, reject })
      this.dispatch()
    })
  }

  private startWorker(): void {
    const worker = new SpeechWorker(this.options.spawn(), {
      onReady: () => {
        this.failedStarts = 0
        this.dispatch()
      },
      onDead: (ending, wasReady) => this.handleDeath(worker, ending, wasReady),
    })
    this.workers.add(worker)
  }

  private handleDeath(worker: SpeechWorker, ending: string, wasReady: boolean): void {
    this.workers.delete(worker)
    if (this.isDisposed) return
    this.options.log.warn(`a speech worker ended (${ending}); starting another one`)
    if (!wasReady && ++this.failedStarts >= START_TRIES) {
      if (this.workers.size === 0) this.rejectQueued(TranscribeError.workerWillNotStart(ending, this.failedStarts))
      return
    }
    this.startWorker()
  }

  private dispatch(): void {
    for (const worker of this.workers) {
      if (!worker.isIdle) continue
      const job = this.next()
      if (!job) return
      void this.run(worker, job)
    }
  }

  private get waiting(): number {
    return SPEECH_PRIORITIES.reduce((sum, priority) => sum + this.queues[priority].length, 0)
  }

  private next(): Job | undefined {
    return SPEECH_PRIORITIES.map((priority) => this.queues[priority]).find((queue) => queue.length > 0)?.shift()
  }

  private async run(worker: SpeechWorker, job: Job): Promise<void> {
    job.tries++
    const outcome = await worker.ask(job.request)
    if (outcome.kind === 'done') job.resolve(outcome.result)
    else if (outcome.kind === 'failed') job.reject(TranscribeError.engineFailed(outcome.message))
    else if (this.isDisposed) job.reject(TranscribeError.stopped())
    else if (job.tries < TRIES) this.queues[job.priority].unshift(job)
    else job.reject(TranscribeError.workerDied(job.request.kind === 'hear' ? 'hear a chunk' : 'transcribe an utterance', outcome.ending))
    this.dispatch()
  }

  private rejectQueued(error: Error): void {
    for (const queue of Object.values(this.queues)) for (const job of queue.splice(0)) job.reject(error)
  }
}
