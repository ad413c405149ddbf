/** The jitter buffer in a sound thread that tests drive by hand: 128 samples at a time, 48 000 a second. */
import { beforeEach, describe, expect, it, vi } from 'vitest'

type Report = { atMs: number | null; heldMs: number; marginMs: number; underruns: number; trimmedMs: number; peak: number }
type Processor = { port: { onmessage(event: { data: unknown }): void; postMessage(report: Report): void }; process(inputs: unknown, outputs: Float32Array[][]): boolean }

const QUANTUM = 128
const PACKET = 960
let makeProcessor: new () => Processor
vi.stubGlobal('sampleRate', 48_000)
vi.stubGlobal('currentTime', 0)
vi.stubGlobal('AudioWorkletProcessor', class { port = { onmessage: null, postMessage: () => undefined } })
vi.stubGlobal('registerProcessor', (_name: string, made: new () => Processor) => (makeProcessor = made))
// It has no types: it is served to browsers as it stands.
await import(new URL('../../../app/live-client/sound/jitter-worklet.js', import.meta.url).href)

class SoundThread {
  readonly reports: Report[] = []
  private readonly processor = new makeProcessor()
  private sentMs = 0
  private dueSamples = 0

  constructor() {
    this.processor.port.postMessage = (report) => void this.reports.push(report)
  }

  /** Packets of 20 ms whose samples all have this value. */
  send(count: number, value = 0.5): void {
    for (let index = 0; index < count; index++, this.sentMs += 20) this.tell({ atMs: this.sentMs, samples: new Float32Array(PACKET).fill(value) })
  }

  tell(data: unknown): void {
    this.processor.port.onmessage({ data })
  }

  /** What is heard, one value a quantum. */
  run(ms: number): number[] {
    const heard: number[] = []
    for (this.dueSamples += ms * 48; this.dueSamples >= QUANTUM; this.dueSamples -= QUANTUM) {
      const output = new Float32Array(QUANTUM)
      this.processor.process([], [[output]])
      heard.push(output[0]!)
    }
    return heard
  }

  /** Real time: a packet each 20 ms. */
  stream(ms: number): void {
    for (let at = 0; at < ms; at += 20) {
      this.send(1)
      this.run(20)
    }
  }

  get last(): Report {
    return this.reports.at(-1)!
  }
}

let sound: SoundThread
beforeEach(() => void (sound = new SoundThread()))

it('starts with a margin of 20 ms over one packet, and says where it is', () => {
  sound.send(1)
  expect(sound.run(110).every((value) => value === 0)).toBe(true)
  expect(sound.last.atMs).toBeNull()
  sound.send(6)
  expect(sound.run(110).every((value) => value === 0.5)).toBe(true)
  expect(sound.last.atMs).toBeGreaterThan(70)
  expect(sound.last.atMs).toBeLessThan(110)
  expect(sound.last.peak).toBeCloseTo(0.5)
})

it('waits with a larger margin after it ran dry', () => {
  sound.send(3)
  sound.run(200)
  expect(sound.last).toMatchObject({ underruns: 1, marginMs: 30 })
  sound.send(2)
  expect(sound.run(40).every((value) => value === 0)).toBe(true)
  sound.send(1)
  expect(sound.run(20).every((value) => value === 0.5)).toBe(true)
})

it('gives the margin back after half a minute without running dry', () => {
  sound.send(3)
  sound.run(200)
  sound.stream(32_000)
  expect(sound.last).toMatchObject({ underruns: 1, marginMs: 20 })
})

it('does not stay late after a burst: within two seconds only its margin is left', () => {
  sound.send(50)
  sound.stream(2_000)
  expect(sound.last.trimmedMs).toBeGreaterThan(900)
  expect(sound.last.heldMs).toBeLessThan(65)
  expect(sound.last.underruns).toBe(0)
})

it('that begins in the middle of a burst is at its margin a third of a second later', () => {
  sound.send(30)
  sound.stream(340)
  expect(sound.last.trimmedMs).toBeGreaterThan(450)
  expect(sound.last.underruns).toBe(0)
})

describe('played back from what was kept', () => {
  it('drops what it held and keeps all that comes', () => {
    sound.send(50, 0.1)
    sound.run(100)
    sound.tell({ isLive: false })
    sound.send(50, 0.9)
    expect(new Set(sound.run(900).map((value) => value.toFixed(1)))).toEqual(new Set(['0.9']))
    sound.stream(2_000)
    expect(sound.last.trimmedMs).toBe(0)
  })
})
