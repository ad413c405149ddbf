/** Where the agent keeps what is its own: one folder for each person on the computer, closed to everybody else. */
import { chmodSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { SecretBox } from './secret-box'

export type AgentHome = { folder: string; configFile: string; keyFile: string; spoolFolder: string; runFile: string; readyFile: string; panelProfileFolder: string; secrets: SecretBox }

/** The folder of `CALLWITNESS_AGENT_HOME`, else `~/.config/callwitness`; made if it does not exist. */
export function openAgentHome(env: Readonly<Record<string, string | undefined>>): AgentHome {
  const folder = env.CALLWITNESS_AGENT_HOME ?? join(homedir(), '.config', 'callwitness')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  return {
    folder,
    configFile: join(folder, 'agent.json'),
    keyFile: join(folder, 'device-key.pem'),
    spoolFolder: join(folder, 'spool'),
    runFile: join(folder, 'running.json'),
    readyFile: join(folder, 'ready.json'),
    panelProfileFolder: join(folder, 'panel-profile'),
    secrets: new SecretBox({ folder, keyFile: join(folder, 'wrapping-key'), env }),
  }
}
