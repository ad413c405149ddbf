/**
 * The file of a clip: exactly its stretch of the playback file, encoded anew. Copying would begin at the key frame before,
 * and give away what was on the screen until then.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { CallId } from '@/protocol/ids'
import type { MediaStore } from '../media/media-store'
import { runFfmpeg } from './ffmpeg'
import { PLAYBACK_FILE } from './playback-file'
import { withScratchFolder } from './scratch'

/** `[startMs, endMs)` of the call. */
export type ClipStretch = { id: string; callId: CallId; startMs: number; endMs: number }

/** The screen is recorded with five pictures a second; so one comes at most 100 ms late. */
const PICTURES_PER_SECOND = 10
/** A clip is short and jumped about in: a key frame every two seconds. */
const KEY_FRAME_EVERY = 20

/** `playbackVersion` tells the playback files of a call apart: a clip of an older one is never taken for one of this. */
export const clipFile = (clipId: string, playbackVersion: number): string => `derived/clip-${clipId}-${playbackVersion}.mp4`
const CLIP_FILE = /^derived\/clip-(.+)-\d+\.mp4$/

export async function makeClip(media: MediaStore, { callId, startMs, endMs }: ClipStretch, file: string, signal?: AbortSignal): Promise<void> {
  await withScratchFolder(async (folder) => {
    const output = join(folder, 'clip.mp4')
    await media.withLocalFile(callId, PLAYBACK_FILE, (path) => runFfmpeg([...cutArguments(path, startMs, endMs), output], signal))
    await media.replace(callId, file, createReadStream(output))
  })
}

export const listClipFiles = async (media: MediaStore, callId: CallId): Promise<{ clipId: string; file: string }[]> =>
  (await media.list(callId)).flatMap(({ file }) => {
    const clipId = CLIP_FILE.exec(file)?.[1]
    return clipId === undefined ? [] : [{ clipId, file }]
  })

/** The files of one clip but the named one, or of all clips of the call. */
export async function removeClipFiles(media: MediaStore, callId: CallId, clipId?: string, kept?: string): Promise<void> {
  for (const { clipId: id, file } of await listClipFiles(media, callId)) if ((clipId ?? id) === id && file !== kept) await media.removeDerived(callId, file)
}

function cutArguments(path: string, startMs: number, endMs: number): string[] {
  const [from, to] = [startMs / 1_000, endMs / 1_000]
  // Read from the key frame before on: the clip begins with the picture that was on the screen by then.
  const picture = [
    'tpad=stop=-1:stop_mode=clone',
    `fps=${PICTURES_PER_SECOND}:start_time=${from}:round=up`,
    `trim=start=${from}:end=${to}`,
    'setpts=PTS-STARTPTS',
  ].join(',')
  const sound = `atrim=start=${from}:end=${to},asetpts=PTS-STARTPTS`
  return [
    ...['-noaccurate_seek', '-ss', String(from), '-copyts', '-i', path, '-map', '0:v?', '-map', '0:a?', '-map_metadata', '-1'],
    ...['-vf', picture, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '7', '-tune-content', 'screen', '-b:v', '0', '-crf', '33', '-g', String(KEY_FRAME_EVERY)],
    ...['-af', sound, '-c:a', 'libopus', '-b:a', '64k', '-t', String(to - from), '-movflags', '+faststart'],
  ]
}
