/** The technician's desk: a desktop with the real agent and a softphone on it, whose call is recorded by a whole server. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { openFlashWindow, type FlashWindow } from '@/demo/x11-flash'
import { callIdSchema, type CallId } from '@/protocol/ids'
import { AgentHomeFolder, RealAgent } from '../../tests/support/real-agent'
import type { TestServer } from '../../tests/support/server'
import { DEVICE_ID } from '../../tests/support/test-agent'
import { waitUntil } from '../../tests/support/wait-until'
import { startClickPlayer, startClickTap, type ClickPlayer, type ClickTap } from '../click-tap'
import { cpuSecondsByProgram } from '../process-cpu'
import { BenchChild } from './child'
import type { WireCount } from './wire-meter'

const SCREEN = { widthPx: 1_280, heightPx: 800 }
const FLASH = { xPx: 540, yPx: 300, widthPx: 200, heightPx: 200 }
/** Within the flashes, as shares of the screen; its middle is where the mouse stands. */
export const FLASH_SPOT = { x: (FLASH.xPx + FLASH.widthPx / 4) / SCREEN.widthPx, y: (FLASH.yPx + FLASH.heightPx / 4) / SCREEN.heightPx }
const SOFTPHONE = 'live-softphone'
const AGENT = ['dist/agent.mjs']
const CLICK_LIMIT_MS = 1_500
const POLL_MS = 20

/** What the agent sends and costs. */
export type AgentCost = { messagesPerSecond: number; bytesPerSecond: number; cpuSecondsPerMinute: number }

export class CallDesk {
  private constructor(
    readonly callId: CallId,
    readonly desktop: VirtualDesktop,
    readonly flash: FlashWindow,
    readonly customer: ClickPlayer,
    /** When clicks passed the speaker's sink, from which the customer is heard. */
    readonly customerTap: ClickTap,
    private readonly agent: RealAgent,
    private readonly meter: BenchChild,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(server: TestServer, technician: { id: string; name: string }): Promise<CallDesk> {
    const ends: (() => unknown)[] = []
    const end = async (): Promise<void> => {
      for (const one of ends.splice(0).reverse()) await one()
    }
    try {
      const desktop = await startVirtualDesktop(SCREEN)
      ends.push(() => desktop.stop())
      const home = await AgentHomeFolder.make()
      ends.push(() => home.remove())
      const meter = BenchChild.start('wire-meter.ts', new URL(server.origin).port)
      ends.push(() => meter.end())
      const { port } = await meter.hear<{ port: number }>()
      const token = `cwd_${crypto.randomUUID()}`
      const tokenHash = createHash('sha256').update(token).digest('hex')
      await server.database.device.create({ data: { id: DEVICE_ID, userId: technician.id, name: 'bench', publicKey: home.deviceKey, tokenHash, agentVersion: '0.1.0', platform: 'linux' } })
      await home.pair(`http://127.0.0.1:${port}`, { token, technician: { id: technician.id, name: technician.name } })

      const flash = await openFlashWindow(desktop.env.DISPLAY!, FLASH)
      ends.push(() => flash.close())
      await flash.paint(0)
      const agent = await RealAgent.start(home, desktop.env, AGENT)
      ends.push(() => agent.isRunning && agent.kill())
      const customer = startClickPlayer(desktop, desktop.sinks.headset, [`application.name=${SOFTPHONE}`])
      const microphone = spawnMicrophone(desktop)
      const voice = startClickPlayer(desktop, desktop.sinks.microphone)
      const customerTap = startClickTap(desktop, `${desktop.sinks.headset}.monitor`)
      ends.push(() => [customer, voice, customerTap].forEach((program) => program.end()), () => microphone.kill('SIGKILL'))

      await agent.waitForOutput('recording call')
      const callId = callIdSchema.parse(/recording call (\S+)/.exec(agent.output)![1])
      await waitUntil(async () => (await server.database.call.count({ where: { id: callId } })) === 1, 30_000)
      return new CallDesk(callId, desktop, flash, customer, customerTap, agent, meter, end)
    } catch (cause) {
      await end()
      throw cause
    }
  }

  /** What the agent sends and costs while `during` runs. */
  async costOf(during: () => Promise<unknown>): Promise<AgentCost> {
    const before = await this.readCost()
    await during()
    const after = await this.readCost()
    const seconds = (after.ms - before.ms) / 1_000
    return {
      messagesPerSecond: (after.messages - before.messages) / seconds,
      bytesPerSecond: (after.bytes - before.bytes) / seconds,
      cpuSecondsPerMinute: ((after.cpuSeconds - before.cpuSeconds) / seconds) * 60,
    }
  }

  stop(): Promise<void> {
    return this.end()
  }

  private async readCost(): Promise<WireCount & { cpuSeconds: number; ms: number }> {
    const count = await this.meter.ask<WireCount>('count')
    const cpuSeconds = [...cpuSecondsByProgram(this.agent.pid).values()].reduce((sum, value) => sum + value, 0)
    return { ...count, cpuSeconds, ms: performance.now() }
  }
}

/** `limitMs`: what has not come by then counts as lost, since the next is on its way. */
export type Series = { events: number; limitMs: number; isFlashing?: boolean }

/** Clicks and flashes at the same time, not at a multiple of the packets' 20 ms or the screen's 200. */
export async function clickAndFlash({ customer, customerTap, flash }: CallDesk, { events, limitMs, isFlashing = true }: Series): Promise<{ clicksWallMs: number[]; flashesWallMs: number[] }> {
  const firstClick = customerTap.clicksWallMs.length
  const flashesWallMs: number[] = []
  for (let event = 0; event < events; event++) {
    const heardBefore = customerTap.clicksWallMs.length
    customer.click()
    if (isFlashing) {
      const { fromWallMs, toWallMs } = await flash.paint(event % 2 === 0 ? 0xffffff : 0)
      flashesWallMs.push((fromWallMs + toWallMs) / 2)
    }
    await sleep(limitMs + 20 + (event % 7) * 37)
    await untilClicks(customerTap, heardBefore + 1, CLICK_LIMIT_MS)
  }
  return { clicksWallMs: customerTap.clicksWallMs.slice(firstClick), flashesWallMs }
}

/** Players on a busy machine fall behind. Resolves when so many clicks have passed, or not in time. */
export async function untilClicks({ clicksWallMs }: ClickTap, count: number, limitMs: number): Promise<void> {
  const untilMs = performance.now() + limitMs
  while (clicksWallMs.length < count && performance.now() < untilMs) await sleep(POLL_MS)
}

const spawnMicrophone = ({ env }: VirtualDesktop): ChildProcess =>
  spawn('setpriv', ['--pdeathsig', 'KILL', 'parec', '--raw', `--property=application.name=${SOFTPHONE}`], { env, stdio: 'ignore' })
