/** Runs commands one after another, each when the one before has ended, however that ended. */
import type { Clock } from './clock'

export class SerialCommands {
  private last: Promise<unknown> = Promise.resolve()

  run<Result>(command: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(command)
    // Whoever asked for the command hears of its failure; the next one starts afresh.
    this.last = result.catch(() => null)
    return result
  }
}

/** Whether a task has ended well within the limit; one that is late goes on alone. */
export async function within(task: Promise<unknown>, limitMs: number, clock: Clock): Promise<boolean> {
  let callOff = (): void => undefined
  const limit = new Promise<boolean>((resolve) => (callOff = clock.after(limitMs, () => resolve(false))))
  const ended = task.then(
    () => true,
    () => false,
  )
  return Promise.race([ended, limit]).finally(() => callOff())
}
