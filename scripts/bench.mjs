// npm run bench [-- <name>…]: measures what the budgets of the design promise.
import { spawn } from 'node:child_process'
import { DEMO_PACKAGES, LIVE_BENCH_PACKAGES } from './setup/debian.mjs'
import { SERVER_STEPS, setUp } from './setup.mjs'

const names = process.argv.slice(2)
const isLive = names.length === 0 || names.includes('live')
await setUp({ steps: [...SERVER_STEPS, 'agent', 'verifier'], packages: [...DEMO_PACKAGES, ...(isLive ? LIVE_BENCH_PACKAGES : [])] })
const child = spawn(process.execPath, ['--import', 'tsx', 'bench/run.ts', ...names], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => process.exit(code ?? 1))
