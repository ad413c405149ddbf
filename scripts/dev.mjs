// npm run dev: the server from its sources, with pages that follow every edit.
import { SERVER_PACKAGES } from './setup/debian.mjs'
import { setUp } from './setup.mjs'

await setUp({ steps: ['databaseClient', 'speechModel'], packages: SERVER_PACKAGES })
process.env.NODE_ENV = 'development'
const { register } = await import('tsx/esm/api')
register()
await import('../server/main.ts')
