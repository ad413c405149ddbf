import { describe, expect, it } from 'vitest'
import { parseCommand } from '@/agent/cli/command'
import { CliError } from '@/agent/cli/errors'

const refusalOf = (...args: string[]): CliError => {
  try {
    parseCommand(args)
  } catch (error) {
    if (error instanceof CliError) return error
    throw error
  }
  throw new Error(`agent ${args.join(' ')} was accepted`)
}

describe('agent pair', () => {
  it.each([
    'http://127.0.0.1:3000', 'http://127.8.9.1', 'http://localhost:3000', 'http://desk.localhost', 'http://[::1]:3000', 'https://calls.example.com',
  ])('takes %s', (address) => expect(parseCommand(['pair', `${address}/some/page`])).toEqual({ name: 'pair', serverUrl: address }))

  it.each([
    'http://calls.example.com', 'http://192.168.1.7:3000', 'http://127.0.0.1.example.com', 'http://localhost.example.com', 'http://[fe80::1]:3000',
  ])('does not send a token and calls unencrypted to %s', (address) => {
    const { reason, message } = refusalOf('pair', address)
    expect(reason).toBe('unencrypted')
    expect(message).toContain(`${address} is not encrypted`)
    expect(message).toContain(`Use https://${new URL(address).host}`)
    expect(message).toContain(`npm run agent -- pair ${address} --insecure`)
  })

  it.each([
    [['http://192.168.1.7:3000', '--insecure']], [['--insecure', 'http://192.168.1.7:3000']],
  ])('does so when told: %j', (args) => expect(parseCommand(['pair', ...args])).toEqual({ name: 'pair', serverUrl: 'http://192.168.1.7:3000' }))

  it.each([[[]], [['--insecure']], [['ftp://example.com']], [['https://a.example', 'https://b.example']]])('says what it expects instead of %j', (args) => {
    expect(refusalOf('pair', ...args).reason).toBe('usage')
  })
})

it('knows the option for pairing only', () => expect(refusalOf('start', '--insecure').message).toContain('start takes no arguments'))
