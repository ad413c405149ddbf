/** What people see when something is missing or wrong: the real command line, on a real desktop. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readyResultSchema } from '@/protocol/ready'
import { watchKey } from '@/agent/capture/linux/key-watch'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { makeCallId } from '@/protocol/ids'
import { makeTestFolder } from '../server/ingest/ingest-harness'
import { IngestServer } from '../support/ingest-server'
import { AgentHomeFolder, PAIRING_SECRET, RealAgent, TestSoftphone } from '../support/real-agent'
import { DEVICE_ID, TECHNICIAN } from '../support/test-agent'

const WAIT = { timeout: 30_000, interval: 100 }
const NOBODY = 'http://127.0.0.1:9'

vi.setConfig({ testTimeout: 120_000 })

let desktop: VirtualDesktop
let home: AgentHomeFolder
let agent: RealAgent | null = null

beforeAll(async () => {
  desktop = await startVirtualDesktop({ widthPx: 640, heightPx: 480 })
})
afterAll(() => desktop.stop())
beforeEach(async () => {
  home = await AgentHomeFolder.make()
})
afterEach(async () => {
  if (agent?.isRunning) await agent.kill()
  agent = null
  await home.remove()
})

const run = (...args: string[]) => RealAgent.run(home, desktop.env, ...args)

async function startAgent(more: Record<string, unknown> = {}): Promise<RealAgent> {
  await home.pair(NOBODY, more)
  return (agent = await RealAgent.start(home, desktop.env))
}

describe('agent', () => {
  it('start says what to do on a computer that is not paired', async () => {
    const { code, output } = await run('start')
    expect([code, output]).toEqual([1, expect.stringContaining('Run "npm run agent -- pair <address of the server>" first')])
  })

  it('start names what is wrong in agent.json', async () => {
    await home.pair('not an address')
    const { code, output } = await run('start')
    expect(code).toBe(1)
    expect(output).toContain('serverUrl')
  })

  it.each([
    ['no display', { DISPLAY: undefined }, /DISPLAY is not set\.\nWhat to do: log in to a graphical X11 session/],
    ['a display that does not answer', { DISPLAY: ':4242' }, /unable to open display ":4242".*\nWhat to do: /],
    ['Wayland', { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' }, /Wayland session.*\nWhat to do: choose the Xorg session/],
  ])('start fails at once with %s, and says what to do', async (_, env, message) => {
    await home.pair(NOBODY)
    const { code, output } = await RealAgent.run(home, { ...desktop.env, ...env }, 'start')
    expect([code, output]).toEqual([1, expect.stringMatching(message)])
    expect(output).not.toContain('Waiting for calls')
  })

  it('start refuses to run twice for one home, and a killed agent is no hindrance', async () => {
    const first = await startAgent()
    const { code, output } = await run('start')
    expect([code, output]).toEqual([1, expect.stringContaining('running already')])
    await first.kill()
    agent = await RealAgent.start(home, desktop.env)
    expect((await run('stop')).code).toBe(0)
    expect(agent.isRunning).toBe(false)
  })

  it.each(['status', 'stop'])('%s says that no agent runs', async (command) => {
    expect(await run(command)).toEqual({ code: 1, output: 'The agent is not running. Start it with "npm run agent -- start".\n' })
  })

  it('explains itself when it does not understand', async () => {
    const { code, output } = await run('strat')
    expect(code).toBe(1)
    expect(output).toContain('There is no command strat.\nUsage: npm run agent -- <command>')
  })

  it('pair says that the server does not answer', async () => {
    const { code, output } = await run('pair', NOBODY)
    expect([code, output]).toEqual([1, expect.stringContaining('does not answer')])
  })

  it('doctor says what is missing and how to get it when there is no ffmpeg', async () => {
    const bin = join(home.path, 'bin')
    await mkdir(bin)
    for (const program of ['setpriv', 'pactl', 'parec', 'xprop']) await cp(whereIs(program), join(bin, program))
    const { code, output } = await RealAgent.run(home, { ...desktop.env, PATH: bin }, 'doctor')
    expect(code).toBe(1)
    expect(output).toMatch(/FAIL {2}ffmpeg: not installed\n.*apt-get install ffmpeg/)
  })

  it('doctor does not take the complaint of a program for its version', async () => {
    const { code, output } = await RealAgent.run(home, { ...desktop.env, DISPLAY: undefined }, 'doctor')
    expect(code).toBe(1)
    expect(output).toMatch(/ok {4}xprop: installed\n/)
    expect(output).toMatch(/ok {4}secrets: encrypted with a key in a file beside them.*\n +→ for a key in the keyring/)
    expect(output).toMatch(/FAIL {2}X11 display: DISPLAY is not set\n +→ log in to a graphical X11 session/)
  })

  it('doctor refuses Wayland plainly', async () => {
    const { code, output } = await RealAgent.run(home, { ...desktop.env, XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' }, 'doctor')
    expect(code).toBe(1)
    expect(output).toMatch(/Wayland/i)
  })

  it('devices lists the microphone in use', async () => {
    expect((await run('devices')).output).toMatch(/microphone +\* Microphone/)
  })
})

describe('agent ready', () => {
  it('hears a word and a tone, sees a picture, and reaches the server', async () => {
    const folder = await makeTestFolder()
    const server = new IngestServer(folder.dir, { id: DEVICE_ID, publicKey: home.deviceKey, technician: TECHNICIAN })
    await server.start()
    try {
      await home.pair(server.url)
      const { code, output } = await runReady(() => speak('librivox-austen-0870.flac'))
      expect(output).toMatch(/ok {4}microphone: it heard you at -\d+ dB, \d+ dB above its noise/)
      expect(output).toMatch(/ok {4}screen: 640×480/)
      expect(output).toMatch(/ok {4}server: .* answers Dewi/)
      expect([code, output]).toEqual([0, expect.stringContaining('Ready for calls.')])
      expect(server.deskReports).toEqual([{ ready: readyResultSchema.parse(JSON.parse(await readFile(join(home.path, 'ready.json'), 'utf8'))) }])
    } finally {
      await server.stop()
      await folder[Symbol.asyncDispose]()
    }
  })

  it('fails when nobody speaks: a muted microphone is not one that only hears the room', async () => {
    expect((await run('ready')).output).toMatch(/FAIL {2}microphone: it delivers digital silence\n +→ It is muted, or the wrong one/)
    const noise = play('pacat', ['--raw', '/dev/urandom'])
    const { code, output } = await run('ready')
    noise.kill('SIGKILL')
    expect([code, output]).toEqual([1, expect.stringMatching(/FAIL {2}microphone: no voice was heard in 8 s, only noise at -\d+ dB\n +→ Speak when you are asked to/)])
  })

  it('fails without a server, says what else is well, and status remembers it', async () => {
    await startAgent()
    expect((await run('status')).output).toContain('not tested yet')
    const { code, output } = await run('ready')
    expect(code).toBe(1)
    expect(output).toMatch(/ok {4}speaker: the tone came out/)
    expect(output).toMatch(/FAIL {2}server: .*does not answer/)
    expect(output).toMatch(/Not ready for calls\.\nThe server does not know of it yet: .*does not answer/)
    expect((await run('status')).output).toMatch(/ready +NO, tested \d{4}-[^]*FAIL {2}server: .*does not answer/)
    const { verdicts } = readyResultSchema.parse(JSON.parse(await readFile(join(home.path, 'ready.json'), 'utf8')))
    expect(verdicts.filter(({ state }) => state === 'bad').map(({ name }) => name)).toEqual(['microphone', 'server'])
  })
})

describe('a running agent', () => {
  it('tells of an extension with the wrong pairing secret', async () => {
    await startAgent()
    const port = /port (\d+)/.exec((await run('status')).output)?.[1]
    const knock = (secret: string) => fetch(`http://127.0.0.1:${port}/extension`, { headers: { authorization: `Bearer ${secret}` } })
    expect((await knock('a-secret-that-somebody-guessed')).status).toBe(401)
    expect((await run('status')).output).toContain('its pairing secret is wrong')
    await knock(PAIRING_SECRET)
    expect((await run('status')).output).not.toContain('its pairing secret is wrong')
  })

  it('pauses and resumes by its key, whatever window has the focus', async () => {
    await startAgent()
    const softphone = TestSoftphone.start(desktop)
    const press = () => execFileSync('xdotool', ['key', 'F8'], { env: desktop.env })
    const status = async (phase: string) => vi.waitFor(async () => expect((await run('status')).output).toMatch(new RegExp(`^state +${phase},`, 'm')), WAIT)
    try {
      await status('recording')
      press()
      await status('paused')
      press()
      await status('recording')
      const [callId = ''] = await home.callFolders()
      expect((await home.entries(callId)).map(({ kind }) => kind).filter((kind) => kind === 'pause' || kind === 'resume')).toEqual(['pause', 'resume'])
    } finally {
      await softphone.hangUp()
    }
  })

  it('says that another program has its key, as doctor does when no agent runs', async () => {
    const other = watchKey('F9', { onPress: () => undefined, onStanding: () => undefined }, desktop.env)
    try {
      await home.pair(NOBODY, { pauseKey: 'F9' })
      expect((await run('doctor')).output).toMatch(/FAIL {2}pause key: another program has taken the key F9\n +→ set "pauseKey"/)
      await startAgent({ pauseKey: 'F9' })
      await vi.waitFor(async () => expect((await run('status')).output).toContain('F9 pauses only while this window has the focus'), WAIT)
    } finally {
      await other.stop()
    }
    expect((await run('doctor')).output).not.toContain('pause key')
  })

  it('refuses a call while the disk is nearly full, visibly, and keeps nothing of it', async () => {
    await startAgent({ minFreeToStartMb: 1_000_000_000 })
    const softphone = TestSoftphone.start(desktop)
    try {
      await vi.waitFor(async () => expect((await run('status')).output).toContain('a recording needs 1000000000 MB to start'), WAIT)
      expect(await home.callFolders()).toEqual([])
    } finally {
      await softphone.hangUp()
    }
  })

  it('sets a corrupt recording aside and says so', async () => {
    const callId = makeCallId()
    await mkdir(join(home.path, 'spool', callId), { recursive: true })
    await writeFile(join(home.path, 'spool', callId, 'log.jsonl'), '{"v":1,"seq":0,"kind":"nonsense"}\n')
    await startAgent()
    expect((await run('status')).output).toContain(`The recording ${callId} on this disk was damaged`)
    const [kept] = await readdir(join(home.path, 'spool', 'set-aside'))
    expect(await readFile(join(home.path, 'spool', 'set-aside', kept ?? '', 'log.jsonl'), 'utf8')).toContain('nonsense')
  })
})

/** Does something as soon as the person is asked to speak, until the command has ended. */
async function runReady(act: () => ChildProcess): Promise<{ code: number | null; output: string }> {
  const command = (agent = RealAgent.spawn(home, desktop.env, ['ready']))
  await command.waitForOutput('Say a word')
  const acting = act()
  try {
    return await command.finished()
  } finally {
    acting.kill('SIGKILL')
  }
}

const play = (command: string, args: string[]): ChildProcess =>
  spawn('setpriv', ['--pdeathsig', 'KILL', command, '-d', desktop.sinks.microphone, ...args], { env: { ...process.env, ...desktop.env }, stdio: 'ignore' })
const speak = (clip: string): ChildProcess => play('paplay', [join('tests', 'fixtures', 'speech', clip)])

function whereIs(program: string): string {
  for (const folder of (process.env.PATH ?? '').split(':')) if (existsSync(join(folder, program))) return join(folder, program)
  throw new Error(`${program} is not installed`)
}
