// What each command needs before it can run, and how it is made. Only what Node brings may be imported here: the first
// command in a fresh clone has nothing else.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './setup/lock.mjs'
import { ROOT, run, say, SetupError } from './setup/run.mjs'
import { onceFor } from './setup/stamp.mjs'
import { bundle, buildPages, generateDatabaseClient, prepareSpeechModel } from './setup/build.mjs'
import { needPackages } from './setup/debian.mjs'

const LEAST_NODE = [20, 19]
const BUILD_INPUTS = ['package-lock.json', 'tsconfig.json', 'scripts/setup/build.mjs', 'protocol']
const SERVER_INPUTS = [...BUILD_INPUTS, 'server', 'prisma', 'integrations']

const STEPS = {
  dependencies: {
    progress: 'installing dependencies (npm ci)',
    stampFile: 'node_modules/.callwitness-stamp',
    inputs: ['package-lock.json', '.npmrc'],
    outputs: ['node_modules/esbuild', 'node_modules/next'],
    make: () => npm('ci', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline'),
  },
  databaseClient: {
    progress: 'generating the database client',
    stampFile: '.setup/database-client.stamp',
    inputs: ['package-lock.json', 'prisma/schema.prisma', 'prisma.config.ts'],
    outputs: ['server/database/generated/client.ts'],
    make: generateDatabaseClient,
  },
  speechModel: {
    progress: 'preparing the speech model',
    stampFile: '.setup/speech-model.stamp',
    inputs: ['package-lock.json', 'server/transcribe/prepare-model.ts', 'server/transcribe/moonshine/model-files.ts', 'server/transcribe/moonshine/decoder-graph.ts'],
    outputs: ['models'],
    make: prepareSpeechModel,
  },
  server: {
    progress: 'building the server',
    stampFile: '.setup/server.stamp',
    inputs: SERVER_INPUTS,
    outputs: ['dist/server.mjs', 'dist/transcribe-worker.mjs'],
    make: () => bundle('server', 'transcriber'),
  },
  pages: {
    progress: 'building the pages',
    stampFile: '.setup/pages.stamp',
    inputs: [...SERVER_INPUTS, 'app', 'messages', 'public', 'proxy.ts', 'next.config.ts', 'postcss.config.mjs'],
    outputs: ['.next/BUILD_ID'],
    make: buildPages,
  },
  agent: {
    progress: 'building the agent, its panel and its browser extension',
    stampFile: '.setup/agent.stamp',
    inputs: [...BUILD_INPUTS, 'agent'],
    outputs: ['dist/agent.mjs', 'dist/panel/index.html', 'dist/extension/manifest.json'],
    make: makeAgent,
  },
  verifier: {
    progress: 'building the verifier',
    stampFile: '.setup/verifier.stamp',
    inputs: [...BUILD_INPUTS, 'verify'],
    outputs: ['dist/verify.mjs'],
    make: () => bundle('verify'),
  },
}

export const SERVER_STEPS = ['databaseClient', 'speechModel', 'server', 'pages']

/**
 * Makes what the named steps make, in order, after the dependencies; what is there already is left alone. Ends the
 * process with a message when a person has to do something first.
 */
export async function setUp({ steps = [], packages = [] }) {
  process.chdir(ROOT)
  try {
    checkNode()
    await withLock(async () => {
      await needPackages(packages)
      for (const name of ['dependencies', ...steps]) await make(STEPS[name])
    })
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(error.message)
    process.exit(1)
  }
}

const make = (step) =>
  onceFor(step, async () => {
    const startedMs = Date.now()
    say(step.progress)
    await step.make()
    say(`  done in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
  })

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isOld = major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])
  if (isOld) throw new SetupError(`Node ${LEAST_NODE.join('.')} or newer is needed, this is ${process.version}.`)
}

/** The npm that runs us where there is one: another may be of another version, or absent. */
async function npm(...args) {
  const outer = process.env.npm_execpath
  if (outer && existsSync(outer)) await run('npm', process.execPath, [outer, ...args])
  else await run('npm', process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
}

async function makeAgent() {
  const [{ buildExtension }, { buildPanel }] = await Promise.all([import('../agent/extension/build.mjs'), import('../agent/panel/build.mjs')])
  await Promise.all([bundle('agent'), buildPanel(join(ROOT, 'dist/panel')), buildExtension(join(ROOT, 'dist/extension'))])
}
