import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { IvfReader } from '@/agent/capture/ivf-reader'
import { makeLinuxDriver } from '@/agent/capture/linux/driver'
import { screenRecorderArgs } from '@/agent/capture/linux/screen-capture'
import { ScreenMp4Writer } from '@/agent/capture/mp4-writer'
import type { CaptureFault, ScreenCapture, ScreenFrame } from '@/agent/capture/ports'
import { decodeBrightness } from '@/demo/media-probe'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { openFlashWindow } from '@/demo/x11-flash'
import { endPrograms, startProgram, until } from './desktop-programs'

/** Five frames a second: a change is seen up to this much later. */
const SAMPLING_MS = 200
const TOLERANCE_MS = 40

let desktop: VirtualDesktop
let capture: ScreenCapture | null = null
beforeAll(async () => {
  desktop = await startVirtualDesktop({ widthPx: 800, heightPx: 450 })
})
afterEach(async () => {
  await capture?.stop()
  capture = null
})
afterAll(() => desktop.stop())

async function record(env = desktop.env): Promise<{ frames: ScreenFrame[]; faults: CaptureFault[] }> {
  const frames: ScreenFrame[] = []
  const faults: CaptureFault[] = []
  capture = await makeLinuxDriver({ env, log: () => undefined }).openScreen({ onItem: (frame) => frames.push(frame), onFault: (fault) => faults.push(fault) })
  return { frames, faults }
}

function brightnessOf(frames: readonly ScreenFrame[], crop: string): number[] {
  const writer = new ScreenMp4Writer(capture!.size)
  const samples = frames.map((frame) => ({ ...frame, atMs: Math.round(frame.wallMs - frames[0]!.wallMs), durationMs: SAMPLING_MS }))
  return decodeBrightness(Buffer.concat([writer.header(), writer.fragment(samples)]), crop)
}

describe('the screen', () => {
  it('is recorded with stamps that tell when it looked so', async () => {
    const flash = await openFlashWindow(desktop.env.DISPLAY!, { xPx: 100, yPx: 100, widthPx: 200, heightPx: 200 })
    await flash.paint(0)
    const { frames, faults } = await record()
    await sleep(700)
    const paintedWallMs: number[] = []
    for (const colour of [0xffffff, 0, 0xffffff, 0]) {
      paintedWallMs.push((await flash.paint(colour)).toWallMs)
      await sleep(730)
    }
    await capture!.stop()
    flash.close()
    expect(capture!.size).toEqual({ widthPx: 800, heightPx: 450 })
    expect(faults).toEqual([])
    expect(frames[0]?.isKey).toBe(true)
    const brightness = brightnessOf(frames, '100:100:150:150')
    const changes = frames.filter((_, index) => index > 0 && Math.abs(brightness[index]! - brightness[index - 1]!) > 100)
    const lateMs = changes.map((frame, index) => frame.wallMs - paintedWallMs[index]!)
    expect(lateMs).toHaveLength(4)
    expect(Math.min(...lateMs)).toBeGreaterThan(-TOLERANCE_MS)
    expect(Math.max(...lateMs)).toBeLessThan(SAMPLING_MS + TOLERANCE_MS)
  })

  it('that does not change still says every five seconds that it was watched', async () => {
    const { frames } = await record()
    await until('a heartbeat comes', () => frames.length >= 2, 7_000)
    expect(frames[1]!.wallMs - frames[0]!.wallMs).toBeGreaterThan(4_000)
    expect(frames[1]!.wallMs - frames[0]!.wallMs).toBeLessThan(6_000)
  })

  it('that hangs is a fault within two seconds, and is recorded again when it does not', async () => {
    const { frames, faults } = await record()
    await sleep(800)
    process.kill(desktop.pids.display, 'SIGSTOP')
    await until('the fault is told', () => faults.length > 0, 2_000)
    const seen = frames.length
    process.kill(desktop.pids.display, 'SIGCONT')
    await until('frames come again', () => frames.length > seen)
    expect(faults.map(({ cause }) => cause)).toEqual(['capture-stalled'])
    expect(frames[seen]?.isKey).toBe(true)
  })

  it('that changes its size is recorded on, at the size that it was opened with', async () => {
    startProgram(desktop, 'openbox', [])
    await sleep(800)
    const { frames, faults } = await record()
    await sleep(500)
    execFileSync('xprop', ['-root', '-f', '_NET_DESKTOP_GEOMETRY', '32c', '-set', '_NET_DESKTOP_GEOMETRY', '640, 360'], { env: desktop.env })
    await until('the change is told', () => faults.length > 0, 2_000)
    const seen = frames.length
    await until('frames come again', () => frames.length > seen)
    expect(faults.map(({ cause }) => cause)).toEqual(['display-lost'])
    endPrograms()
  })

  it('is fitted into the size of its track', () => {
    const args = screenRecorderArgs(desktop.env.DISPLAY!, { widthPx: 640, heightPx: 480 }).map((arg) => (arg === 'pipe:3' ? '/dev/null' : arg))
    const reader = new IvfReader()
    reader.read(execFileSync('ffmpeg', [...args.slice(0, -1), '-frames:v', '1', 'pipe:1'], { env: desktop.env, stdio: ['ignore', 'pipe', 'ignore'] }))
    expect(reader.header).toMatchObject({ widthPx: 640, heightPx: 480 })
  })

  it('of another computer, of Wayland or of nobody is refused in plain words', async () => {
    await expect(record({ ...desktop.env, DISPLAY: ':4242' })).rejects.toThrow(/cannot be recorded/)
    await expect(record({ ...desktop.env, DISPLAY: undefined })).rejects.toThrow(/DISPLAY is not set/)
    await expect(record({ ...desktop.env, XDG_SESSION_TYPE: 'wayland' })).rejects.toThrow(/Wayland/)
  })
})

describe('a display that ends', () => {
  it('is told as lost', async () => {
    const other = await startVirtualDesktop({ widthPx: 640, heightPx: 360 })
    const { faults } = await record(other.env)
    await other.stop()
    await until('the fault is told', () => faults.length > 0, 2_000)
    expect(faults[0]?.cause).toBe('display-lost')
  })
})
