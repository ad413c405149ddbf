// Programs that Debian packages bring: looks for the programs, installs what is missing when it may, else says how.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, say, SetupError } from './run.mjs'

/** Package and the program in it by which its presence is known. */
const PROGRAMS = {
  ffmpeg: 'ffmpeg',
  'pulseaudio-utils': 'pactl',
  'x11-utils': 'xprop',
  pulseaudio: 'pulseaudio',
  xvfb: 'Xvfb',
  chromium: 'chromium',
  flite: 'flite',
  procps: 'pgrep',
  jq: 'jq',
  openbox: 'openbox',
  wmctrl: 'wmctrl',
  xdotool: 'xdotool',
  openssl: 'openssl',
  'redis-server': 'redis-server',
  janus: 'janus',
}

/** Makes the media that pages play. */
export const SERVER_PACKAGES = ['ffmpeg']
/** Records sound and screen of a Linux desktop. */
export const AGENT_PACKAGES = ['ffmpeg', 'pulseaudio-utils', 'x11-utils', 'wmctrl']
/** A private desktop with a browser and two voices. */
export const DEMO_PACKAGES = [...AGENT_PACKAGES, 'pulseaudio', 'xvfb', 'chromium', 'flite', 'procps']

/** What listening live is compared with. */
export const LIVE_BENCH_PACKAGES = ['janus']

/** The tests record on such a desktop too, and run the commands that docs/log-format.md gives to strangers. */
export const TEST_PACKAGES = [...DEMO_PACKAGES, 'jq', 'openssl', 'openbox', 'wmctrl', 'xdotool', 'redis-server']

export async function needPackages(packages) {
  const missing = packages.filter((name) => !isInstalled(PROGRAMS[name]))
  if (missing.length === 0) return
  const prefix = aptPrefix()
  const line = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (!existsSync('/usr/bin/apt-get')) throw new SetupError(`These programs are missing: ${missing.map((name) => PROGRAMS[name]).join(', ')}. Install them with your system's package manager (their Debian packages: ${missing.join(' ')}) and run this command again.`)
  if (!prefix) throw new SetupError(`Some system packages are missing and this user may not install them. Run this line, then the command again:\n\n  ${line}`)

  say(`installing system packages: ${missing.join(' ')}`)
  const apt = async (name, ...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args]
    await run(name, command, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } })
  }
  await apt('apt-update', 'update')
  await apt('apt-install', 'install', '-y', '--no-install-recommends', ...missing)
}

/** What to put before apt-get; `null` when this user cannot become root without a password. */
function aptPrefix() {
  if (process.getuid?.() === 0) return ['env']
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'] : null
}

const isInstalled = (program) => (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program)))

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not in this folder of the path, or not for us: either way the next folder is asked.
    return false
  }
}
