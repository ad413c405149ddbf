/**
 * What is derived from a call once it is closed: transcript, playback file, peaks, stills. Jobs are kept in the database by
 * graphile-worker and run in this process; each is tried three times, with growing pauses, and can be run again by hand.
 */
import { Logger, makeWorkerUtils, run, type JobHelpers, type TaskList, type WorkerUtils } from 'graphile-worker'
import pg from 'pg'
import { z } from 'zod'
import { callIdSchema, type CallId } from '@/protocol/ids'
import type { TaskKind } from '../database/generated/enums'
import type { CallFeed } from '../ingest/call-feed'
import { addMissingTasks, findUnfinishedCalls, setDone, setFailed, setRunning, setWaiting } from './call-tasks'
import { JobError } from './errors'
import { makePeaks } from './make-peaks'
import { makePlayback } from './make-playback'
import { makeStills } from './make-stills'
import { makeTranscript, type TranscriptDeps } from './make-transcript'
import { RunningTasks } from './running-tasks'

const MAX_ATTEMPTS = 3
/** Transcripts mostly wait for the speech workers, and people wait for them: they have workers of their own. */
const TRANSCRIPT_CONCURRENCY = 4
const MEDIA_CONCURRENCY = 1
const POLL_INTERVAL_MS = 1_000
/** Two of them listen for new jobs. */
const MAX_CONNECTIONS = 8

export type JobsDeps = TranscriptDeps & {
  databaseUrl: string
  feed: CallFeed
  /** Whether this process runs them, or only asks those that do. */
  runsTasks: boolean
  /** Told of each task that this process has done. Must not throw. */
  onDone?: (callId: CallId, kind: TaskKind) => void
  log: { error(message: string, cause: unknown): void }
}

export type Jobs = {
  /** Runs a task again, whatever became of it. Rejects with JobError for a call that has no such task. */
  retryTask(callId: CallId, kind: TaskKind): Promise<void>
  /** For a call that is being removed: ends its tasks, and begins none again. */
  dropTasks(callId: CallId): Promise<void>
  /** Gives running jobs a moment, then leaves them to the next start. */
  dispose(): Promise<void>
}

const payloadSchema = z.object({ callId: callIdSchema })

export async function startJobs(deps: JobsDeps): Promise<Jobs> {
  const pgPool = new pg.Pool({ connectionString: deps.databaseUrl, max: MAX_CONNECTIONS })
  // Without a listener the loss of an idle connection would end the process; the next query opens another.
  pgPool.on('error', (cause) => deps.log.error('jobs: a connection to the database was lost', cause))
  // So would the loss of one in use: whoever uses it hears of it by his query.
  pgPool.on('connect', (client) => client.on('error', () => undefined))
  const shared = { pgPool, logger: makeLogger(deps.log), pollInterval: POLL_INTERVAL_MS, noHandleSignals: true }
  const queue = new JobQueue(deps, await makeWorkerUtils(shared))
  await queue.migrate()
  const running = new RunningTasks()
  const runners = deps.runsTasks
    ? await Promise.all([
        run({ ...shared, concurrency: TRANSCRIPT_CONCURRENCY, taskList: makeTaskList(deps, running, ['transcript']), crontab: '' }),
        run({ ...shared, concurrency: MEDIA_CONCURRENCY, taskList: makeTaskList(deps, running, ['playback', 'peaks', 'stills']), crontab: '' }),
      ])
    : []
  const stopped = runners.map(({ promise }) => promise.catch((cause: unknown) => deps.log.error('the job runner stopped; the server must be started again for new jobs', cause)))
  if (deps.runsTasks) for (const { callId, kinds } of await findUnfinishedCalls(deps.database)) await queue.restart(callId, kinds)
  const unfollow = deps.feed.on('call.projected', ({ callId, state }) => {
    if (state === 'closed') queue.addClosed(callId)
  })
  return {
    retryTask: (callId, kind) => queue.retry(callId, kind),
    dropTasks: async (callId) => {
      await queue.settle()
      await running.drop(callId)
    },
    dispose: async () => {
      unfollow()
      await queue.settle()
      await Promise.all(runners.map((runner) => runner.stop()))
      await Promise.all(stopped)
      await queue.release()
      await pgPool.end()
    },
  }
}

