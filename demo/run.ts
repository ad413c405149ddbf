/**
 * `npm run demo`: records a sample call with the real agent on a desktop of its own, and serves its page until Ctrl-C.
 * `npm run demo -- --check`: without a person; compares what was recorded with what was played and done, and ends.
 */
import { relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { removePostgresHome } from '@/server/database/postgres-home'
import { consoleLog } from '@/server/log'
import { Scope } from '@/server/scope'
import { checkCall } from './check'
import { claimDemo } from './claim-demo'
import { databaseFolder, DEMO_FOLDER, openCheckFolder } from './folders'
import { choosePort } from './installation'
import { recordSampleCall } from './record-sample-call'

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const scope = new Scope({ ...consoleLog, info: say, warn: say })
const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('interrupted'))
})
let isInterrupted = false
void interrupted.then(() => {
  isInterrupted = true
  say('stopping')
})

const outcome = await Promise.race([interrupted, (values.check ? check() : show()).catch((error: unknown) => fail(error))])
await scope.end()
process.exit(outcome === 'interrupted' ? 130 : outcome)

/** Serves until somebody interrupts it. */
async function show(): Promise<number> {
  scope.add('the claim on the demo', await claimDemo())
  const call = await recordSampleCall({ folder: DEMO_FOLDER, port: await choosePort(), withReferences: false, scope, say })
  const { email, password } = call.person
  process.stdout.write(`\nThe call is at ${call.pageUrl}\nSign in with ${email} and the password ${password}\n\nCheck its log: npm run verify -- ${relative('.', call.folder)}\nServing until Ctrl-C.\n`)
  for (;;) await sleep(60_000)
}

async function check(): Promise<number> {
  const folder = await openCheckFolder()
  const call = await recordSampleCall({ folder, port: 0, withReferences: true, scope, say })
  const { result, faults } = await checkCall(call)
  faults.forEach((fault) => say(`not as it should be: ${fault}`))
  await scope.end()
  removePostgresHome(databaseFolder(folder))
  process.stdout.write(`${JSON.stringify(result)}\n`)
  return result.ok ? 0 : 1
}

/** What breaks off because everything is being ended is not told. */
function fail(error: unknown): number {
  if (isInterrupted) return 130
  say(error instanceof Error ? error.message : String(error))
  if (values.check) process.stdout.write(`${JSON.stringify({ ok: false, error: error instanceof Error ? error.message : String(error) })}\n`)
  return 1
}
