/** The command line to a command; throws CliError with the usage when it is none. */
import { CliError, USAGE } from './errors'

const plainCommands = ['start', 'stop', 'status', 'panel', 'devices', 'ready', 'doctor'] as const
export type Command = { name: (typeof plainCommands)[number] } | { name: 'help'; text: string } | { name: 'pair'; serverUrl: string }

export function parseCommand([name, argument, ...rest]: readonly string[]): Command {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return { name: 'help', text: USAGE }
  if (rest.length > 0) throw CliError.usage(`Too many arguments: ${rest.join(' ')}`)
  if (name === 'pair') return { name, serverUrl: parseServerUrl(argument) }
  const plain = plainCommands.find((known) => known === name)
  if (!plain || argument !== undefined) throw CliError.usage(plain ? `${plain} takes no arguments.` : `There is no command ${name}.`)
  return { name: plain }
}

function parseServerUrl(argument: string | undefined): string {
  if (argument === undefined) throw CliError.usage('The address of the server is missing, such as http://127.0.0.1:3000.')
  const url = URL.canParse(argument) ? new URL(argument) : null
  if (!url || !/^https?:$/.test(url.protocol)) throw CliError.usage(`${argument} is not the address of a server; expected something like https://callwitness.example.com.`)
  return url.origin
}
