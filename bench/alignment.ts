/**
 * How far the time stamps of recorded sound and pictures are from the truth.
 *
 * Clicks are played into a private sound server and flashes painted on a private display. When a click passed is told by a
 * tap of its own, when a flash was painted by the display itself; both without the agent.
 */
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeLinuxDriver } from '@/agent/capture/linux/driver'
import { ScreenMp4Writer } from '@/agent/capture/mp4-writer'
import { OggOpusWriter, OPUS_PRE_SKIP_SAMPLES, SAMPLES_PER_PACKET } from '@/agent/capture/ogg-writer'
import type { AudioPacket, CaptureDriver, ScreenFrame, ScreenSize, SoftphoneCall } from '@/agent/capture/ports'
import { startClickPlayer, startClickTap } from './click-tap'
import { decodeBrightness, decodeSound, findClicks } from '@/demo/media-probe'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { openFlashWindow } from '@/demo/x11-flash'

const SOFTPHONE = 'alignment-softphone'
const SAMPLES_PER_MS = 48
/** The screen is looked at every 200 ms: a change is seen up to that much later, and never before it happened. */
const SAMPLING_MS = 200
/** Clicks further apart than this are not the same click. */
const MATCH_MS = 150

/** Milliseconds; `meanMs` is signed (stamp less truth), the percentiles are of its size. */
export type StampError = { count: number; expected: number; meanMs: number; p50Ms: number; p99Ms: number }
export type Alignment = {
  technician: StampError
  customer: StampError
  /** Percentiles are of the distance outside [0, 200]; the mean is of the offset itself, ideally 100. */
  screen: StampError
}

export async function benchAlignment({ events = 60 }: { events?: number } = {}): Promise<Alignment> {
  const desktop = await startVirtualDesktop({ widthPx: 1280, heightPx: 800 })
  try {
    return await measure(desktop, events)
  } finally {
    await desktop.stop()
  }
}

async function measure(desktop: VirtualDesktop, events: number): Promise<Alignment> {
  const driver = makeLinuxDriver({ env: desktop.env, log: console.error })
  const voice = startClickPlayer(desktop, desktop.sinks.microphone)
  const softphone = startClickPlayer(desktop, desktop.sinks.headset, [`application.name=${SOFTPHONE}`])
  const flash = await openFlashWindow(desktop.env.DISPLAY!, { xPx: 300, yPx: 300, widthPx: 200, heightPx: 200 })
  const voiceTap = startClickTap(desktop, `${desktop.sinks.microphone}.monitor`)
  const softphoneTap = startClickTap(desktop, `${desktop.sinks.headset}.monitor`)
  const microphone = spawn('parec', ['--raw', `--property=application.name=${SOFTPHONE}`], { env: desktop.env, stdio: 'ignore' })
  await flash.paint(0)
  const call = await findSoftphone(driver)

  const technician: AudioPacket[] = []
  const customer: AudioPacket[] = []
  const frames: ScreenFrame[] = []
  const into = <Item>(items: Item[]) => ({ onItem: (item: Item) => void items.push(item), onFault: (fault: unknown) => console.error('alignment:', fault) })
  const screen = await driver.openScreen(into(frames))
  const captures = [
    screen,
    driver.openAudio('technician', { kind: 'microphone', device: null }, into(technician)),
    driver.openAudio('customer', { kind: 'program', streamIndex: call.playbackStream }, into(customer)),
  ]
  await sleep(1_500)

  const flashesWallMs: number[] = []
  const beganWallMs = Date.now()
  for (let event = 0; event < events; event++) {
    voice.click()
    softphone.click()
    const { fromWallMs, toWallMs } = await flash.paint(event % 2 === 0 ? 0xffffff : 0)
    flashesWallMs.push((fromWallMs + toWallMs) / 2)
    // Not a multiple of the screen's 200 ms, so that flashes fall everywhere between two looks.
    await sleep(417 + (event % 7) * 31)
  }
  await sleep(1_500)
  await Promise.all(captures.map((capture) => capture.stop()))
  for (const player of [voice, softphone, voiceTap, softphoneTap]) player.end()
  microphone.kill('SIGKILL')
  flash.close()

  const isDuring = (wallMs: number): boolean => wallMs >= beganWallMs
  return {
    technician: clickError(technician, voiceTap.clicksWallMs.filter(isDuring)),
    customer: clickError(customer, softphoneTap.clicksWallMs.filter(isDuring)),
    screen: flashError(frames, screen.size, flashesWallMs),
  }
}

/** As in life: the call is noticed because a program plays and uses the microphone. */
function findSoftphone(driver: CaptureDriver): Promise<SoftphoneCall> {
  return new Promise((resolve, reject) => {
    const watch = driver.watchSoftphones({ onBegan: (call) => void watch.then((capture) => capture.stop()).then(() => resolve(call)), onHold: () => undefined, onEnded: () => undefined })
    watch.catch(reject)
  })
}

function clickError(packets: readonly AudioPacket[], truthsWallMs: readonly number[]): StampError {
  const writer = new OggOpusWriter({ serial: 1 })
  const sound = decodeSound(Buffer.concat([writer.header(), writer.page(packets.map(({ bytes }) => bytes))]))
  const heardWallMs = findClicks(sound).map((sample) => wallMsOf(sample, packets))
  const errors = truthsWallMs.flatMap((truth) => {
    const nearest = heardWallMs.map((heard) => heard - truth).sort((a, b) => Math.abs(a) - Math.abs(b))[0]
    return nearest !== undefined && Math.abs(nearest) < MATCH_MS ? [nearest] : []
  })
  return summarise(errors, errors.map(Math.abs), truthsWallMs.length)
}

/** The decoder has thrown the pre-skip away, so its first sample is not the first packet's. */
function wallMsOf(sample: number, packets: readonly AudioPacket[]): number {
  const encoded = sample + OPUS_PRE_SKIP_SAMPLES
  const packet = packets[Math.floor(encoded / SAMPLES_PER_PACKET)]!
  return packet.wallMs + (encoded % SAMPLES_PER_PACKET) / SAMPLES_PER_MS
}

function flashError(frames: readonly ScreenFrame[], size: ScreenSize, flashesWallMs: readonly number[]): StampError {
  const writer = new ScreenMp4Writer(size)
  const samples = frames.map((frame) => ({ ...frame, atMs: Math.round(frame.wallMs - frames[0]!.wallMs), durationMs: SAMPLING_MS }))
  const brightness = decodeBrightness(Buffer.concat([writer.header(), writer.fragment(samples)]), '100:100:350:350')
  const changesWallMs = frames.filter((_, index) => index > 0 && brightness[index]! > 128 !== brightness[index - 1]! > 128).map(({ wallMs }) => wallMs)
  const offsets = flashesWallMs.flatMap((flash) => changesWallMs.map((change) => change - flash).find((offset) => offset > -SAMPLING_MS && offset < 2 * SAMPLING_MS) ?? [])
  return summarise(offsets, offsets.map((offset) => Math.max(0, -offset, offset - SAMPLING_MS)), flashesWallMs.length)
}

function summarise(signed: readonly number[], sizes: readonly number[], expected: number): StampError {
  const ascending = [...sizes].sort((a, b) => a - b)
  const percentile = (share: number): number => ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Infinity
  return { count: signed.length, expected, meanMs: signed.reduce((sum, value) => sum + value, 0) / signed.length, p50Ms: percentile(0.5), p99Ms: percentile(0.99) }
}
