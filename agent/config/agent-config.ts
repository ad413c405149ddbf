/** `agent.json`: written by pairing, and edited by whoever sets the computer up. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { consentRuleSchema, personSchema } from '@/protocol/entries'
import { deviceIdSchema } from '@/protocol/ids'
import type { AgentHome } from './agent-home'
import { ConfigError } from './errors'
import { replaceFile } from './replace-file'

export const DEFAULT_PANEL_PORT = 47_811
export const DEFAULT_PAUSE_KEY = 'F8'
/** The extension asks here unless its options say otherwise. */
export const DEFAULT_ACTION_PORT = 47_810

const PAUSE_KEY = /^(Control\+)?(Alt\+)?(Shift\+)?(F([1-9]|1[0-2])|Pause|ScrollLock)$/

const TOKEN_NAME = 'token'
const portSchema = z.int().min(0).max(65_535)

export const agentConfigSchema = z.object({
  serverUrl: z.url(),
  token: z.string().min(1),
  deviceId: deviceIdSchema,
  technician: personSchema,
  /** What the browser extension must show. */
  pairingSecret: z.string().min(20),
  /** Origins of CRM pages on which actions are seen, such as `https://crm.example.com`. */
  allowedOrigins: z.array(z.string()).default([]),
  panelPort: portSchema.default(DEFAULT_PANEL_PORT),
  actionPort: portSchema.default(DEFAULT_ACTION_PORT),
  /** Pauses and resumes in every window: `F8`, `Control+F9`, `Pause`, …; `null` for none. Other programs do not get it while the agent runs. */
  pauseKey: z.string().regex(PAUSE_KEY, 'expected one of F1 to F12, Pause or ScrollLock, with Control+, Alt+, Shift+ before it (in this order) if you like').nullable().default(DEFAULT_PAUSE_KEY),
  /** Whether the panel's window opens with the agent. */
  showPanel: z.boolean().default(true),
  /** Where calls are kept until the server has them; inside the agent's folder unless given. */
  spoolFolder: z.string().optional(),
  wrapUpSeconds: z.int().min(0).default(120),
  /** A call is not begun with less space, and records no more media with less than the second. */
  minFreeToStartMb: z.number().nonnegative().default(500),
  minFreeToRecordMb: z.number().nonnegative().default(100),
  consentRule: consentRuleSchema.default({ jurisdiction: null, requires: 'not-configured' }),
})
export type AgentConfig = z.infer<typeof agentConfigSchema>

/** The token is encrypted in the file and plain in the answer. */
export function findAgentConfig({ configFile, secrets }: AgentHome): AgentConfig | null {
  const text = readIfExists(configFile)
  if (text === null) return null
  const json = parseJson(configFile, text)
  const config = agentConfigSchema.safeParse(json)
  if (!config.success) throw ConfigError.malformed(configFile, z.prettifyError(config.error), config.error)
  // As it was written, without our defaults: an object, since the schema has accepted it.
  const token = secrets.open(TOKEN_NAME, config.data.token, (sealed) => writeConfig(configFile, { ...(json as object), token: sealed }))
  return { ...config.data, token }
}

export function getAgentConfig(home: AgentHome): AgentConfig {
  const config = findAgentConfig(home)
  if (!config) throw ConfigError.notPaired(home.configFile)
  return config
}

/** What pairing found out, over what was configured before. */
export function saveAgentConfig(home: AgentHome, paired: Pick<AgentConfig, 'serverUrl' | 'token' | 'deviceId' | 'technician'>): AgentConfig {
  const before = findAgentConfig(home)
  const config = agentConfigSchema.parse({ pairingSecret: randomBytes(24).toString('base64url'), ...before, ...paired })
  writeConfig(home.configFile, { ...config, token: home.secrets.seal(TOKEN_NAME, config.token) })
  return config
}

const writeConfig = (file: string, fields: object): void => replaceFile(file, `${JSON.stringify(fields, null, 2)}\n`)

function readIfExists(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw ConfigError.malformed(file, 'it is not JSON', cause)
  }
}
