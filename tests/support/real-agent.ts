/** The agent as people run it: a process of its own, with a home of its own, on a desktop of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openAgentHome } from '@/agent/config/agent-home'
import { openDeviceKey } from '@/agent/config/device-key'
import { parseLine, type LogEntry } from '@/protocol/entries'
import type { VirtualDesktop } from '@/demo/virtual-desktop'
import { DEVICE_ID, TECHNICIAN } from './test-agent'
import { GOOD_TOKEN } from './ingest-server'

const REPOSITORY = join(import.meta.dirname, '..', '..')
const START_LIMIT_MS = 30_000
/** Needs nothing to be built; what is measured is the bundle. */
const SOURCES = ['--import', 'tsx', 'agent/main.ts']
export const PAIRING_SECRET = 'a-pairing-secret-for-tests'

export type Finished = { code: number | null; output: string }

export class AgentHomeFolder {
  private constructor(
    readonly path: string,
    readonly deviceKey: string,
  ) {}

  static async make(): Promise<AgentHomeFolder> {
    const path = await mkdtemp(join(tmpdir(), 'callwitness-home-'))
    return new AgentHomeFolder(path, openDeviceKey(openAgentHome({ CALLWITNESS_AGENT_HOME: path })).publicKey)
  }

  /** As pairing would have left it. */
  async pair(serverUrl: string, more: Record<string, unknown> = {}): Promise<void> {
    const config = { serverUrl, token: GOOD_TOKEN, deviceId: DEVICE_ID, technician: TECHNICIAN, pairingSecret: PAIRING_SECRET, panelPort: 0, actionPort: 0, showPanel: false, wrapUpSeconds: 0, minFreeToStartMb: 1, minFreeToRecordMb: 1, ...more }
    await writeFile(join(this.path, 'agent.json'), JSON.stringify(config))
  }

  callFolders = async (): Promise<string[]> => (await readdir(join(this.path, 'spool')).catch(() => [])).filter((name) => name !== 'set-aside')

  /** The whole lines that are on the disk now. */
  async entries(callId: string): Promise<LogEntry[]> {
    const bytes = await readFile(join(this.path, 'spool', callId, 'log.jsonl')).catch(() => Buffer.alloc(0))
    return bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1).toString().split('\n').filter(Boolean).map((line) => parseLine(Buffer.from(line)))
  }

  remove = (): Promise<void> => rm(this.path, { recursive: true, force: true })
}

export class RealAgent {
  output = ''
  private readonly ended: Promise<unknown>

  private constructor(private readonly process: ChildProcess) {
    this.ended = once(process, 'close')
    const keep = (bytes: Buffer): void => void (this.output += bytes.toString())
    process.stdout?.on('data', keep)
    process.stderr?.on('data', keep)
  }

  static spawn(home: AgentHomeFolder, env: NodeJS.ProcessEnv, args: readonly string[], program: readonly string[] = SOURCES): RealAgent {
    const environment = { PATH: process.env.PATH, HOME: process.env.HOME, ...env, CALLWITNESS_AGENT_HOME: home.path }
    return new RealAgent(spawn(process.execPath, [...program, ...args], { cwd: REPOSITORY, env: environment, stdio: ['ignore', 'pipe', 'pipe'] }))
  }

  /** Resolves when the agent waits for calls. */
  static async start(home: AgentHomeFolder, env: NodeJS.ProcessEnv, program = SOURCES): Promise<RealAgent> {
    const agent = RealAgent.spawn(home, env, ['start'], program)
    await agent.waitForOutput('Waiting for calls')
    return agent
  }

  /** Runs a command to its end. */
  static run(home: AgentHomeFolder, env: NodeJS.ProcessEnv, ...args: string[]): Promise<Finished> {
    return RealAgent.spawn(home, env, args).finished()
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null
  }

  /** A command that ends by itself. */
  async finished(): Promise<Finished> {
    await this.ended
    return { code: this.process.exitCode, output: this.output }
  }

  get pid(): number {
    return this.process.pid!
  }

  async waitForOutput(text: string): Promise<void> {
    const untilMs = Date.now() + START_LIMIT_MS
    while (!this.output.includes(text)) {
      if (!this.isRunning || Date.now() > untilMs) throw new Error(`the agent did not say "${text}", but: ${this.output}`)
      await wait(20)
    }
  }

  /** Process ids of what the agent has started, now. */
  async childPids(): Promise<number[]> {
    const children = await readFile(`/proc/${this.process.pid}/task/${this.process.pid}/children`, 'utf8')
    return children.trim().split(' ').filter(Boolean).map(Number)
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL')
    await this.ended
  }

  /** As a service manager stops it; answers the exit code. */
  async stop(): Promise<number | null> {
    this.process.kill('SIGTERM')
    await this.ended
    return this.process.exitCode
  }
}

/** A program that plays and uses the microphone, and somebody who speaks into it. */
export class TestSoftphone {
  private constructor(
    private readonly streams: readonly ChildProcess[],
    private readonly voice: ChildProcess,
  ) {}

  static start({ env, sinks, microphoneSource }: VirtualDesktop): TestSoftphone {
    const run = (command: string, args: string[]): ChildProcess => spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], { env: { ...process.env, ...env }, stdio: 'ignore' })
    const phone = ['--property=application.name=Softphone', '--property=media.role=phone', '--raw']
    return new TestSoftphone([run('parec', [...phone, '-d', microphoneSource, '/dev/null']), run('pacat', [...phone, '-d', sinks.headset, '/dev/urandom'])], run('pacat', ['--property=application.name=Room', '--raw', '-d', sinks.microphone, '/dev/urandom']))
  }

  async hangUp(): Promise<void> {
    await Promise.all([...this.streams, this.voice].map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'close')
      child.kill('SIGKILL')
      await ended
    }))
  }
}
