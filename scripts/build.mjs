// npm run build: everything that is built, without running any of it.
import { SERVER_PACKAGES } from './setup/debian.mjs'
import { SERVER_STEPS, setUp } from './setup.mjs'

await setUp({ steps: [...SERVER_STEPS, 'agent', 'verifier'], packages: SERVER_PACKAGES })
