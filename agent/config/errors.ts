/** What is wrong with the agent's own folder or its pairing. */
import { agentCommand } from '@/protocol/agent-command'
export type ConfigErrorReason = 'not-paired' | 'malformed' | 'keyring-away' | 'other-key' | 'pairing-refused' | 'server-unreachable'

export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  private constructor(
    readonly reason: ConfigErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  static notPaired(file: string): ConfigError {
    return new ConfigError('not-paired', `This computer is not paired with a server: there is no ${file}. Run "${agentCommand('pair <address of the server>')}" first.`)
  }

  static malformed(file: string, problem: string, cause: unknown): ConfigError {
    return new ConfigError('malformed', `${file} cannot be used:\n${problem}\nCorrect it, or remove it and pair again.`, { cause })
  }

  static keyringAway(): ConfigError {
    return new ConfigError('keyring-away', "The secrets of this computer are encrypted with a key in the desktop's keyring, which does not answer. Log in to the desktop, unlock its keyring and run this there.")
  }

  static otherKey(name: string, keeper: string, cause: unknown): ConfigError {
    return new ConfigError('other-key', `The ${name} of this computer was encrypted with another key than the one in the ${keeper}, or was changed. Put back what was there; if that is lost, remove device-key.pem and agent.json in the agent's folder and pair again.`, { cause })
  }

  static pairingRefused(message: string): ConfigError {
    return new ConfigError('pairing-refused', message)
  }

  static serverUnreachable(serverUrl: string, cause: unknown): ConfigError {
    const why = cause instanceof Error ? cause.message : String(cause)
    return new ConfigError('server-unreachable', `The server ${serverUrl} does not answer (${why}). Check the address and that the server runs.`, { cause })
  }
}
