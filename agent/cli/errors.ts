/** What a command cannot do; the message is printed and the process ends with 1. */
export type CliErrorReason = 'already-running' | 'not-running' | 'starting' | 'no-panel' | 'usage'

export class CliError extends Error {
  override readonly name = 'CliError'

  private constructor(
    readonly reason: CliErrorReason,
    message: string,
  ) {
    super(message)
  }

  static alreadyRunning(pid: number): CliError {
    return new CliError('already-running', `The agent is running already (process ${pid}). See "agent status", or end it with "agent stop".`)
  }

  static notRunning(): CliError {
    return new CliError('not-running', 'The agent is not running. Start it with "agent start".')
  }

  static starting(): CliError {
    return new CliError('starting', 'The agent is just starting. Try again in a moment.')
  }

  static noPanel(): CliError {
    return new CliError('no-panel', 'The running agent has no panel; its output says why.')
  }

  static usage(problem: string): CliError {
    return new CliError('usage', `${problem}\n${USAGE}`)
  }
}

export const USAGE = `Usage: agent <command>
  start              record calls on this desktop until stopped
  stop               end a running call, send what is left and stop the agent
  status             what the agent does now
  panel              the panel's window again
  devices            microphones and speakers
  ready              try sound, screen, disk and server, as before a shift
  doctor             what this computer lacks, and how to get it
  pair <server>      connect this computer with a Callwitness server`
