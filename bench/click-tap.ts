/** Clicks, and the instants at which they pass a sink, taken by `parec` with a short buffer: not the way the agent listens. */
import { spawn, type ChildProcess } from 'node:child_process'
import type { VirtualDesktop } from '@/demo/virtual-desktop'

const SAMPLES_PER_MS = 48
const CLICK_FROM = 6_000
const QUIET_SAMPLES = 4_800
const CLICK_MS = 5
/** Long, because each time that a player runs dry it stays behind for good; when a click passes is told by a tap. */
const BUFFER_MS = 200
const AHEAD_MS = BUFFER_MS + 100

export type ClickPlayer = {
  click(): void
  /** Mono at 48 kHz, behind what is being played already. */
  play(sound: Int16Array): void
  end(): void
}

/** A program that plays silence and, when asked, a click of 5 ms or some other sound. `properties` are its stream's, in PulseAudio's names. */
export function startClickPlayer(desktop: VirtualDesktop, sink: string, properties: string[] = []): ClickPlayer {
  const flags = properties.map((property) => `--property=${property}`)
  const player = spawn('pacat', ['--playback', '--raw', '--format=s16le', '--rate=48000', '--channels=1', `--latency-msec=${BUFFER_MS}`, '-d', sink, ...flags], { env: desktop.env, stdio: ['pipe', 'ignore', 'ignore'] })
  player.stdin.on('error', () => undefined)
  const piece = Buffer.alloc(20 * SAMPLES_PER_MS * 2)
  let isClickDue = false
  let waiting: Buffer = Buffer.alloc(0)
  const nextPiece = (): Buffer => {
    if (isClickDue) {
      isClickDue = false
      return clickIn(piece.length)
    }
    const next = Buffer.concat([waiting.subarray(0, piece.length), piece.subarray(Math.min(waiting.length, piece.length))])
    waiting = waiting.subarray(piece.length)
    return next
  }
  let written = 0
  const startedMs = performance.now()
  // Kept ahead of real time, so that the player never runs dry and clicks are not queued for long.
  const timer = setInterval(() => {
    while (written < performance.now() - startedMs + AHEAD_MS) {
      player.stdin.write(nextPiece())
      written += 20
    }
  }, 10)
  return {
    click: () => (isClickDue = true),
    play: (sound) => (waiting = Buffer.concat([waiting, Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength)])),
    end() {
      clearInterval(timer)
      player.kill('SIGKILL')
    },
  }
}

function clickIn(bytes: number): Buffer {
  const piece = Buffer.alloc(bytes)
  for (let index = 0; index < CLICK_MS * SAMPLES_PER_MS; index++) piece.writeInt16LE(Math.round(28_000 * Math.sin((2 * Math.PI * index) / SAMPLES_PER_MS)), index * 2)
  return piece
}

export type ClickTap = { readonly clicksWallMs: number[]; end(): void }

export function startClickTap(desktop: VirtualDesktop, source: string): ClickTap {
  const tap: ChildProcess = spawn('parec', ['--raw', '--format=s16le', '--rate=48000', '--channels=1', '--latency-msec=5', '-d', source], { env: desktop.env, stdio: ['ignore', 'pipe', 'ignore'] })
  const clicksWallMs: number[] = []
  let quiet = 0
  tap.stdout!.on('data', (bytes: Buffer) => {
    const arrivedMs = performance.timeOrigin + performance.now()
    const count = Math.floor(bytes.length / 2)
    for (let index = 0; index < count; index++) {
      const isLoud = Math.abs(bytes.readInt16LE(index * 2)) > CLICK_FROM
      if (isLoud && quiet > QUIET_SAMPLES) clicksWallMs.push(arrivedMs - (count - index) / SAMPLES_PER_MS)
      quiet = isLoud ? 0 : quiet + 1
    }
  })
  return { clicksWallMs, end: () => void tap.kill('SIGKILL') }
}
