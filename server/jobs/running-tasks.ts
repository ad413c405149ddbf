/** The tasks that run now, so that those of a call that is being removed end first and leave nothing behind. */
import type { CallId } from '@/protocol/ids'

type RunningTask = { callId: CallId; stopping: AbortController; ended: Promise<unknown> }

export class RunningTasks {
  private readonly tasks = new Set<RunningTask>()
  private readonly dropped = new Set<CallId>()

  /** Of a dropped call nothing is begun, and what fails is no failure. */
  async run(callId: CallId, shutdown: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.dropped.has(callId)) return
    const stopping = new AbortController()
    const signal = shutdown ? AbortSignal.any([shutdown, stopping.signal]) : stopping.signal
    const task: RunningTask = { callId, stopping, ended: Promise.resolve() }
    this.tasks.add(task)
    const working = work(signal)
    task.ended = working.catch(() => undefined) // told to whoever ran it
    try {
      await working
    } catch (error) {
      if (!this.dropped.has(callId)) throw error
    } finally {
      this.tasks.delete(task)
    }
  }

  /** Resolves when no task of the call runs any more; none is begun again. */
  async drop(callId: CallId): Promise<void> {
    this.dropped.add(callId)
    const tasks = [...this.tasks].filter((task) => task.callId === callId)
    for (const { stopping } of tasks) stopping.abort()
    await Promise.all(tasks.map(({ ended }) => ended))
  }
}
