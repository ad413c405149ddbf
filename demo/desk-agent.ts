/** The real agent on the virtual desktop: paired, configured for the sandbox CRM, started, and asked how it is. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Child, Children } from './children'

const PAIR_LIMIT_MS = 30_000
const START_LIMIT_MS = 20_000

const configSchema = z.looseObject({ pairingSecret: z.string() })
export type DeskAgentConfig = { allowedOrigins: string[]; actionPort: number; panelPort: number; showPanel: boolean }

export type DeskAgentOptions = { children: Children; home: string; env: NodeJS.ProcessEnv }

const COMMAND = join('dist', 'agent.mjs')
const environmentOf = ({ env, home }: DeskAgentOptions): NodeJS.ProcessEnv => ({ ...env, CALLWITNESS_AGENT_HOME: home })

/** `approve` is what a person does with the address that the agent shows. */
export async function pairAgent(options: DeskAgentOptions, serverUrl: string, approve: (approveUrl: string) => Promise<void>): Promise<void> {
  const pairing = options.children.start('agent pair', process.execPath, [COMMAND, 'pair', serverUrl], { env: environmentOf(options) })
  const [approveUrl = ''] = await pairing.waitForLine(/https?:\/\/\S+\/devices\/approve\S*/, PAIR_LIMIT_MS)
  await approve(approveUrl)
  const code = await pairing.ended
  if (code !== 0) throw new Error(`agent pair ended with exit code ${code}:\n${pairing.tail()}`)
}

/** Writes what the person who sets a computer up writes into agent.json; answers with what the extension needs. */
export async function configureAgent({ home }: DeskAgentOptions, config: DeskAgentConfig): Promise<{ port: number; pairingSecret: string }> {
  const path = join(home, 'agent.json')
  const before = configSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  await writeFile(path, `${JSON.stringify({ ...before, ...config }, null, 2)}\n`, { mode: 0o600 })
  return { port: config.actionPort, pairingSecret: before.pairingSecret }
}

export async function startAgent(options: DeskAgentOptions): Promise<Child> {
  const child = options.children.start('the agent', process.execPath, [COMMAND, 'start'], { env: environmentOf(options) })
  await child.waitForLine(/^Waiting for calls/, START_LIMIT_MS)
  return child
}

/** An address of the panel that lets one window in. */
export async function findPanelUrl(options: DeskAgentOptions): Promise<string> {
  const status = options.children.start('agent status', process.execPath, [COMMAND, 'status'], { env: environmentOf(options) })
  return (await status.waitForLine(/http:\/\/127\.0\.0\.1:\d+\/#\S+/, START_LIMIT_MS))[0]
}
