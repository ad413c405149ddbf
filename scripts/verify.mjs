// npm run verify -- <folder>: needs no server, no database and no pages.
import { setUp } from './setup.mjs'

// npm has changed to the repository; a relative folder is meant from where the person stands.
process.env.CALLWITNESS_CWD = process.env.INIT_CWD ?? process.cwd()
await setUp({ steps: ['verifier'] })
await import('../dist/verify.mjs')
