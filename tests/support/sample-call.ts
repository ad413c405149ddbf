/**
 * A call as a real agent would have written it, with sound that a synthesiser speaks and a screen that ffmpeg draws: for
 * tests of what follows ingest. Both sides of the conversation, an action, a pause and a loss are where the script says.
 */
import { execFile, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { IvfReader } from '@/agent/capture/ivf-reader'
import { ScreenMp4Writer } from '@/agent/capture/mp4-writer'
import { OggPageReader } from '@/agent/capture/ogg-reader'
import { OggOpusWriter } from '@/agent/capture/ogg-writer'
import type { ActionData } from '@/protocol/entries'
import { type AudioTrack, trackFile, type TrackDescription } from '@/protocol/tracks'
import { SampleCall, type TestDevice } from '../server/ingest/sample-call'

export type Party = 'technician' | 'customer'
export type Sentence = Readonly<{ track: Party; atMs: number; text: string }>
export type Spoken = Sentence & Readonly<{ endMs: number }>
/** PNGs of the screen, each shown from its position on. */
export type ScreenPicture = Readonly<{ atMs: number; png: Uint8Array }>

export type Script = Readonly<{
  lengthMs: number
  /** One microphone that heard both, as an agent without the softphone's own sound records. */
  isMixed?: boolean
  sentences: readonly Sentence[]
  /** Empty: a call without a screen. */
  screen: readonly ScreenPicture[]
  actions: readonly (Partial<ActionData> & { atMs: number })[]
  notes?: readonly { atMs: number; text: string }[]
  pause?: { fromMs: number; toMs: number }
  screenLost?: { fromMs: number; toMs: number }
  startedAt?: string
}>

const execute = promisify(execFile)
const CHUNK_MS = 1_000
const PACKET_MS = 20
const SAMPLE_RATE_HZ = 22_050
const VOICES: Readonly<Record<Party, string>> = { technician: 'en-us+f3', customer: 'en-gb+m3' }

const tracksOf = ({ isMixed }: Script): readonly AudioTrack[] => (isMixed ? ['mixed'] : ['technician', 'customer'])

/** The finished log, closed and sealed, and when each sentence really ended. */
export async function makeSpokenCall(device: TestDevice, script: Script): Promise<{ call: SampleCall; spoken: Spoken[] }> {
  const sounds = await Promise.all(script.sentences.map(speak))
  const spoken = script.sentences.map((sentence, index) => ({ ...sentence, endMs: sentence.atMs + Math.round((sounds[index]!.length / SAMPLE_RATE_HZ) * 1_000) }))
  const tracks = await Promise.all(tracksOf(script).map(async (track) => [track, await encode(mix(script, sounds, track))] as const))
  const screen = script.screen.length > 0 ? await drawScreen(script) : null
  const call = new SampleCall(device, undefined, { startedAt: script.startedAt ?? '2026-11-24T07:02:26.000Z', tracks: describeTracks(script, screen), consentRule: { jurisdiction: 'ID', requires: 'all-parties' } })
  writeLog(call, script, new Map(tracks), screen)
  return { call, spoken }
}

function writeLog(call: SampleCall, script: Script, packets: ReadonlyMap<AudioTrack, readonly Uint8Array[]>, screen: Screen | null): void {
  const writers = new Map(tracksOf(script).map((track, index) => [track, new OggOpusWriter({ serial: index + 1 })]))
  const by = call.device.technician
  for (const [track, writer] of writers) call.audio(track, copy(writer.header()), 0)
  const writeScreen = screen && makeScreenLog(call, screen, script)
  const { pause } = script
  const deeds = [
    ...script.actions.map(({ atMs, ...action }) => ({ atMs, write: () => call.action(action) })),
    ...(script.notes ?? []).map(({ atMs, text }) => ({ atMs, write: () => call.add({ kind: 'note', atMs, data: { by, text } }) })),
    { atMs: 400, write: () => call.add({ kind: 'consent', atMs: 400, data: { state: 'announced', by: 'technician' } }) },
    ...(pause ? [{ atMs: pause.fromMs, write: () => call.add({ kind: 'pause', atMs: pause.fromMs, data: { by, reason: 'card' } }) }] : []),
    ...(pause ? [{ atMs: pause.toMs, write: () => call.add({ kind: 'resume', atMs: pause.toMs, data: { by } }) }] : []),
  ].sort((a, b) => a.atMs - b.atMs)

  for (let atMs = 0; atMs < script.lengthMs; atMs += CHUNK_MS) {
    const isPaused = pause !== undefined && pause.fromMs <= atMs && atMs < pause.toMs
    while (deeds[0] && deeds[0].atMs < atMs + CHUNK_MS) {
      call.atMs = deeds[0].atMs
      deeds.shift()!.write()
    }
    call.atMs = atMs
    for (const [track, writer] of writers) {
      const second = packets.get(track)!.slice(atMs / PACKET_MS, (atMs + CHUNK_MS) / PACKET_MS)
      if (isPaused) call.audio(track, copy(writer.silence(second.length)), 0)
      else call.audio(track, copy(writer.page(second)), CHUNK_MS)
    }
    if (!isPaused) writeScreen?.(atMs)
    if (atMs % 30_000 === 0) call.seal()
  }
  call.atMs = script.lengthMs
  call.hangUp()
  for (const deed of deeds) {
    call.atMs = deed.atMs
    deed.write()
  }
  call.close().seal()
}

type Screen = Readonly<{ widthPx: number; heightPx: number; frames: readonly { bytes: Uint8Array; atMs: number }[] }>

/** Frames of each second as one fragment; a lost stretch is declared when it is over. */
function makeScreenLog(call: SampleCall, { widthPx, heightPx, frames }: Screen, { screenLost }: Script): (atMs: number) => void {
  const writer = new ScreenMp4Writer({ widthPx, heightPx })
  let offsetBytes = 0
  const write = (bytes: Uint8Array, atMs: number, durationMs: number): void => {
    const payload = copy(bytes)
    call.add({ kind: 'screen', track: 'screen', atMs, durationMs, offsetBytes, bytes: payload.length, sha256: hash('sha256', payload, 'hex') }, payload)
    offsetBytes += payload.length
  }
  write(writer.header(), 0, 0)
  return (atMs) => {
    if (screenLost && screenLost.fromMs <= atMs && atMs < screenLost.toMs) {
      if (atMs + CHUNK_MS >= screenLost.toMs)
        call.add({ kind: 'gap', track: 'screen', atMs: screenLost.fromMs, durationMs: screenLost.toMs - screenLost.fromMs, data: { cause: 'display-lost', detail: 'the monitor was unplugged' } })
      return
    }
    const second = frames.filter((frame) => atMs <= frame.atMs && frame.atMs < atMs + CHUNK_MS)
    const isFirst = (frame: (typeof frames)[number]): boolean => frame === frames[0]
    write(writer.fragment(second.map((frame) => ({ ...frame, durationMs: CHUNK_MS / second.length, isKey: isFirst(frame) }))), atMs, CHUNK_MS)
  }
}

async function speak({ track, text }: Sentence): Promise<Int16Array> {
  const { stdout } = await execute('espeak-ng', ['-v', VOICES[track], '-s', '165', '--stdout', text], { encoding: 'buffer', maxBuffer: 32 * 1024 * 1024 })
  const WAV_HEADER_BYTES = 44
  const samples = stdout.subarray(WAV_HEADER_BYTES)
  return Int16Array.from({ length: Math.floor(samples.length / 2) }, (_, index) => samples.readInt16LE(index * 2))
}

function mix({ sentences, lengthMs }: Script, sounds: readonly Int16Array[], wanted: AudioTrack): Int16Array {
  const whole = new Int16Array(Math.ceil((lengthMs / 1_000) * SAMPLE_RATE_HZ))
  sentences.forEach(({ track, atMs }, index) => {
    const at = Math.round((atMs / 1_000) * SAMPLE_RATE_HZ)
    if (track === wanted || wanted === 'mixed') whole.set(sounds[index]!.subarray(0, whole.length - at), at)
  })
  return whole
}

async function encode(sound: Int16Array): Promise<Uint8Array[]> {
  const opus = ['-c:a', 'libopus', '-application', 'voip', '-frame_duration', String(PACKET_MS), '-b:a', '24k', '-f', 'ogg', 'pipe:1']
  const bytes = await runFfmpeg(['-f', 's16le', '-ar', String(SAMPLE_RATE_HZ), '-ac', '1', '-i', 'pipe:0', '-ar', '48000', ...opus], Buffer.from(sound.buffer))
  const HEADER_PACKETS = 2
  return new OggPageReader().read(bytes).flatMap(({ packets }) => packets).slice(HEADER_PACKETS)
}

/** Each picture until the next, two frames a second. */
async function drawScreen({ screen, lengthMs }: Script): Promise<Screen> {
  const FRAMES_PER_SECOND = 2
  const pictures = Array.from({ length: Math.ceil((lengthMs / 1_000) * FRAMES_PER_SECOND) }, (_, frame) => screen.findLast(({ atMs }) => atMs <= (frame * 1_000) / FRAMES_PER_SECOND)!.png)
  const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0', '-b:v', '0', '-crf', '33', '-g', '9999', '-pix_fmt', 'yuv420p', '-f', 'ivf', 'pipe:1']
  const bytes = await runFfmpeg(['-f', 'image2pipe', '-c:v', 'png', '-framerate', String(FRAMES_PER_SECOND), '-i', 'pipe:0', ...vp9], Buffer.concat(pictures))
  const reader = new IvfReader()
  const frames = reader.read(bytes)
  return { ...reader.header!, frames }
}

async function runFfmpeg(args: readonly string[], input: Uint8Array): Promise<Uint8Array> {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(input)
  return buffer(child.stdout)
}

function describeTracks(script: Script, screen: Screen | null): TrackDescription[] {
  const voices = tracksOf(script).map((track): TrackDescription => ({ track, codec: 'opus', file: trackFile(track), sampleRateHz: 48_000, channels: 1 }))
  return screen ? [...voices, { track: 'screen', codec: 'vp9', file: trackFile('screen'), widthPx: screen.widthPx, heightPx: screen.heightPx }] : voices
}

const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
