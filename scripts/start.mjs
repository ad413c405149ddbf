// npm start: sets up and serves, on loopback unless HOST says otherwise.
import { SERVER_PACKAGES } from './setup/debian.mjs'
import { SERVER_STEPS, setUp } from './setup.mjs'

await setUp({ steps: SERVER_STEPS, packages: SERVER_PACKAGES })
process.env.NODE_ENV = 'production'
await import('../dist/server.mjs')
