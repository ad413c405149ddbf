/**
 * What the agent costs on top of the encoders that any recorder would need: the agent as people run it, with everything it
 * starts, recording a call and sending it to a server, against the same ffmpeg commands started bare. Both run at the same
 * time on the same sound and screen; first while nobody listens, then while the server wants every packet at once.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { screenRecorderArgs } from '@/agent/capture/linux/screen-capture'
import { sourceRecorderArgs } from '@/agent/capture/linux/source-capture'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { openFlashWindow } from '@/demo/x11-flash'
import { type CallId, callIdSchema } from '@/protocol/ids'
import { OPUS_PACKET_MS } from '@/protocol/tracks'
import { makeTestFolder } from '../tests/server/ingest/ingest-harness'
import { IngestServer } from '../tests/support/ingest-server'
import { AgentHomeFolder, RealAgent } from '../tests/support/real-agent'
import { DEVICE_ID, TECHNICIAN } from '../tests/support/test-agent'
import { cpuSecondsByProgram } from './process-cpu'

const WARM_UP_MS = 5_000
const REPAINT_MS = 330
const SOFTPHONE = 'cpu-softphone'
const AGENT = ['dist/agent.mjs']

/** Seconds of one core per minute of recording. */
export type AgentCpu = {
  agentSecondsPerMinute: number
  bareSecondsPerMinute: number
  ratio: number
  /** What of the agent's seconds is what, dearest first. */
  parts: { program: string; secondsPerMinute: number }[]
}

export async function benchAgentCpu({ durationMs = 40_000 }: { durationMs?: number } = {}): Promise<{ unheard: AgentCpu; listenedTo: AgentCpu }> {
  await using folder = await makeTestFolder()
  const desktop = await startVirtualDesktop({ widthPx: 1920, heightPx: 1080 })
  const home = await AgentHomeFolder.make()
  const server = new IngestServer(folder.dir, { id: DEVICE_ID, publicKey: home.deviceKey, technician: TECHNICIAN })
  const children: ChildProcess[] = []
  const start = (command: string, args: string[]): ChildProcess => {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], { env: desktop.env, stdio: 'ignore' })
    children.push(child)
    return child
  }
  let agent: RealAgent | null = null
  try {
    await server.start()
    await home.pair(server.url)
    const repainting = await repaint(desktop)
    agent = await RealAgent.start(home, desktop.env, AGENT)
    playVoices(desktop, start)
    await agent.waitForOutput('recording call')
    const bare = bareCommands(desktop).map((args) => start('ffmpeg', args))
    await sleep(WARM_UP_MS)

    const unheard = await measure(agent, bare, durationMs)
    server.agents.emit('listen', { callId: await callIdOf(home), isWanted: true, after: {} })
    let relayed = 0
    server.agents.sockets.forEach((socket) => socket.on('items', ({ items }) => void (relayed += items.length)))
    await sleep(WARM_UP_MS)
    const listenedTo = await measure(agent, bare, durationMs)
    repainting.stop()

    await assertReplicated(home, server)
    if (relayed < (durationMs / OPUS_PACKET_MS) * 2) throw new Error(`the agent relayed ${relayed} packets: less than was to be measured`)
    return { unheard, listenedTo }
  } finally {
    if (agent?.isRunning) await agent.kill()
    children.forEach((child) => child.kill('SIGKILL'))
    await server.stop()
    await home.remove()
    await desktop.stop()
  }
}

async function measure(agent: RealAgent, bare: readonly ChildProcess[], durationMs: number): Promise<AgentCpu> {
  const before = { agent: cpuSecondsByProgram(agent.pid), bare: totalOf(bare), ms: performance.now() }
  await sleep(durationMs)
  const perMinute = 60_000 / (performance.now() - before.ms)
  const after = { agent: cpuSecondsByProgram(agent.pid), bare: totalOf(bare) }
  const parts = [...after.agent]
    .map(([program, seconds]) => ({ program, secondsPerMinute: (seconds - (before.agent.get(program) ?? 0)) * perMinute }))
    .sort((a, b) => b.secondsPerMinute - a.secondsPerMinute)
  const agentSecondsPerMinute = parts.reduce((sum, { secondsPerMinute }) => sum + secondsPerMinute, 0)
  const bareSecondsPerMinute = (after.bare - before.bare) * perMinute
  return { agentSecondsPerMinute, bareSecondsPerMinute, ratio: agentSecondsPerMinute / bareSecondsPerMinute, parts }
}

async function callIdOf(home: AgentHomeFolder): Promise<CallId> {
  const [callId] = await home.callFolders()
  return callIdSchema.parse(callId)
}

const totalOf = (processes: readonly ChildProcess[]): number => processes.flatMap(({ pid }) => [...cpuSecondsByProgram(pid!).values()]).reduce((sum, seconds) => sum + seconds, 0)

/** What was measured must have been the whole of the work: all three tracks, on the server. */
async function assertReplicated(home: AgentHomeFolder, server: IngestServer): Promise<void> {
  const entries = await server.entries(await callIdOf(home))
  for (const track of ['technician', 'customer', 'screen'] as const) {
    const chunks = entries.filter((entry) => 'track' in entry && entry.track === track && entry.kind !== 'gap').length
    if (chunks < 2) throw new Error(`the server holds ${chunks} chunks of the track ${track}: the agent recorded less than was to be measured`)
  }
}

/** Both parties, as noise that swells and fades like speech; the customer by a program that also uses the microphone. */
function playVoices(desktop: VirtualDesktop, start: (command: string, args: string[]) => ChildProcess): void {
  const voice = ['-re', '-f', 'lavfi', '-i', 'anoisesrc=color=pink:amplitude=0.4:sample_rate=48000', '-af', 'tremolo=f=3:d=0.95', '-ac', '1', '-f', 'pulse']
  start('ffmpeg', [...voice, '-name', 'cpu-voice', '-device', desktop.sinks.microphone, 'voice'])
  start('ffmpeg', [...voice, '-name', SOFTPHONE, '-device', desktop.sinks.headset, 'voice'])
  start('parec', ['--raw', `--property=application.name=${SOFTPHONE}`, '--property=application.process.binary=ffmpeg'])
}

/** A part of the screen changes three times a second, like typing and scrolling. */
async function repaint(desktop: VirtualDesktop): Promise<{ stop(): void }> {
  const flash = await openFlashWindow(desktop.env.DISPLAY!, { xPx: 200, yPx: 200, widthPx: 600, heightPx: 300 })
  let colour = 0
  const timer = setInterval(() => {
    colour = (colour + 0x3579b1) % 0x1000000
    void flash.paint(colour)
  }, REPAINT_MS)
  return {
    stop() {
      clearInterval(timer)
      flash.close()
    },
  }
}

/** The customer by the headset's monitor: the simplest way to record what is heard. */
function bareCommands(desktop: VirtualDesktop): string[][] {
  const audio = [desktop.microphoneSource, `${desktop.sinks.headset}.monitor`].map((source) => sourceRecorderArgs(source, 'bare'))
  const screen = screenRecorderArgs(desktop.env.DISPLAY!, null)
  return [...audio, screen].map((args) => [...args.slice(0, -1).map((arg) => (arg === 'pipe:3' ? '/dev/null' : arg)), '-y', '/dev/null'])
}
