/**
 * What the agent's capture costs on top of the encoders that any recorder would need: the driver with its children and
 * writers, against the same ffmpeg commands started bare. Both run at the same time on the same sound and screen.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { screenRecorderArgs } from '@/agent/capture/linux/screen-capture'
import { sourceRecorderArgs } from '@/agent/capture/linux/source-capture'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { openFlashWindow } from '@/demo/x11-flash'
import { cpuSeconds } from './process-cpu'

const WARM_UP_MS = 3_000
const REPAINT_MS = 330
const SOFTPHONE = 'cpu-softphone'

/** Seconds of one core per minute of recording. */
export type AgentCpu = { agentSecondsPerMinute: number; bareSecondsPerMinute: number; ratio: number; measuredMs: number }

export async function benchAgentCpu({ durationMs = 30_000 }: { durationMs?: number } = {}): Promise<AgentCpu> {
  const desktop = await startVirtualDesktop({ widthPx: 1920, heightPx: 1080 })
  const children: ChildProcess[] = []
  const start = (command: string, args: string[], stdout: 'ignore' | 'pipe' = 'ignore'): ChildProcess => {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], { env: desktop.env, stdio: ['ignore', stdout, stdout === 'pipe' ? 'inherit' : 'ignore', 'ignore'] })
    children.push(child)
    return child
  }
  try {
    playVoices(desktop, start)
    const repainting = await repaint(desktop)
    const agent = start(process.execPath, ['--import', 'tsx', 'bench/agent-cpu-recorder.ts'], 'pipe')
    await Promise.race([once(agent.stdout!, 'data'), once(agent, 'exit').then(() => Promise.reject(new Error('the recorder ended before it recorded')))])
    const bare = bareCommands(desktop).map((args) => start('ffmpeg', args))
    await sleep(WARM_UP_MS)

    const total = (processes: ChildProcess[]): number => processes.reduce((sum, child) => sum + cpuSeconds(child.pid!), 0)
    const before = { agent: total([agent]), bare: total(bare), ms: performance.now() }
    await sleep(durationMs)
    const measuredMs = performance.now() - before.ms
    const perMinute = (seconds: number): number => (seconds * 60_000) / measuredMs
    const agentSecondsPerMinute = perMinute(total([agent]) - before.agent)
    const bareSecondsPerMinute = perMinute(total(bare) - before.bare)
    repainting.stop()
    return { agentSecondsPerMinute, bareSecondsPerMinute, ratio: agentSecondsPerMinute / bareSecondsPerMinute, measuredMs }
  } finally {
    children.forEach((child) => child.kill('SIGKILL'))
    await desktop.stop()
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
