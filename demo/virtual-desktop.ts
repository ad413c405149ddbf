/**
 * A desktop of its own for the demo and for tests: a private PulseAudio with a headset and a microphone, and a private
 * X11 display. Nothing of it is seen or heard by the person at the machine, and nothing of it outlives `stop()` or its
 * parent process.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

const START_LIMIT_MS = 15_000
const POLL_MS = 40
/**
 * Drawn at random from a range that nobody else uses. Asked for the first free one, servers that start and end at the same
 * time remove each other's sockets.
 */
const DISPLAY_NUMBERS = [1_000, 50_000] as const

export type VirtualDesktop = {
  /** Environment in which every program of this desktop is to be started. */
  env: NodeJS.ProcessEnv
  /** Sinks: what is played into `headset` the technician hears; what is played into `microphone` the technician says. */
  sinks: { headset: string; microphone: string }
  /** The default source, which carries what is played into the sink `microphone`. */
  microphoneSource: string
  /** Process ids of the sound server and of the display, for tests that take one of them away. */
  readonly pids: { readonly soundServer: number; readonly display: number }
  /** Ends the sound server if it still runs, with every program's connection to it, and starts another in its place. */
  restartSoundServer(): Promise<void>
  stop(): Promise<void>
}

/**
 * The microphone is a remapped source because programs rightly do not take a sink's monitor for a microphone.
 * Cookies are off: whoever has the same user id is let in.
 */
const PULSE_SCRIPT = `
load-module module-native-protocol-unix auth-cookie-enabled=0
load-module module-null-sink sink_name=headset rate=48000 channels=2 sink_properties=device.description=Headset
load-module module-null-sink sink_name=microphone rate=48000 channels=1 sink_properties=device.description=Voice
load-module module-remap-source master=microphone.monitor source_name=headset-microphone source_properties=device.description=Microphone
load-module module-always-sink
set-default-sink headset
set-default-source headset-microphone
`
const PULSE_ARGS = ['--daemonize=no', '--exit-idle-time=-1', '--realtime=no', '--high-priority=no', '--use-pid-file=no', '--log-level=error', '-n', '-F']

export async function startVirtualDesktop({ widthPx, heightPx }: { widthPx: number; heightPx: number }): Promise<VirtualDesktop> {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-desktop-'))
  const env = await makeEnvironment(folder)
  // A real display always has some program and does not start anew, which would turn away whoever comes just then.
  const display = startBound('Xvfb', [`:${randomInt(...DISPLAY_NUMBERS)}`, '-displayfd', '3', '-screen', '0', `${widthPx}x${heightPx}x24`, '-nolisten', 'tcp', '-noreset'], env)
  let sound: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    await Promise.all([...sound, display].map(endChild))
    await rm(folder, { recursive: true, force: true })
  }
  const startSound = async (): Promise<void> => {
    const server = startBound('pulseaudio', [`--log-target=file:${join(folder, 'pulse.log')}`, ...PULSE_ARGS, join(folder, 'pulse.pa')], { ...env, HOME: folder })
    sound = [server]
    await waitForSound(server, env)
    sound.push(...(await Promise.all(['headset.monitor', 'headset-microphone'].map((source) => keepAwake(source, env)))))
  }
  try {
    await writeFile(join(folder, 'pulse.pa'), PULSE_SCRIPT)
    env.DISPLAY = `:${await firstLine(display)}`
    await startSound()
  } catch (cause) {
    await stop()
    throw cause
  }
  return {
    env,
    sinks: { headset: 'headset', microphone: 'microphone' },
    microphoneSource: 'headset-microphone',
    pids: {
      display: display.pid!,
      get soundServer() {
        return sound[0]!.pid!
      },
    },
    async restartSoundServer() {
      await Promise.all(sound.map(endChild))
      await startSound()
    },
    stop,
  }
}

async function makeEnvironment(folder: string): Promise<NodeJS.ProcessEnv> {
  const runtime = join(folder, 'runtime')
  await mkdir(runtime, { mode: 0o700 })
  const { WAYLAND_DISPLAY: _wayland, XDG_SESSION_TYPE: _session, XAUTHORITY: _authority, ...inherited } = process.env
  return {
    ...inherited,
    XDG_RUNTIME_DIR: runtime,
    PULSE_RUNTIME_PATH: join(runtime, 'pulse'),
    PULSE_SERVER: `unix:${join(runtime, 'pulse', 'native')}`,
    PULSE_COOKIE: join(folder, 'cookie'),
  }
}

/** Dies with this process even if that is killed. */
function startBound(command: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn('setpriv', ['--pdeathsig', 'TERM', command, ...args], { env, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] })
}

/**
 * An idle null sink works in blocks of two seconds; somebody who listens with a short buffer keeps it brisk. Resolves when
 * the first long block is over.
 */
async function keepAwake(source: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const listener = startListener(source, env, 'ignore')
  const probe = startListener(source, env, 'pipe')
  await Promise.race([once(probe.stdout!, 'data'), once(probe, 'exit')])
  await endChild(probe)
  return listener
}

function startListener(source: string, env: NodeJS.ProcessEnv, stdout: 'ignore' | 'pipe'): ChildProcess {
  const args = ['--raw', '--latency-msec=10', '--property=application.name=keep-awake', '-d', source]
  return spawn('setpriv', ['--pdeathsig', 'TERM', 'parec', ...args], { env, stdio: ['ignore', stdout, 'ignore'] })
}

async function firstLine(child: ChildProcess): Promise<string> {
  // `stdio[3]` is the pipe that startBound asked for; Node's types do not follow the option.
  const lines = createInterface({ input: child.stdio[3] as Readable })
  const limit = setTimeout(() => lines.close(), START_LIMIT_MS)
  try {
    for await (const line of lines) return line.trim()
  } finally {
    clearTimeout(limit)
    lines.close()
  }
  throw new Error(`Xvfb told no display within ${START_LIMIT_MS} ms (exit code ${child.exitCode}); is the package xvfb installed?`)
}

async function waitForSound(server: ChildProcess, env: NodeJS.ProcessEnv): Promise<void> {
  const giveUpAt = Date.now() + START_LIMIT_MS
  while (Date.now() < giveUpAt && server.exitCode === null) {
    if (await answers(env)) return
    await sleep(POLL_MS)
  }
  throw new Error(`PulseAudio did not answer within ${START_LIMIT_MS} ms (exit code ${server.exitCode}); is the package pulseaudio installed?`)
}

function answers(env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = spawn('pactl', ['info'], { env, stdio: 'ignore' })
    probe.once('error', () => resolve(false))
    probe.once('close', (code) => resolve(code === 0))
  })
}

/** A frozen daemon does not heed SIGTERM, so SIGKILL follows. */
async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const killer = setTimeout(() => child.kill('SIGKILL'), 1_500)
  await ended
  clearTimeout(killer)
}
