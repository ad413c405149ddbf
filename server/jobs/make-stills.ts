/**
 * Small stills of a call's screen in one picture, for the lane and for the stage until the video has loaded. A call without
 * a screen gets none. Where the screen was paused or lost a still repeats the one before: the page covers it.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { CallId } from '@/protocol/ids'
import { trackFile } from '@/protocol/tracks'
import type { MediaStore } from '../media/media-store'
import { readCallMedia } from './call-media'
import { runFfmpeg } from './ffmpeg'
import { withScratchFolder } from './scratch'
import type { StillsLayout } from './stills-layout'

export const STILLS_FILE = 'derived/stills.jpg'
export const STILLS_LAYOUT_FILE = 'derived/stills.json'

/** An hour gets one each half minute, in about half a megabyte. */
const MOST_STILLS = 120
const CLOSEST_MS = 1_000
const WIDTH_PX = 240
const COLUMNS = 10
/** Of ffmpeg's JPEG encoder, 2 (best) to 31. */
const QUALITY = 6

export async function makeStills(media: MediaStore, callId: CallId, signal?: AbortSignal): Promise<void> {
  const { lengthMs, hasScreen, screenSize } = await readCallMedia(media, callId)
  if (!hasScreen || !screenSize) return
  const layout = makeStillsLayout(lengthMs, screenSize)
  await withScratchFolder(async (folder) => {
    const output = join(folder, 'stills.jpg')
    await media.withLocalFile(callId, trackFile('screen'), (path) => runFfmpeg(['-copyts', '-i', path, '-vf', filterFor(layout), '-frames:v', '1', '-q:v', String(QUALITY), output], signal))
    await media.replace(callId, STILLS_FILE, createReadStream(output))
  })
  await media.replace(callId, STILLS_LAYOUT_FILE, new TextEncoder().encode(JSON.stringify(layout)))
}

export function makeStillsLayout(lengthMs: number, screen: { widthPx: number; heightPx: number }): StillsLayout {
  const everyMs = Math.max(CLOSEST_MS, Math.ceil(lengthMs / MOST_STILLS))
  // Encoders of 4:2:0 want even sides.
  const heightPx = 2 * Math.max(1, Math.round((WIDTH_PX * screen.heightPx) / screen.widthPx / 2))
  return { v: 1, everyMs, count: Math.max(1, Math.ceil(lengthMs / everyMs)), columns: COLUMNS, widthPx: WIDTH_PX, heightPx }
}

/** Each still is the last frame that had come by its position; the first stands for what was before it, the last for what is after. */
const filterFor = ({ everyMs, count, columns, widthPx, heightPx }: StillsLayout): string =>
  [
    `tpad=stop=-1:stop_mode=clone`,
    `fps=fps=1000/${everyMs}:start_time=0:round=up`,
    `scale=${widthPx}:${heightPx}:flags=area`,
    `tile=${columns}x${Math.ceil(count / columns)}:nb_frames=${count}`,
  ].join(',')
