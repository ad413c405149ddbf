/** What a command cannot do; the message is printed and the process ends with 1. */
import { agentCommand } from '@/protocol/agent-command'

export type CliErrorReason = 'already-running' | 'not-running' | 'starting' | 'no-display' | 'no-panel' | 'unencrypted' | 'usage'

export class CliError extends Error {
  override readonly name = 'CliError'

  private constructor(
    readonly reason: CliErrorReason,
    message: string,
  ) {
    super(message)
  }

  static alreadyRunning(pid: number): CliError {
    return new CliError('already-running', `The agent is running already (process ${pid}). See "${agentCommand('status')}", or end it with "${agentCommand('stop')}".`)
  }

  static notRunning(): CliError {
    return new CliError('not-running', `The agent is not running. Start it with "${agentCommand('start')}".`)
  }

  static starting(): CliError {
    return new CliError('starting', 'The agent is just starting. Try again in a moment.')
  }

  static noDisplay(found: string, remedy: string | null): CliError {
    return new CliError('no-display', `The agent cannot start, because it could record no screen: ${found}.\nWhat to do: ${remedy}.`)
  }

  static noPanel(): CliError {
    return new CliError('no-panel', 'The running agent has no panel; its output says why.')
  }

  static unencrypted({ origin, host }: URL): CliError {
    return new CliError('unencrypted', `${origin} is not encrypted: whoever is on the network between could read this computer's token and listen to every call.
Use https://${host}. If that network is only yours and you accept this, say: ${agentCommand(`pair ${origin} ${INSECURE}`)}`)
  }

  static usage(problem: string): CliError {
    return new CliError('usage', `${problem}\n${USAGE}`)
  }
}

export const INSECURE = '--insecure'

export const USAGE = `Usage: ${agentCommand('<command>')}
  start              record calls on this desktop until stopped
  stop               end a running call, send what is left and stop the agent
  status             what the agent does now
  panel              the panel's window again
  devices            microphones and speakers
  ready              try sound, screen, disk and server, as before a shift
  doctor             what this computer lacks, and how to get it
  pair <server>      connect this computer with a Callwitness server; ${INSECURE} allows
                     http:// to another computer, where token and calls are not encrypted`
