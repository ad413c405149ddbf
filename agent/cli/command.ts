/** The command line to a command; throws CliError with the usage when it is none. */
import { CliError, INSECURE, USAGE } from './errors'

const plainCommands = ['start', 'stop', 'status', 'panel', 'devices', 'ready', 'doctor'] as const
export type Command = { name: (typeof plainCommands)[number] } | { name: 'help'; text: string } | { name: 'pair'; serverUrl: string }

export function parseCommand([name, ...args]: readonly string[]): Command {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return { name: 'help', text: USAGE }
  if (name === 'pair') return { name, serverUrl: parsePairing(args) }
  const plain = plainCommands.find((known) => known === name)
  if (!plain) throw CliError.usage(`There is no command ${name}.`)
  if (args.length > 0) throw CliError.usage(`${plain} takes no arguments.`)
  return { name: plain }
}

/** Calls hold what customers say: they go through a network unencrypted only when that was asked for. */
function parsePairing(args: readonly string[]): string {
  const [address, ...rest] = args.filter((argument) => argument !== INSECURE)
  if (rest.length > 0) throw CliError.usage(`Too many arguments: ${rest.join(' ')}`)
  const url = parseServerUrl(address)
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !args.includes(INSECURE)) throw CliError.unencrypted(url)
  return url.origin
}

function parseServerUrl(argument: string | undefined): URL {
  if (argument === undefined) throw CliError.usage('The address of the server is missing, such as http://127.0.0.1:3000.')
  const url = URL.canParse(argument) ? new URL(argument) : null
  if (!url || !/^https?:$/.test(url.protocol)) throw CliError.usage(`${argument} is not the address of a server; expected something like https://callwitness.example.com.`)
  return url
}

/** Names and numbers that never leave this computer (RFC 6761 §6.3, RFC 1122 §3.2.1.3); URL has put numbers into one form. */
const isLoopback = (hostname: string): boolean => /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
