// npm run demo [-- --check]: records a sample call with the real agent and serves it.
import { spawn } from 'node:child_process'
import { DEMO_PACKAGES } from './setup/debian.mjs'
import { SERVER_STEPS, setUp } from './setup.mjs'

await setUp({ steps: [...SERVER_STEPS, 'agent', 'verifier'], packages: DEMO_PACKAGES })
const child = spawn(process.execPath, ['--import', 'tsx', 'demo/run.ts', ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => process.exit(code ?? 1))
