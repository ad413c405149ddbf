/**
 * Records a source of the sound server: a microphone, or everything that a speaker plays.
 *
 * When a source goes away PulseAudio silently moves the recording to the default source, and the customer's track would
 * hold the technician's voice. So packets are held back from the moment that something changes until the server says
 * that the stream still hangs on the source it was opened on; if it does not, they are thrown away.
 */
import type { AudioTrack } from '@/protocol/tracks'
import { CaptureError } from '../errors'
import type { AudioPacket, AudioSource, Capture, CaptureFault, CaptureListener } from '../ports'
import type { Environment } from './child'
import { faultOf, keepTrying, type Run } from './keep-trying'
import { FFMPEG_QUIET, makeStreamName, OPUS_ENCODING, parseStartWallMs } from './opus-encoding'
import { OpusPacketReader, type PlacedPacket } from './opus-packet-reader'
import type { Pace } from './pace'
import type { PipeStock } from './pipe-stock'
import { startPolledChild } from './polled-child'
import type { PulseServer } from './pulse-server'
import type { PulseSource, PulseState } from './pulse-state'
import { startWatchdog } from './watchdog'

const FIRST_PACKET_LIMIT_MS = 3_000
const STALL_LIMIT_MS = 1_000
/** Packets held back: three seconds. A sound server that tells nothing for so long has failed. */
const HELD_LIMIT = 150
const SAMPLES_PER_MS = 48

export type DeviceSource = Exclude<AudioSource, { kind: 'program' }>
type Parts = { env: Environment; pulse: PulseServer; pace: Pace; pipes: PipeStock }

export function captureSource(track: AudioTrack, wanted: DeviceSource, listener: CaptureListener<AudioPacket>, parts: Parts): Capture {
  return keepTrying(async (run) => {
    const source = findSource(wanted, await parts.pulse.read())
    await recordSource(track, source, run, parts)
  }, listener)
}

/** Throws CaptureError when it is not there. A default that is only a speaker's monitor is no microphone. */
export function findSource(wanted: DeviceSource, state: PulseState): PulseSource {
  const { kind, device } = wanted
  const found = kind === 'microphone' ? findMicrophone(device, state) : findMonitor(device, state)
  if (found) return found
  const present = kind === 'microphone' ? state.sources.filter((source) => !source.isMonitor) : state.sinks
  throw CaptureError.deviceMissing(kind, device, present.map(({ name }) => name))
}

function findMicrophone(device: string | null, state: PulseState): PulseSource | undefined {
  if (device !== null) return state.sources.find((source) => source.name === device)
  return state.sources.find((source) => source.name === state.defaultSource && !source.isMonitor)
}

function findMonitor(device: string | null, state: PulseState): PulseSource | undefined {
  const sink = state.sinks.find(({ name }) => name === (device ?? state.defaultSink))
  return state.sources.find(({ name }) => name === sink?.monitorSource)
}

async function recordSource(track: AudioTrack, source: PulseSource, run: Run<AudioPacket>, { env, pulse, pace, pipes }: Parts): Promise<void> {
  const output = await pipes.take()
  const streamName = makeStreamName(track)
  const reader = new OpusPacketReader()
  let startWallMs: number | null = null
  let held: PlacedPacket[] = []
  let isVerified = false

  const watchdog = startWatchdog({
    firstLimitMs: FIRST_PACKET_LIMIT_MS,
    limitMs: STALL_LIMIT_MS,
    onStarved: () => run.fail({ cause: 'capture-stalled', detail: `${source.description} stopped delivering sound` }),
  })
  const releaseVerified = (): void => {
    if (!isVerified || startWallMs === null) return
    for (const { bytes, firstSample } of held) run.deliver({ bytes, wallMs: startWallMs + firstSample / SAMPLES_PER_MS })
    held = []
  }
  const unwatch = pulse.watch({
    onChanging: () => (isVerified = false),
    onState: (state) => {
      const stream = state.recordings.find(({ mediaName }) => mediaName === streamName)
      if (stream && stream.deviceIndex !== source.index) run.fail({ cause: 'device-unplugged', detail: `${source.description} is gone` })
      isVerified = stream?.deviceIndex === source.index
      releaseVerified()
    },
  })
  const child = startPolledChild('ffmpeg', sourceRecorderArgs(source.name, streamName), {
    env,
    stage: 'encoded',
    pace,
    output,
    onStderrLine: (line) => (startWallMs ??= parseStartWallMs(line)),
    onOutput(bytes) {
      watchdog.feed()
      held.push(...reader.read(bytes))
      releaseVerified()
      if (held.length > HELD_LIMIT) run.fail({ cause: 'sound-server-lost', detail: `the sound server does not say where ${source.description} comes from` })
    },
  })
  void child.ended.then(async (lastWords) => run.fail(await explainEnd(source, lastWords, pulse)))

  const outcome = await run.over
  watchdog.stop()
  await Promise.all([unwatch(), outcome === 'stopped' ? child.end() : child.kill()])
}

/** ffmpeg tells neither by its exit code nor by its words why a source ended. */
async function explainEnd(source: PulseSource, lastWords: string, pulse: PulseServer): Promise<CaptureFault> {
  try {
    const state = await pulse.read()
    if (state.sources.some(({ index, name }) => index === source.index && name === source.name)) return { cause: 'capture-stopped', detail: lastWords }
    return { cause: 'device-unplugged', detail: `${source.description} is gone` }
  } catch (error) {
    return faultOf(error)
  }
}

export const sourceRecorderArgs = (source: string, streamName: string): string[] => [
  ...FFMPEG_QUIET,
  ...['-f', 'pulse', '-name', 'Callwitness', '-stream_name', streamName, '-sample_rate', '48000', '-channels', '1', '-fragment_size', '960', '-i', source],
  ...OPUS_ENCODING,
]
