/** What a person reads who starts the server with something missing or wrong: one paragraph that says what to do. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeTestDatabase, type TestDatabase } from '../support/postgres'

vi.setConfig({ testTimeout: 60_000 })

let dataDir: string
let database: TestDatabase
const taken = createServer()
const takenPort = () => String((taken.address() as AddressInfo).port) // it listens on a port
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'callwitness-start-'))
  database = await makeTestDatabase()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  taken.close()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

function start(environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' as const, PORT: '0', CALLWITNESS_DATA: dataDir, ...environment }
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })))
}

const withPassword = (password: string): string => Object.assign(new URL(database.url), { password }).href
const toDatabase = (name: string): string => Object.assign(new URL(database.url), { pathname: `/${name}` }).href

const FAILURES: Record<string, [environment: () => Record<string, string>, message: RegExp]> = {
  'a port that is no number': [() => ({ PORT: 'abc' }), /^The server cannot start: PORT is "abc"; expected a whole number from 0/],
  'a port that is taken': [() => ({ PORT: takenPort() }), /^The server cannot start: port \d+ of 127\.0\.0\.1 is taken by another program.*set PORT to another port/],
  'an address that is not this computer’s': [() => ({ HOST: '192.0.2.1', NEXTAUTH_URL: 'https://calls.example.com' }), /^The server cannot start: HOST is 192\.0\.2\.1, which is no address of this computer; set it/],
  'a database that is no address': [() => ({ DATABASE_URL: 'nonsense' }), /^The server cannot start: DATABASE_URL cannot be used; expected an address such as postgresql:/],
  'a database that does not answer': [() => ({ DATABASE_URL: 'postgresql://a:b@127.0.0.1:9/c' }), /^The server cannot start: no PostgreSQL answers at 127\.0\.0\.1:9, which DATABASE_URL names \(connect ECONNREFUSED.*\); start it or correct DATABASE_URL/],
  'a database on a computer that is not there': [() => ({ DATABASE_URL: 'postgresql://a:b@nowhere.invalid/c' }), /^The server cannot start: no PostgreSQL answers at nowhere\.invalid:5432/],
  'a wrong password': [() => ({ DATABASE_URL: withPassword('wrong-one') }), /^The server cannot start: the PostgreSQL at 127\.0\.0\.1:\d+ does not let the server in \(password authentication failed.*correct the user/],
  'a database that there is not': [() => ({ DATABASE_URL: toDatabase('nothing_here') }), /^The server cannot start: the PostgreSQL at .* does not let the server in \(database "nothing_here" does not exist\)/],
}

describe('the server', () => {
  it.each(Object.keys(FAILURES))('says what to do about %s, in one line', async (name) => {
    const [environment, message] = FAILURES[name]!
    const { code, output } = await start(environment())
    expect([code, output]).toEqual([1, expect.stringMatching(message)])
    expect(output.trimEnd().split('\n')).toHaveLength(1)
    expect(output).not.toMatch(/wrong-one|secret/)
  })
})
