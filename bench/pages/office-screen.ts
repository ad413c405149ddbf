/**
 * The screen of somebody at work, as the agent records it: for a tenth of the time somebody types, the rest it stands still
 * and only the heartbeat comes. One minute is drawn and encoded, the others are the same minute again, each from its key frame.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Browser } from 'playwright-core'
import { ScreenChunker } from '@/agent/call/screen-chunker'
import { makeScreenMuxer } from '@/agent/call/track-muxer'
import { IvfReader } from '@/agent/capture/ivf-reader'
import { SCREEN_ENCODING } from '@/agent/capture/linux/screen-capture'
import type { ScreenSize } from '@/agent/capture/ports'
import { isVp9KeyFrame } from '@/agent/capture/vp9-frame'
import type { MediaItem } from '@/agent/spool/pending-items'
import { drawCrm } from '../../tests/e2e/pages/crm-picture'

const SIZE: ScreenSize = { widthPx: 1_920, heightPx: 1_080 }
const MINUTE_MS = 60_000
const FRAME_MS = 200
const HEARTBEAT_MS = 5_200
/** Each minute has as many stretches of typing, evenly apart. */
const STRETCHES = 3
const FRAMES_PER_STRETCH = 10
const TYPED = 'Customer asks for roaming from the twenty-seventh, two weeks, and declines the plan of twenty-four months. Told the price of a day.'

export type ScreenChunk = Readonly<{ atMs: number; durationMs: number; payload: Uint8Array<ArrayBuffer> }>
export type OfficeScreen = Readonly<{ size: ScreenSize; header: Uint8Array<ArrayBuffer>; chunks: readonly ScreenChunk[] }>

export async function recordOfficeScreen(browser: Browser, lengthMs: number): Promise<OfficeScreen> {
  const minute = await encode(await drawMinute(browser))
  const chunker = new ScreenChunker()
  const muxer = makeScreenMuxer(SIZE, null)
  const header = bytesOf(muxer.header()!)
  const chunks: ScreenChunk[] = []
  const write = (pieces: ReturnType<ScreenChunker['push']>): void => {
    for (const piece of pieces) {
      if (piece.kind === 'hole') throw new Error(`the screen has a hole from ${piece.fromMs} to ${piece.toMs} ms`)
      chunks.push({ atMs: piece.fromMs, durationMs: piece.toMs - piece.fromMs, payload: bytesOf(muxer.chunk(piece.items)) })
    }
  }
  for (let beganMs = 0; beganMs < lengthMs; beganMs += MINUTE_MS) {
    for (const frame of minute) if (beganMs + frame.atMs < lengthMs) write(chunker.push({ ...frame, atMs: beganMs + frame.atMs }))
  }
  write(chunker.cutAt(lengthMs))
  return { size: SIZE, header, chunks }
}

type Picture = Readonly<{ atMs: number; png: Uint8Array }>

/** Pictures where something changed, and where a heartbeat says that nothing did. */
async function drawMinute(browser: Browser): Promise<Picture[]> {
  const frames = STRETCHES * FRAMES_PER_STRETCH
  const states = Array.from({ length: frames }, (_, frame) => ({ isRoaming: frame >= frames / 2, comment: TYPED.slice(0, Math.ceil(((frame + 1) / frames) * TYPED.length)) }))
  const drawn = await drawCrm(browser, states, { width: SIZE.widthPx, height: SIZE.heightPx })
  const pictures: Picture[] = []
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    const [beganMs, endMs] = [(stretch * MINUTE_MS) / STRETCHES, ((stretch + 1) * MINUTE_MS) / STRETCHES]
    const typed = drawn.slice(stretch * FRAMES_PER_STRETCH, (stretch + 1) * FRAMES_PER_STRETCH)
    typed.forEach((png, frame) => pictures.push({ atMs: beganMs + frame * FRAME_MS, png }))
    for (let atMs = beganMs + typed.length * FRAME_MS + HEARTBEAT_MS; atMs < endMs; atMs += HEARTBEAT_MS) pictures.push({ atMs, png: typed.at(-1)! })
  }
  return pictures
}

async function encode(pictures: readonly Picture[]): Promise<MediaItem[]> {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-bench-screen-'))
  try {
    const lines = await Promise.all(
      pictures.map(async ({ atMs, png }, index) => {
        await writeFile(join(folder, `${index}.png`), png)
        return `file ${index}.png\nduration ${((pictures[index + 1]?.atMs ?? MINUTE_MS) - atMs) / 1_000}\n`
      }),
    )
    await writeFile(join(folder, 'pictures.txt'), lines.join(''))
    const child = spawn('ffmpeg', ['-hide_banner', '-nostdin', '-loglevel', 'error', '-f', 'concat', '-i', 'pictures.txt', '-vf', 'format=bgr24,format=yuv420p', ...SCREEN_ENCODING], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
    const frames = new IvfReader().read(await buffer(child.stdout))
    if (frames.length !== pictures.length) throw new Error(`${pictures.length} pictures became ${frames.length} frames`)
    return frames.map(({ bytes, atMs }) => ({ bytes, atMs, isKey: isVp9KeyFrame(bytes) }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const bytesOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
