/**
 * Plays a voice where the softphone plays: the technician alone hears it. A stream of our own beside the softphone's, on
 * which nothing depends: neither the microphone nor the softphone's own stream is touched.
 */
import { CaptureError } from '../errors'
import type { SoftphoneCall, VoicePlayback } from '../ports'
import { type Child, type Environment, startChild } from './child'
import { makeStreamName } from './opus-encoding'
import { pause } from './pause'
import type { PulseServer } from './pulse-server'
import type { PulseState } from './pulse-state'

/** A sound server that takes nothing for so long, at 192 kB/s, has failed. */
const MAX_UNPLAYED_BYTES = 192_000
const FINISH_LIMIT_MS = 2_000

export function playVoice(beside: SoftphoneCall | null, onFailed: (why: string) => void, { env, pulse }: { env: Environment; pulse: PulseServer }): VoicePlayback {
  let child: Child | null = null
  let waiting: Float32Array[] = []
  let isOver = false
  const fail = (why: string): void => {
    if (isOver) return
    isOver = true
    onFailed(why)
  }
  const opening = pulse.latest().then(
    (state) => {
      if (isOver) return
      child = startChild('pacat', playerArgs(findSink(beside, state)), { env })
      void child.ended.then(fail)
      for (const samples of waiting.splice(0)) write(child, samples)
    },
    (error: unknown) => fail(error instanceof CaptureError ? error.message : String(error)),
  )
  function write({ stdin }: Child, samples: Float32Array): void {
    if (stdin.writableLength > MAX_UNPLAYED_BYTES) fail('the sound server takes no sound')
    else stdin.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength))
  }
  return {
    play(samples) {
      if (isOver) return
      if (child) write(child, samples)
      else waiting.push(samples)
    },
    async finish() {
      await opening
      isOver = true
      if (!child) return
      const limit = new AbortController()
      child.stdin.end()
      await Promise.race([child.ended, pause(FINISH_LIMIT_MS, limit.signal)])
      limit.abort()
      await child.kill()
    },
    async cut() {
      isOver = true
      waiting = []
      await opening
      await child?.kill()
    },
  }
}

/** Of the softphone's stream, or of the newest one that it has by now; `null` for the one that is in use. */
export function findSink(beside: SoftphoneCall | null, { playbacks, sinks }: PulseState): string | null {
  if (!beside) return null
  const stream = playbacks.find(({ index }) => index === beside.playbackStream) ?? playbacks.findLast(({ application }) => application.name === beside.application)
  return sinks.find(({ index }) => index === stream?.deviceIndex)?.name ?? null
}

const playerArgs = (sink: string | null): string[] => [
  ...['--playback', '--raw', '--format=float32le', '--rate=48000', '--channels=1', '--latency-msec=40'],
  ...['--client-name=Callwitness', `--stream-name=${makeStreamName('coach')}`],
  ...(sink === null ? [] : [`--device=${sink}`]),
]
