/**
 * Records what one program plays and nothing else: system sounds, music and other programs never become the customer.
 *
 *   parec --monitor-stream ──PCM──▶ PcmTimeline (time stamps, silence while on hold) ──PCM──▶ ffmpeg ──packets──▶
 *
 * PulseAudio ends such a recording when the program's stream ends and never moves it to another source. The program may
 * come back with a new stream (another device, a restarted sound server): it is recognised by its application.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AudioTrack } from '@/protocol/tracks'
import { CaptureError } from '../errors'
import type { AudioPacket, Capture, CaptureFault, CaptureListener } from '../ports'
import type { Environment } from './child'
import { faultOf, keepTrying, type Run } from './keep-trying'
import { FFMPEG_QUIET, makeStreamName, OPUS_ENCODING } from './opus-encoding'
import { OpusPacketReader } from './opus-packet-reader'
import type { Pace } from './pace'
import { PcmTimeline } from './pcm-timeline'
import type { PipeStock } from './pipe-stock'
import { startPolledChild } from './polled-child'
import type { PulseServer } from './pulse-server'
import { isSameApplication, type PulseApplication, type PulseState, type PulseStream } from './pulse-state'
import { startWatchdog } from './watchdog'

const FIRST_PACKET_LIMIT_MS = 2_000
const STALL_LIMIT_MS = 1_000
const BYTES_PER_SAMPLE = 2
/** How often silence is made while a program is on hold, and how far behind the present it stays. */
const FILL_EVERY_MS = 100
const FILL_BEHIND_MS = 100
/** The encoder begins behind those of screen and microphone, which cannot make up for a late start as it can: three at once hold each other up. */
const ENCODER_AFTER_MS = 250
/** A timer that is later than this was asleep with the whole computer. */
const SLEPT_FROM_MS = 5_000

type Parts = { env: Environment; pulse: PulseServer; pace: Pace; pipes: PipeStock }

export function captureProgram(track: AudioTrack, streamIndex: number, listener: CaptureListener<AudioPacket>, parts: Parts): Capture {
  let application: PulseApplication | null = null
  return keepTrying(async (run) => {
    const stream = findStream(streamIndex, application, await parts.pulse.read())
    application = stream.application
    await recordStream(track, stream, run, parts)
  }, listener)
}

/** The stream of that index, unless another program has it by now; otherwise the program's newest. Throws CaptureError. */
export function findStream(index: number, application: PulseApplication | null, { playbacks }: PulseState): PulseStream {
  const isTheirs = (stream: PulseStream): boolean => application === null || isSameApplication(stream.application, application)
  const found = playbacks.find((stream) => stream.index === index && isTheirs(stream)) ?? (application && playbacks.findLast(isTheirs))
  if (!found) throw CaptureError.streamMissing(application?.name ?? `the program of stream ${index}`)
  return found
}

async function recordStream(track: AudioTrack, stream: PulseStream, run: Run<AudioPacket>, { env, pulse, pace, pipes }: Parts): Promise<void> {
  const [heard, encoded] = await Promise.all([pipes.take(), pipes.take()])
  const program = stream.application.name
  const timeline = new PcmTimeline(Date.now() - FILL_BEHIND_MS)
  const packets = new OpusPacketReader()
  const samples = new WholeSamples()
  let lastArrivalMs = Date.now()
  let filler: NodeJS.Timeout | undefined

  const watchdog = startWatchdog({
    firstLimitMs: FIRST_PACKET_LIMIT_MS,
    limitMs: STALL_LIMIT_MS,
    onStarved: () => run.fail({ cause: 'capture-stalled', detail: `the sound of ${program} stopped coming` }),
  })
  const early: Buffer[] = []
  let encode = (pcm: Buffer): void => void early.push(pcm)
  const encodeSilence = (sampleCount: number): void => {
    if (sampleCount > 0) encode(Buffer.alloc(sampleCount * BYTES_PER_SAMPLE))
  }
  const tap = startPolledChild('parec', tapArgs(stream.index, makeStreamName(track)), {
    env,
    pace,
    output: heard,
    stage: 'raw',
    onOutput(bytes) {
      const pcm = samples.take(bytes)
      lastArrivalMs = Date.now()
      encodeSilence(timeline.arrive(pcm.length / BYTES_PER_SAMPLE, lastArrivalMs))
      encode(pcm)
      if (timeline.hasLostSound) run.fail({ cause: 'capture-stalled', detail: `the sound of ${program} came with a hole in it` })
    },
  })
  const fillHold = (): void => {
    const untilMs = Date.now() - FILL_BEHIND_MS
    const missingMs = timeline.missingMs(untilMs)
    if (untilMs < lastArrivalMs) return
    if (missingMs > SLEPT_FROM_MS) run.fail({ cause: 'computer-slept', detail: `nothing is known of ${program} for ${Math.round(missingMs)} ms` })
    else encodeSilence(timeline.fill(untilMs))
  }
  const unwatch = pulse.watch({
    onState({ playbacks }) {
      clearInterval(filler)
      if (playbacks.find(({ index }) => index === stream.index)?.isCorked) filler = setInterval(fillHold, FILL_EVERY_MS)
    },
  })

  void tap.ended.then(async (lastWords) => run.fail(await explainEnd(stream, lastWords, pulse)))

  await Promise.race([sleep(ENCODER_AFTER_MS), run.over])
  const encoder = startPolledChild('ffmpeg', encoderArgs, {
    env,
    pace,
    output: encoded,
    stage: 'encoded',
    onOutput(bytes) {
      watchdog.feed()
      for (const packet of packets.read(bytes)) run.deliver({ bytes: packet.bytes, wallMs: timeline.wallMsOf(packet.firstSample) })
    },
  })
  encode = (pcm) => void encoder.stdin.write(pcm)
  early.forEach(encode)
  void encoder.ended.then((lastWords) => run.fail({ cause: 'capture-stopped', detail: lastWords }))

  const outcome = await run.over
  watchdog.stop()
  await Promise.all([unwatch(), tap.kill()])
  clearInterval(filler)
  await (outcome === 'stopped' ? encoder.end() : encoder.kill())
}

async function explainEnd(stream: PulseStream, lastWords: string, pulse: PulseServer): Promise<CaptureFault> {
  try {
    const { playbacks } = await pulse.read()
    if (playbacks.some(({ index }) => index === stream.index)) return { cause: 'capture-stopped', detail: lastWords }
    return { cause: 'capture-stopped', detail: `${stream.application.name} ended its sound` }
  } catch (error) {
    return faultOf(error)
  }
}

/** Pipes may cut a sample in two. */
class WholeSamples {
  private rest: Buffer = Buffer.alloc(0)

  take(bytes: Buffer): Buffer {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes
    const wholeBytes = all.length - (all.length % BYTES_PER_SAMPLE)
    this.rest = all.subarray(wholeBytes)
    return all.subarray(0, wholeBytes)
  }
}

const tapArgs = (streamIndex: number, streamName: string): string[] => [
  `--monitor-stream=${streamIndex}`,
  '--client-name=Callwitness',
  `--stream-name=${streamName}`,
  ...['--raw', '--format=s16le', '--rate=48000', '--channels=1', '--latency-msec=20'],
]

const encoderArgs = [...FFMPEG_QUIET, '-probesize', '32', '-analyzeduration', '0', '-f', 's16le', '-ar', '48000', '-ac', '1', '-i', 'pipe:0', ...OPUS_ENCODING]
