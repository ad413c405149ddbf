/** Programs on the virtual desktop that tests record: tones, softphones, and what they sounded like afterwards. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AudioPacket, Capture, CaptureFault, CaptureListener } from '@/agent/capture/ports'
import { OggOpusWriter } from '@/agent/capture/ogg-writer'
import type { VirtualDesktop } from '@/demo/virtual-desktop'
import { decodeSound } from '@/demo/media-probe'

const running = new Set<ChildProcess>()

/** Ends whatever a test started. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
}

export function startProgram(desktop: VirtualDesktop, command: string, args: string[]): ChildProcess {
  const child = spawn(command, args, { env: desktop.env, stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.on('error', () => undefined)
  running.add(child)
  return child
}

/** Plays a sine wave until it is killed. `properties` are the stream's, such as `application.name=Linphone`. */
export function playTone(desktop: VirtualDesktop, sink: string, hz: number, properties: string[] = []): ChildProcess {
  const samples = new Int16Array(48_000)
  for (let index = 0; index < samples.length; index++) samples[index] = Math.round(10_000 * Math.sin((2 * Math.PI * hz * index) / 48_000))
  const second = Buffer.from(samples.buffer)
  const flags = properties.map((property) => `--property=${property}`)
  const player = startProgram(desktop, 'pacat', ['--playback', '--raw', '--format=s16le', '--rate=48000', '--channels=1', '--latency-msec=60', '-d', sink, ...flags])
  const feed = (): void => {
    if (player.stdin!.write(second)) setImmediate(feed)
    else player.stdin!.once('drain', feed)
  }
  feed()
  return player
}

/** What a softphone opens: its sound on the headset, and the microphone. */
export function startSoftphone(desktop: VirtualDesktop, { hz, properties, microphoneProperties = properties }: { hz: number; properties: string[]; microphoneProperties?: string[] }): { playback: ChildProcess; microphone: ChildProcess; end(): void } {
  const playback = playTone(desktop, desktop.sinks.headset, hz, properties)
  const microphone = startProgram(desktop, 'parec', ['--raw', '-d', desktop.microphoneSource, ...microphoneProperties.map((property) => `--property=${property}`)])
  return { playback, microphone, end: () => [playback, microphone].forEach((child) => child.kill('SIGKILL')) }
}

export const LINPHONE = ['media.role=phone', 'application.name=Linphone', 'application.process.binary=linphone']
/** As Chromium 156 shows itself in a WebRTC call: two names, no role, one process. */
export const CHROMIUM = ['application.name=Chromium', 'application.process.binary=chromium', 'application.process.id=4242', 'media.name=Playback']
export const CHROMIUM_MICROPHONE = ['application.name=Chromium input', 'application.process.binary=chromium', 'application.process.id=4242', 'media.name=RecordStream']

/** Puts every softphone on hold: PulseAudio asks streams of the role `phone` to cork while one of the role `announce` plays. */
export function holdSoftphones(desktop: VirtualDesktop): { end(): void } {
  pactl(desktop, 'load-module', 'module-role-cork', 'trigger_roles=announce', 'cork_roles=phone')
  const announcement = playTone(desktop, desktop.sinks.headset, 2_000, ['media.role=announce'])
  return { end: () => void announcement.kill('SIGKILL') }
}

export type Recorded = { packets: AudioPacket[]; faults: CaptureFault[]; listener: CaptureListener<AudioPacket> }

export function makeRecorded(): Recorded {
  const packets: AudioPacket[] = []
  const faults: CaptureFault[] = []
  return { packets, faults, listener: { onItem: (packet) => packets.push(packet), onFault: (fault) => faults.push(fault) } }
}

export function decodePackets(packets: readonly AudioPacket[]): Int16Array {
  const writer = new OggOpusWriter({ serial: 1 })
  return decodeSound(Buffer.concat([writer.header(), writer.page(packets.map(({ bytes }) => bytes))]))
}

export async function until(what: string, isTrue: () => boolean, limitMs = 10_000): Promise<void> {
  const giveUpAt = Date.now() + limitMs
  while (!isTrue()) {
    if (Date.now() > giveUpAt) throw new Error(`waited ${limitMs} ms in vain until ${what}`)
    await sleep(10)
  }
}

export async function recordFor(durationMs: number, open: (listener: CaptureListener<AudioPacket>) => Capture): Promise<Recorded> {
  const recorded = makeRecorded()
  const capture = open(recorded.listener)
  await sleep(durationMs)
  await capture.stop()
  return recorded
}

export const pactl = (desktop: VirtualDesktop, ...args: string[]): string => execFileSync('pactl', args, { env: desktop.env }).toString()

/** Index of the newest stream that a program of this name plays. */
export function playbackIndex(desktop: VirtualDesktop, application: string): number {
  // The shape is pactl's own; a test that meets another fails here.
  const inputs = JSON.parse(pactl(desktop, '--format=json', 'list', 'sink-inputs')) as { index: number; properties: Record<string, string> }[]
  return inputs.findLast((input) => input.properties['application.name'] === application)!.index
}
