/** What recording needs of a Linux system, whether it is there, and how to get it. */
import { release } from 'node:os'
import { CaptureError } from '../errors'
import type { Requirement } from '../ports'
import { type Environment, query, type QueryResult } from './child'
import type { PulseServer } from './pulse-server'
import { listDevices } from './devices'
import { checkKey } from './key-watch'
import { findRefusal } from './screen-capture'

const ENCODERS = ['libopus', 'libvpx-vp9']
const INPUTS = ['x11grab', 'pulse']
/** A person waits for the answer, perhaps on a busy computer. */
const ANSWER_LIMIT_MS = 10_000
const CHOOSE_ANOTHER_KEY = 'set "pauseKey" in agent.json to another one, such as "Control+F8" or "Pause", or free it in the other program'
const USE_XORG = 'choose the Xorg session on the log-in screen; Wayland cannot be recorded yet'
const USE_DESKTOP = 'log in to a graphical X11 session and run the agent in a terminal there; from elsewhere, set DISPLAY (and XAUTHORITY) to those of that session, such as DISPLAY=:0'

export async function checkRequirements(env: Environment, pulse: PulseServer): Promise<Requirement[]> {
  const checks = [
    checkProgram('setpriv', ['--version'], 'util-linux', env),
    checkFfmpeg(env),
    checkProgram('pactl', ['--version'], 'pulseaudio-utils', env),
    checkProgram('parec', ['--version'], 'pulseaudio-utils', env),
    checkSoundServer(env),
    checkMicrophone(pulse),
    checkProgram('xprop', ['-version'], 'x11-utils', env),
    checkDisplay(env),
  ]
  return [checkSystem(), ...(await Promise.all(checks))]
}

const ask = (program: string, args: string[], env: Environment): Promise<QueryResult> => query(program, args, env, ANSWER_LIMIT_MS)
const aptInstall = (debianPackage: string): string => `sudo apt-get install ${debianPackage}`
const met = (name: string, found: string): Requirement => ({ name, isMet: true, found, remedy: null })
const unmet = (name: string, found: string, remedy: string): Requirement => ({ name, isMet: false, found, remedy })

function checkSystem(): Requirement {
  const found = `${process.platform} ${release()}`
  return process.platform === 'linux' ? met('operating system', found) : unmet('operating system', found, 'run the agent on Linux with X11; Windows and macOS cannot be recorded yet')
}

/** Some programs do not even tell their version without a display or a sound server, which are looked at by themselves. */
async function checkProgram(program: string, args: string[], debianPackage: string, env: Environment): Promise<Requirement> {
  const answer = await ask(program, args, env)
  if (answer.isMissing) return unmet(program, 'not installed', aptInstall(debianPackage))
  return met(program, answer.isOk ? firstLine(answer) : 'installed')
}

async function checkFfmpeg(env: Environment): Promise<Requirement> {
  const [version, encoders, devices] = await Promise.all([
    ask('ffmpeg', ['-version'], env),
    ask('ffmpeg', ['-hide_banner', '-encoders'], env),
    ask('ffmpeg', ['-hide_banner', '-devices'], env),
  ])
  if (version.isMissing) return unmet('ffmpeg', 'not installed', aptInstall('ffmpeg'))
  const lists = (answer: QueryResult, name: string): boolean => answer.stdout.split(/\s+/).includes(name)
  const missing = [...ENCODERS.filter((name) => !lists(encoders, name)), ...INPUTS.filter((name) => !lists(devices, name))]
  if (missing.length === 0) return met('ffmpeg', firstLine(version))
  return unmet('ffmpeg', `${firstLine(version)} was built without ${missing.join(', ')}`, `use the ffmpeg of your distribution: ${aptInstall('--reinstall ffmpeg')}`)
}

async function checkSoundServer(env: Environment): Promise<Requirement> {
  const answer = await ask('pactl', ['info'], env)
  const server = /^Server Name: (.*)$/m.exec(answer.stdout)?.[1]
  if (server) return met('sound server', server)
  return unmet('sound server', answer.isMissing ? 'unknown without pactl' : answer.stderr.split('\n')[0]!, `start it (pulseaudio --start, or systemctl --user start pipewire-pulse); if it is not installed: ${aptInstall('pulseaudio')}`)
}

async function checkMicrophone(pulse: PulseServer): Promise<Requirement> {
  const remedy = 'plug in a headset and choose it in the sound settings'
  try {
    const microphones = listDevices(await pulse.read()).filter(({ kind }) => kind === 'microphone')
    const chosen = microphones.find(({ isDefault }) => isDefault) ?? microphones[0]
    return chosen ? met('microphone', chosen.description) : unmet('microphone', 'none', remedy)
  } catch (error) {
    if (error instanceof CaptureError) return unmet('microphone', 'unknown without a sound server', remedy)
    throw error
  }
}

export async function checkDisplay(env: Environment): Promise<Requirement> {
  const refusal = findRefusal(env)
  const isWayland = Boolean(env.WAYLAND_DISPLAY) || env.XDG_SESSION_TYPE === 'wayland'
  if (refusal) return unmet('X11 display', refusal, isWayland ? USE_XORG : USE_DESKTOP)
  const answer = await ask('xdpyinfo', [], env)
  if (answer.isMissing) return unmet('X11 display', 'unknown without xdpyinfo', aptInstall('x11-utils'))
  const size = /dimensions:\s+(\d+x\d+)/.exec(answer.stdout)?.[1]
  return size ? met('X11 display', `${env.DISPLAY}, ${size} pixels`) : unmet('X11 display', answer.stderr, USE_DESKTOP)
}

export async function checkPauseKey(key: string, env: Environment): Promise<Requirement> {
  const problem = await checkKey(key, env)
  return problem === null ? met('pause key', `${key}, in every window`) : unmet('pause key', problem, CHOOSE_ANOTHER_KEY)
}

const firstLine = ({ stdout, stderr }: QueryResult): string => (stdout || stderr).split('\n')[0]!.trim()
