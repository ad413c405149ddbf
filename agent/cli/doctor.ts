/** What `doctor` looks at: what this computer lacks for recording, and how its secrets are kept. */
import type { CaptureDriver, Requirement } from '../capture/ports'
import { DEFAULT_PAUSE_KEY, findAgentConfig } from '../config/agent-config'
import type { AgentHome } from '../config/agent-home'
import { isRunning } from './control-server'

export async function checkComputer(home: AgentHome, driver: CaptureDriver): Promise<Requirement[]> {
  return [...(await driver.checkRequirements()), ...(await checkPauseKey(home, driver)), describeSecrets(home)]
}

/** The agent that runs has the key, and its status says how that stands. */
async function checkPauseKey(home: AgentHome, driver: CaptureDriver): Promise<Requirement[]> {
  const { pauseKey } = findAgentConfig(home) ?? { pauseKey: DEFAULT_PAUSE_KEY }
  if (pauseKey === null || (await isRunning(home.runFile))) return []
  return [await driver.checkKey(pauseKey)]
}

function describeSecrets({ folder, secrets }: AgentHome): Requirement {
  const isMet = true
  if (secrets.keeper === 'keyring') return { name: 'secrets', isMet, found: "encrypted with a key in the desktop's keyring: a copy of the disk cannot be read, programs that you run can ask for it", remedy: null }
  return {
    name: 'secrets',
    isMet,
    found: `encrypted with a key in a file beside them: a copy of single files cannot be read, one of the whole of ${folder} can`,
    remedy: 'for a key in the keyring of the desktop: sudo apt-get install libsecret-tools gnome-keyring, and log in anew',
  }
}
