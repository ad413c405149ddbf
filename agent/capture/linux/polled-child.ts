/** A child process whose output is read at the captures' pace. */
import { startChild, type Child, type ChildOptions } from './child'
import type { Pace, Stage } from './pace'
import type { PolledPipe } from './polled-pipe'

export type PolledChild = Omit<Child, 'stdout'>
/** `stage`: what its output is. */
export type PolledChildOptions = ChildOptions & { output: PolledPipe; stage: Stage; pace: Pace; onOutput: (bytes: Buffer) => void }

/** `ended` resolves when its last output has been told; `output` is closed then. */
export function startPolledChild(command: string, args: readonly string[], { output, stage, pace, onOutput, ...options }: PolledChildOptions): PolledChild {
  const child = startChild(command, args, { ...options, stdoutFd: output.writeEnd })
  output.closeWriteEnd()
  const look = (): void => {
    const bytes = output.read()
    if (bytes) onOutput(bytes)
  }
  const stopLooking = pace.onLook(stage, look)
  const ended = child.ended.then((lastWords) => {
    stopLooking()
    look()
    output.closeReadEnd()
    return lastWords
  })
  return {
    ...child,
    ended,
    async end() {
      await child.end()
      await ended
    },
    async kill() {
      await child.kill()
      await ended
    },
  }
}
