/** The real agent on a real sound server: a coach's tone goes into the technician's ear and into its own track, and nowhere else. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeSound, ffmpeg, toneDb } from '@/demo/media-probe'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { OpusPacketReader } from '@/agent/capture/linux/opus-packet-reader'
import { makeCompleteness } from '@/protocol/completeness'
import { callIdSchema, type CallId } from '@/protocol/ids'
import { makeTestFolder } from '../../server/ingest/ingest-harness'
import { IngestServer } from '../../support/ingest-server'
import { AgentHomeFolder, RealAgent } from '../../support/real-agent'
import { DEVICE_ID, TECHNICIAN } from '../../support/test-agent'
import { endPrograms, LINPHONE, pactl, playTone, startSoftphone } from '../capture/desktop-programs'

const COACH = { id: 's-1', name: 'Sari Wibowo' }
/** None is a multiple of another. */
const COACH_HZ = 1_000
const CUSTOMER_HZ = 440
const TECHNICIAN_HZ = 730
const SAMPLES_PER_MS = 48
const BYTES_PER_MS = SAMPLES_PER_MS * 2
const WAIT = { timeout: 30_000, interval: 50 }

vi.setConfig({ testTimeout: 90_000 })

let desktop: VirtualDesktop
let folder: Awaited<ReturnType<typeof makeTestFolder>>
let server: IngestServer
let home: AgentHomeFolder
let agent: RealAgent
let packets: Uint8Array[]

beforeAll(async () => {
  desktop = await startVirtualDesktop({ widthPx: 640, heightPx: 360 })
  const tone = ffmpeg(['-f', 'lavfi', '-i', `sine=frequency=${COACH_HZ}:sample_rate=48000:duration=3`, '-af', 'volume=4', '-ac', '1', '-c:a', 'libopus', '-application', 'voip', '-frame_duration', '20', '-b:a', '24k', '-page_duration', '1000', '-f', 'ogg', 'pipe:1'])
  packets = new OpusPacketReader().read(tone).map(({ bytes }) => bytes)
})
afterAll(() => desktop.stop())
beforeEach(async () => {
  folder = await makeTestFolder()
  home = await AgentHomeFolder.make()
  server = new IngestServer(folder.dir, { id: DEVICE_ID, publicKey: home.deviceKey, technician: TECHNICIAN })
  await server.start()
  await home.pair(server.url)
  agent = await RealAgent.start(home, desktop.env)
})
afterEach(async () => {
  endPrograms()
  if (agent.isRunning) await agent.kill()
  await server.stop()
  await folder[Symbol.asyncDispose]()
  await home.remove()
})

async function beginCall(): Promise<{ callId: CallId; hangUp: () => void }> {
  playTone(desktop, desktop.sinks.microphone, TECHNICIAN_HZ)
  const phone = startSoftphone(desktop, { hz: CUSTOMER_HZ, properties: LINPHONE })
  await vi.waitFor(async () => expect(await home.callFolders()).toHaveLength(1), WAIT)
  const callId = callIdSchema.parse((await home.callFolders())[0])
  await vi.waitFor(async () => expect(makeCompleteness(await home.entries(callId)).lengthMs).toBeGreaterThan(2_000), WAIT)
  return { callId, hangUp: () => phone.end() }
}

/** Speaks for so many packets of 20 ms; answers the wall clock at which the first was sent. */
async function press(callId: CallId, count: number, without: readonly number[] = []): Promise<number> {
  const startedMs = Date.now()
  for (let number = 0; number < count; number++) {
    if (!without.includes(number)) server.agents.emit('coach-voice', { callId, from: COACH, number, bytes: Buffer.from(packets[number]!) })
    await wait(Math.max(0, startedMs + (number + 1) * 20 - Date.now()))
  }
  return startedMs
}

/** What a source carries, by wall clock. */
class Tap {
  private readonly pieces: Buffer[] = []
  private bytes = 0
  private startMs = Infinity
  private readonly child: ChildProcess

  constructor(source: string) {
    this.child = spawn('parec', ['--raw', '--format=s16le', '--rate=48000', '--channels=1', '--latency-msec=10', '-d', source], { env: desktop.env, stdio: ['ignore', 'pipe', 'ignore'] })
    this.child.stdout!.on('data', (piece: Buffer) => {
      this.pieces.push(piece)
      this.bytes += piece.length
      this.startMs = Math.min(this.startMs, Date.now() - this.bytes / BYTES_PER_MS)
    })
  }

  sound(fromWallMs: number, toWallMs: number): Int16Array {
    const all = Buffer.concat(this.pieces)
    const byteAt = (wallMs: number): number => Math.round((wallMs - this.startMs) * SAMPLES_PER_MS) * 2
    return new Int16Array(new Uint8Array(all.subarray(byteAt(fromWallMs), byteAt(toWallMs))).buffer)
  }

