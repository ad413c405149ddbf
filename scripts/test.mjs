// npm test: lint, types and every test, step by step. The last line is `N passed, N failed`; lint and types count as one each.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TEST_PACKAGES } from './setup/debian.mjs'
import { SERVER_STEPS, setUp } from './setup.mjs'

await setUp({ steps: [...SERVER_STEPS, 'agent', 'verifier'], packages: TEST_PACKAGES })

let running = null
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => running?.kill(signal))

const results = [
  await runStep('lint', 'node_modules/eslint/bin/eslint.js', '.'),
  await runStep('typecheck', 'node_modules/typescript/bin/tsc', '--noEmit'),
  await runTests(process.argv.slice(2)),
]
const passed = results.reduce((sum, result) => sum + result.passed, 0)
const failed = results.reduce((sum, result) => sum + result.failed, 0)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)

async function runStep(name, ...command) {
  const code = await runNode(name, command)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** A run that ends badly without a failed test (a leak, a file that cannot be loaded) is a failure all the same. */
async function runTests(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'callwitness-tests-'))
  const report = join(folder, 'report.json')
  const code = await runNode('tests', ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters])
  const { numPassedTests = 0, numFailedTests = 0, numFailedTestSuites = 0 } = readReport(report)
  rmSync(folder, { recursive: true, force: true })
  const failed = numFailedTests > 0 ? numFailedTests : Math.max(numFailedTestSuites, code === 0 ? 0 : 1)
  return { passed: numPassedTests, failed }
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // vitest ended before it could write one; its exit code says so.
    return {}
  }
}

function runNode(name, args) {
  process.stdout.write(`\n${name}\n`)
  return new Promise((resolve) => {
    running = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_ENV: 'test' } })
    running.once('close', (code) => resolve(code ?? 1))
  })
}
