/**
 * Records the X11 screen at five frames a second; a frame that equals the one before is not encoded, except that one comes
 * every five seconds to say that the screen was watched.
 */
import { createInterface } from 'node:readline'
import { CaptureError } from '../errors'
import { IvfReader } from '../ivf-reader'
import type { CaptureFault, CaptureListener, ScreenCapture, ScreenFrame, ScreenSize } from '../ports'
import { isVp9KeyFrame } from '../vp9-frame'
import { startChild, type Child, type Environment } from './child'
import { keepTrying, type Run } from './keep-trying'
import { FFMPEG_QUIET, parseStartWallMs } from './opus-encoding'
import { startWatchdog } from './watchdog'

const FRAMES_PER_SECOND = 5
/** Equal frames after which one is encoded all the same: a heartbeat every 5.2 s. */
const MAX_EQUAL_FRAMES = 25
/** Each costs about 250 kB at 1080p. */
const KEY_FRAME_EVERY_S = 60
const FIRST_FRAME_LIMIT_MS = 5_000
/** ffmpeg reports its progress this often, frames or not. */
const PROGRESS_EVERY_S = 0.3
const STALL_LIMIT_MS = 1_000

/** How ffmpeg is told to encode the screen, wherever its pictures come from. */
export const SCREEN_ENCODING: readonly string[] = [
  // Without these two, time stamps snap to the grid of the frame rate.
  ...['-vsync', 'vfr', '-enc_time_base', '1/1000'],
  ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '5', '-lag-in-frames', '0', '-tune-content', 'screen', '-threads', '1', '-aq-mode', '0', '-b:v', '0', '-crf', '33'],
  // By time, not by count: a still screen encodes few frames.
  ...['-g', '9999', '-force_key_frames', `expr:gte(t,n_forced*${KEY_FRAME_EVERY_S})`],
  ...['-f', 'ivf', '-flush_packets', '1', 'pipe:1'],
]

/** Resolves with the first frame, and rejects with CaptureError when there is no display that can be recorded. */
export function captureScreen(listener: CaptureListener<ScreenFrame>, env: Environment): Promise<ScreenCapture> {
  const refusal = findRefusal(env)
  if (refusal) return Promise.reject(CaptureError.displayUnreachable(refusal))
  return new Promise((resolve, reject) => {
    let size: ScreenSize | null = null
    const opening: CaptureListener<ScreenFrame> = {
      onItem: (frame) => listener.onItem(frame),
      onFault: (fault) => {
        if (size) return listener.onFault(fault)
        void capture.stop().then(() => reject(CaptureError.displayUnreachable(fault.detail)))
      },
    }
    const capture = keepTrying<ScreenFrame>((run) => recordScreen(run, env, size, (seen) => {
      size ??= seen
      resolve({ size, stop: () => capture.stop() })
    }), opening)
  })
}

/** Why this session's screen cannot be recorded whatever we try. */
export function findRefusal(env: Environment): string | null {
  if (env.XDG_SESSION_TYPE === 'wayland' || (env.WAYLAND_DISPLAY && env.XDG_SESSION_TYPE !== 'x11')) return 'this is a Wayland session, whose screen other programs cannot see'
  return env.DISPLAY ? null : 'DISPLAY is not set'
}

/** A display whose size has changed is scaled to the size that the track was opened with. */
async function recordScreen(run: Run<ScreenFrame>, env: Environment, fixedSize: ScreenSize | null, onSize: (size: ScreenSize) => void): Promise<void> {
  const reader = new IvfReader()
  let startWallMs: number | null = null
  let waiting: ScreenFrame[] = []

  const child = startChild('ffmpeg', screenRecorderArgs(env.DISPLAY!, fixedSize), { env, onStderrLine: (line) => (startWallMs ??= parseStartWallMs(line)) })
  const watchdog = startWatchdog({
    firstLimitMs: FIRST_FRAME_LIMIT_MS,
    limitMs: STALL_LIMIT_MS,
    onStarved: () => run.fail({ cause: 'capture-stalled', detail: `the display ${env.DISPLAY} stopped answering` }),
  })
  const geometry = makeGeometryWatch(env, () => run.fail({ cause: 'display-lost', detail: 'the display changed its size' }))
  child.progress.on('data', () => watchdog.feed())
  child.stdout.on('data', (bytes: Buffer) => {
    for (const frame of reader.read(bytes)) waiting.push({ bytes: frame.bytes, wallMs: frame.atMs, isKey: isVp9KeyFrame(frame.bytes) })
    if (startWallMs === null || !reader.header) return
    if (waiting.length > 0) {
      onSize({ widthPx: reader.header.widthPx, heightPx: reader.header.heightPx })
      // Not before the first frame, which a call that begins waits for.
      geometry.begin()
    }
    for (const frame of waiting) run.deliver({ ...frame, wallMs: startWallMs + frame.wallMs })
    waiting = []
  })
  void child.ended.then((lastWords) => run.fail(explainEnd(lastWords)))

  const outcome = await run.over
  watchdog.stop()
  await Promise.all([geometry.end(), outcome === 'stopped' ? child.end() : child.kill()])
}

/** ffmpeg would go on with the old corner of a display that grew. The window manager tells the size (EWMH). */
function makeGeometryWatch(env: Environment, onChange: () => void): { begin(): void; end(): Promise<void> } {
  let child: Child | null = null
  return {
    begin: () => (child ??= watchGeometry(env, onChange)),
    end: async () => child?.kill(),
  }
}

function watchGeometry(env: Environment, onChange: () => void): Child {
  const child = startChild('xprop', ['-root', '-spy', '_NET_DESKTOP_GEOMETRY'], { env })
  let known: string | null = null
  createInterface({ input: child.stdout }).on('line', (line) => {
    const size = /= (\d+, \d+)/.exec(line)?.[1]
    if (!size) return
    known ??= size
    if (size !== known) onChange()
  })
  return child
}

const explainEnd = (lastWords: string): CaptureFault => ({ cause: /Cannot open display|Cannot get the image|broken|xcb/i.test(lastWords) ? 'display-lost' : 'capture-stopped', detail: lastWords })

export function screenRecorderArgs(display: string, fixedSize: ScreenSize | null): string[] {
  const fit = fixedSize && `scale=${fixedSize.widthPx}:${fixedSize.heightPx}:force_original_aspect_ratio=decrease,pad=${fixedSize.widthPx}:${fixedSize.heightPx}:-1:-1`
  // Going through bgr24 halves the cost of the conversion. mpdecimate's defaults would lose small changes of text.
  const filters = ['format=bgr24', 'format=yuv420p', fit, `mpdecimate=hi=1:lo=1:frac=0:max=${MAX_EQUAL_FRAMES}`].filter(Boolean).join(',')
  return [
    ...FFMPEG_QUIET,
    ...['-progress', 'pipe:3', '-stats_period', String(PROGRESS_EVERY_S)],
    ...['-probesize', '32', '-analyzeduration', '0', '-f', 'x11grab', '-framerate', String(FRAMES_PER_SECOND), '-i', display],
    ...['-vf', filters],
    ...SCREEN_ENCODING,
  ]
}
