/** Plays the sample call from beginning to end and waits until everything that is made of it is there. */
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { makeDatabase, type Database } from '@/server/database/client'
import { startEmbeddedPostgres } from '@/server/database/embedded-postgres'
import { consoleLog } from '@/server/log'
import { Scope } from '@/server/scope'
import { approveDevice, startBrowser } from './browser'
import { CALL_SCRIPT, TAIL_MS } from './call-script'
import { Children, type Child } from './children'
import { startCrm } from './crm/server'
import { observeDeeds, performStep, readDeeds } from './crm/technician'
import { configureAgent, findPanelUrl, pairAgent, startAgent, type DeskAgentOptions } from './desk-agent'
import { databaseFolder, VOICES_FOLDER } from './folders'
import { findFreePort, Installation, type DemoPerson } from './installation'
import { waitForTask } from './recorded-call'
import { ReferenceWatch, type References } from './reference/references'
import { startConversation } from './softphone'
import { startVirtualDesktop, type VirtualDesktop } from './virtual-desktop'
import { speakCall, type SpokenCall } from './voices'

const SCREEN = { widthPx: 1280, heightPx: 800 }
const RECORDING_LIMIT_MS = 15_000
const CLOSE_LIMIT_MS = 30_000
const TRANSCRIPT_LIMIT_MS = 120_000
const TASK_LIMIT_MS = 180_000

export type SampleCallOptions = {
  folder: string
  /** 0 for any free one. */
  port: number
  /** Adds clicks and flashes, and taps them by other ways than the agent. */
  withReferences: boolean
  scope: Scope
  say: (progress: string) => void
}

export type SampleCall = {
  callId: string
  /** The server's folder of the call: log.jsonl and the track files. */
  folder: string
  pageUrl: string
  person: DemoPerson
  database: Database
  references: References | null
  secondsToTranscript: number
}

export async function recordSampleCall({ folder, port, withReferences, scope, say }: SampleCallOptions): Promise<SampleCall> {
  const startedMs = Date.now()
  const installation = await Installation.open(folder)
  const [server, call, desk] = await Promise.all([
    startServer(installation, port, scope, say),
    speakCall({ script: CALL_SCRIPT, tailMs: TAIL_MS, cacheDir: VOICES_FOLDER, withClicks: withReferences }),
    startDesktop(installation, scope),
  ])
  const { children, desktop } = desk
  const agent = { children, home: resolve(installation.agentHome), env: desktop.env }
  if (!installation.isPairedWith(server.origin)) {
    say('pairing the agent with the server')
    await installation.forgetPairing()
    await pairAgent(agent, server.origin, (approveUrl) => approveDevice(approveUrl, installation.person))
    await installation.rememberPairing(server.origin)
  }

  const crm = await startCrm({ port: 0 })
  desk.scope.add('the sandbox CRM', () => crm.stop())
  const extension = await configureAgent(agent, { allowedOrigins: [crm.origin], actionPort: await findFreePort(), panelPort: 0, showPanel: false })
  const profile = join(folder, 'browser')
  await rm(profile, { recursive: true, force: true })
  await mkdir(profile, { recursive: true })
  const [running, browser] = await Promise.all([
    startAgent(agent),
    startBrowser({ folder: profile, desktop, screen: SCREEN, crmOrigin: crm.origin, agent: extension }),
  ])
  desk.scope.add('the browser', () => browser.close())
  const page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(crm.origin)
  await observeDeeds(page)

  const watch = withReferences ? await ReferenceWatch.start(children, desktop, SCREEN) : null
  const conversation = await startConversation(children, desktop, call)
  const callId = (await running.waitForLine(/recording call (\S+)/, RECORDING_LIMIT_MS))[1]!
  say(`recording began ${((Date.now() - startedMs) / 1_000).toFixed(1)} s after the start; the call takes ${Math.round(call.durationMs / 1_000)} s`)
  watch?.beginFlashing()
  await Promise.race([playSteps(call, conversation.startedMs, page, say), failWhenEnded(running)])
  const hungUpMs = await conversation.hungUp
  say('the customer has hung up')
  watch?.endFlashing()
  const deedsMs = await readDeeds(page)

  await pressDone(browser, agent)
  await running.waitForLine(new RegExp(`closed call ${callId}`), CLOSE_LIMIT_MS)
  await waitForTask(server.database, callId, 'transcript', TRANSCRIPT_LIMIT_MS)
  const secondsToTranscript = (Date.now() - hungUpMs) / 1_000
  say(`transcribed ${secondsToTranscript.toFixed(1)} s after hang-up; making the playback file`)
  const references = watch ? await watch.finish(call, conversation.startedMs, deedsMs) : null
  await desk.scope.end()
  for (const kind of ['playback', 'peaks'] as const) await waitForTask(server.database, callId, kind, TASK_LIMIT_MS)
  return {
    callId,
    folder: join(installation.serverDataDir, 'media', callId),
    pageUrl: `${server.origin}/calls/${callId}`,
    person: installation.person,
    database: server.database,
    references,
    secondsToTranscript: Math.round(secondsToTranscript * 100) / 100,
  }
}

async function startServer(installation: Installation, port: number, scope: Scope, say: (progress: string) => void): Promise<{ origin: string; database: Database }> {
  say('starting the server')
  const children = new Children(installation.logFolder)
  scope.add('the server', () => children.endAll())
  const { origin } = await installation.startServer(children, port)
  // The server's own cluster runs already: this only finds the way to it.
  const { url } = await startEmbeddedPostgres({ folder: databaseFolder(installation.folder), database: 'callwitness', log: () => undefined })
  const database = makeDatabase(url)
  scope.add('the connection to the database', () => database.$disconnect())
  say(`the server is at ${origin}`)
  return { origin, database }
}

/** A desktop with everything on it, in a scope of its own: it ends with the call, the server goes on. */
async function startDesktop({ logFolder }: Installation, outer: Scope): Promise<{ scope: Scope; children: Children; desktop: VirtualDesktop }> {
  const scope = new Scope(consoleLog)
  outer.add('the desktop', () => scope.end())
  const desktop = await startVirtualDesktop(SCREEN)
  scope.add('the display and the sound server', () => desktop.stop())
  const children = new Children(logFolder)
  scope.add('the programs on the desktop', () => children.endAll())
  return { scope, children, desktop }
}

/** Each step when the conversation has come to it. */
async function playSteps(call: SpokenCall, startedMs: number, page: Page, say: (progress: string) => void): Promise<void> {
  for (const { step, atMs } of call.steps) {
    await sleep(Math.max(0, startedMs + atMs - Date.now()))
    say(`  ${Math.round(atMs / 1_000)} s: the technician does "${step.replaceAll('-', ' ')}"`)
    await performStep(page, step)
  }
}

async function failWhenEnded(agent: Child): Promise<never> {
  const code = await agent.ended
  throw new Error(`the agent ended with exit code ${code}:\n${agent.tail()}`)
}

/** Ends wrap-up on the panel, as the technician does. */
async function pressDone(browser: BrowserContext, agent: DeskAgentOptions): Promise<void> {
  const panel = await browser.newPage()
  await panel.goto(await findPanelUrl(agent))
  await panel.getByRole('button', { name: 'Done' }).click({ timeout: CLOSE_LIMIT_MS })
}
