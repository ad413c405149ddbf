/** The server's configuration: defaults that are safe, and mistakes that are said. */
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseEnv } from '@/server/env'

const parse = (environment: Record<string, string>) => parseEnv(environment as NodeJS.ProcessEnv, resolve('server'))

test('nothing set: production, on loopback, with a database of its own below ./data', () => {
  expect(parse({})).toEqual({
    isDevelopment: false,
    port: 3000,
    host: '127.0.0.1',
    dataDir: resolve('data'),
    databaseUrl: null,
    redisUrl: null,
    runsJobs: true,
    publicUrl: null,
    sessionSecret: null,
    trustsProxy: false,
    projectDir: resolve('.'),
  })
})

test('a variable that is set to nothing is not set', () => {
  expect(parse({ DATABASE_URL: '', NEXTAUTH_URL: ' ' })).toMatchObject({ databaseUrl: null, publicUrl: null })
})

test.each([
  [{ PORT: 'http' }, /^PORT is "http"; expected a whole number from 0 \(any free port\) to 65535, such as 3000\.$/],
  [{ PORT: '70000' }, /PORT/],
  [{ NEXTAUTH_URL: 'calls.example.com/x y' }, /NEXTAUTH_URL/],
  [{ NEXTAUTH_SECRET: 'short' }, /^NEXTAUTH_SECRET cannot be used; expected at least 32 characters\.$/],
  [{ DATABASE_URL: 'mysql://me:hidden@host/calls' }, /^DATABASE_URL cannot be used; expected an address such as postgresql:[^]*$(?<!hidden[^]*)/],
  [{ HOST: '0.0.0.0' }, /HOST is 0\.0\.0\.0, so others can reach the server: set NEXTAUTH_URL/],
])('%o is refused with its name', (environment, message) => {
  expect(() => parse(environment as Record<string, string>)).toThrow(message)
})

test('a server for others needs the address that they use', () => {
  expect(parse({ HOST: '0.0.0.0', NEXTAUTH_URL: 'https://calls.example.com' })).toMatchObject({ host: '0.0.0.0', publicUrl: 'https://calls.example.com' })
})

test('sources and bundle find the same project', () => {
  expect(parseEnv({} as NodeJS.ProcessEnv, resolve('dist')).projectDir).toBe(resolve('.'))
  expect(() => parseEnv({} as NodeJS.ProcessEnv, '/')).toThrow(/no folder above/)
})