  end = (): void => void this.child.kill('SIGKILL')
}

const trackSound = async (callId: CallId, file: string): Promise<Int16Array> => decodeSound(await readFile(join(server.folderOf(callId), file)))
const cut = (sound: Int16Array, fromMs: number, toMs: number): Int16Array => sound.subarray(fromMs * SAMPLES_PER_MS, toMs * SAMPLES_PER_MS)

async function verified(callId: CallId) {
  await vi.waitFor(async () => expect(await home.callFolders()).toEqual([]), WAIT)
  const report = await server.verify(callId)
  expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
  return report.completeness
}

describe('a coach’s voice', () => {
  it('is heard in the headset and recorded at its time, and is in no other track and not in the microphone', async () => {
    const { callId, hangUp } = await beginCall()
    const headset = new Tap(`${desktop.sinks.headset}.monitor`)
    const microphone = new Tap(desktop.microphoneSource)
    await wait(800)
    const firstMs = await press(callId, 75)
    await wait(1_500)
    const secondMs = await press(callId, 75, [30, 31, 32, 33, 34])
    await wait(1_500)
    hangUp()
    const { coach } = await verified(callId)
    headset.end()
    microphone.end()

    const [open] = await server.entries(callId)
    const originMs = open?.kind === 'open' ? Date.parse(open.data.startedAt) : 0
    const recorded = coach!.ranges.filter(({ state }) => state === 'recorded')
    const [first] = recorded
    const second = recorded.find(({ fromMs }) => originMs + fromMs > secondMs)
    for (const [range, sentMs] of [[first!, firstMs], [second!, secondMs]] as const) {
      expect(originMs + range.fromMs - sentMs).toBeGreaterThan(0)
      expect(originMs + range.fromMs - sentMs).toBeLessThan(150)
    }
    const lost = coach!.ranges.filter(({ state }) => state === 'lost')
    expect(lost).toHaveLength(1)
    expect(lost[0]!.toMs - lost[0]!.fromMs).toBeGreaterThanOrEqual(80)
    expect(coach!.recordedMs).toBeGreaterThan(2_700)

    const inner = { fromMs: first!.fromMs + 300, toMs: first!.fromMs + 1_300 }
    const own = toneDb(cut(await trackSound(callId, 'coach.ogg'), inner.fromMs, inner.toMs), COACH_HZ)
    const heard = headset.sound(originMs + inner.fromMs, originMs + inner.toMs)
    const levels: Record<string, number> = { own, headset: toneDb(heard, COACH_HZ) }
    for (const track of ['customer', 'technician']) levels[track] = toneDb(cut(await trackSound(callId, `${track}.ogg`), inner.fromMs, inner.toMs), COACH_HZ)
    levels.microphone = toneDb(microphone.sound(originMs + inner.fromMs, originMs + inner.toMs), COACH_HZ)

    expect(own).toBeGreaterThan(-15)
    expect(Math.abs(levels.headset! - own)).toBeLessThan(3)
    for (const elsewhere of ['customer', 'technician', 'microphone']) expect(levels[elsewhere]! - own, elsewhere).toBeLessThan(-60)
    const between = Math.round(firstMs - originMs) + 2_200
    expect(toneDb(cut(await trackSound(callId, 'coach.ogg'), between, between + 500), COACH_HZ)).toBeLessThan(-80)
    expect(toneDb(headset.sound(originMs + between, originMs + between + 500), COACH_HZ) - own).toBeLessThan(-50)
    expect(toneDb(heard, CUSTOMER_HZ)).toBeGreaterThan(-15)
    expect(onset(headset, firstMs) - firstMs).toBeLessThan(400)
  })

  it('leaves no stream behind, and is taken for no softphone', async () => {
    const { callId, hangUp } = await beginCall()
    await press(callId, 20)
    expect(coachStreams()).toBe(1)
    await vi.waitFor(() => expect(coachStreams()).toBe(0), { timeout: 1_500, interval: 20 })
    await press(callId, 10)
    hangUp()
    await verified(callId)
    expect(coachStreams()).toBe(0)
    expect(agent.output.match(/recording call/g)).toHaveLength(1)
  })
})

const coachStreams = (): number => pactl(desktop, 'list', 'sink-inputs').split('\n').filter((line) => /media\.name = "callwitness-coach/.test(line)).length

/** Wall clock at which the tone is first heard after a moment, to 10 ms. */
function onset(tap: Tap, afterMs: number): number {
  for (let atMs = afterMs; atMs < afterMs + 1_000; atMs += 10) if (toneDb(tap.sound(atMs, atMs + 20), COACH_HZ) > -25) return atMs
  return Infinity
}
