// npm run agent -- <command>: the agent on this desktop; without a command it starts and records.
import { AGENT_PACKAGES } from './setup/debian.mjs'
import { setUp } from './setup.mjs'

const args = process.argv.slice(2)
// `doctor` says what is missing: it must run where things are.
const packages = args[0] === 'doctor' ? [] : AGENT_PACKAGES
await setUp({ steps: ['agent'], packages })
process.argv = [process.argv[0], 'agent', ...(args.length > 0 ? args : ['start'])]
await import('../dist/agent.mjs')