class JobQueue {
  private adding: Promise<void> = Promise.resolve()

  constructor(private readonly deps: JobsDeps, private readonly utils: WorkerUtils) {}

  migrate(): Promise<void> {
    return this.utils.migrate()
  }

  /** More entries may follow a close (its receipt): only the first news of it adds anything. */
  addClosed(callId: CallId): void {
    this.adding = this.adding.then(async () => {
      try {
        for (const kind of await addMissingTasks(this.deps.database, callId)) await this.addJob(callId, kind)
      } catch (cause) {
        this.deps.log.error(`the tasks of call ${callId} could not be added; the next start of the server adds them`, cause)
      }
    })
  }

  async restart(callId: CallId, kinds: readonly TaskKind[]): Promise<void> {
    for (const kind of kinds) {
      await setWaiting(this.deps.database, callId, kind)
      await this.addJob(callId, kind)
    }
  }

  async retry(callId: CallId, kind: TaskKind): Promise<void> {
    const task = await this.deps.database.callTask.findUnique({ where: { callId_kind: { callId, kind } } })
    if (!task) throw JobError.noSuchTask(callId, kind)
    await this.restart(callId, [kind])
  }

  settle(): Promise<void> {
    return this.adding
  }

  async release(): Promise<void> {
    await this.utils.release()
  }

  /** One job per call and kind: a waiting one begins anew, one that a dead process holds is replaced. */
  private async addJob(callId: CallId, kind: TaskKind): Promise<void> {
    await this.utils.addJob(kind, { callId }, { jobKey: `${kind}:${callId}`, jobKeyMode: 'replace', maxAttempts: MAX_ATTEMPTS })
  }
}

function makeTaskList(deps: JobsDeps, running: RunningTasks, kinds: readonly TaskKind[]): TaskList {
  const work: Record<TaskKind, (callId: CallId, signal: AbortSignal) => Promise<unknown>> = {
    transcript: (callId, signal) => makeTranscript(deps, callId, signal),
    playback: (callId, signal) => makePlayback(deps.media, callId, signal),
    peaks: (callId, signal) => makePeaks(deps.media, callId, signal),
    stills: (callId, signal) => makeStills(deps.media, callId, signal),
  }
  return Object.fromEntries(kinds.map((kind) => [kind, makeTask(deps, running, kind, work[kind])]))
}

function makeTask({ database, log, onDone }: JobsDeps, running: RunningTasks, kind: TaskKind, work: (callId: CallId, signal: AbortSignal) => Promise<unknown>) {
  return async (payload: unknown, { job, abortSignal }: JobHelpers): Promise<void> => {
    const { callId } = payloadSchema.parse(payload)
    await running.run(callId, abortSignal, async (signal) => {
      if (!(await setRunning(database, callId, kind, job.attempts))) return
      try {
        await work(callId, signal)
        await setDone(database, callId, kind)
        onDone?.(callId, kind)
      } catch (error) {
        const isLast = job.attempts >= job.max_attempts
        await setFailed(database, callId, kind, error instanceof Error ? error.message : String(error), isLast)
        if (isLast) log.error(`${kind} of call ${callId} failed ${job.attempts} times`, error)
        throw error
      }
    })
  }
}

/** graphile-worker tells of its own troubles only; what becomes of a job stands in its row. */
const makeLogger = (log: JobsDeps['log']): Logger =>
  new Logger(() => (level, message, meta) => {
    if (String(level) === 'error' && !/^Failed task/.test(message)) log.error(`jobs: ${message}`, meta?.['error'])
  })
