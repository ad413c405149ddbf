/**
 * The playback file of a call: its screen and both parties, technician left and customer right, in one MP4 with its index
 * in front, so that a browser fetches what it plays and nothing else. Its time is the call's time.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { CallId } from '@/protocol/ids'
import { trackFile, type AudioTrack } from '@/protocol/tracks'
import type { MediaStore } from '../media/media-store'
import { readCallMedia } from './call-media'
import { JobError } from './errors'
import { runFfmpeg } from './ffmpeg'
import { removeClipFiles } from './make-clip'
import { PLAYBACK_FILE } from './playback-file'
import { withScratchFolder } from './scratch'
import { writeTimedTrack } from './timed-track'

const KEY_FRAME_EVERY_S = 10

/** Where each track is heard; `mixed` holds both voices. */
const SIDES: Partial<Record<AudioTrack, readonly ('left' | 'right')[]>> = { technician: ['left'], customer: ['right'], mixed: ['left', 'right'] }

export async function makePlayback(media: MediaStore, callId: CallId, signal?: AbortSignal): Promise<void> {
  const { lengthMs, audio, hasScreen } = await readCallMedia(media, callId)
  const spoken = [...audio].filter(([track]) => SIDES[track])
  if (spoken.length === 0 && !hasScreen) throw JobError.noSound()

  await withScratchFolder(async (folder) => {
    const tracks = spoken.map(([track, chunks]) => ({ track, chunks, path: join(folder, trackFile(track)) }))
    for (const { chunks, path } of tracks) await writeTimedTrack({ callId, media, chunks, lengthMs }, path)
    const output = join(folder, 'playback.mp4')
    const sound = soundArguments(tracks)
    const run = (screen: readonly string[]) =>
      runFfmpeg([...sound.inputs, ...screen, ...sound.filter, '-t', String(lengthMs / 1_000), '-movflags', '+faststart', output], signal)
    if (hasScreen) await media.withLocalFile(callId, trackFile('screen'), (path) => run(screenArguments(path, tracks.length)))
    else await run([])
    await media.replace(callId, PLAYBACK_FILE, createReadStream(output))
    // They were cut from the file before; whoever plays a clip has it cut anew.
    await removeClipFiles(media, callId)
  })
}

function soundArguments(tracks: readonly { track: AudioTrack; path: string }[]): { inputs: string[]; filter: string[] } {
  if (tracks.length === 0) return { inputs: [], filter: [] }
  const inputs = tracks.flatMap(({ path }) => ['-i', path])
  const heardIn = (side: 'left' | 'right'): string => tracks.flatMap(({ track }, index) => (SIDES[track]?.includes(side) ? [`c${index}`] : [])).join('+')
  const merged = tracks.length > 1 ? `${tracks.map((_, index) => `[${index}:a]`).join('')}amerge=inputs=${tracks.length},` : '[0:a]'
  const sides = [['c0', heardIn('left')], ['c1', heardIn('right')]].filter(([, sources]) => sources !== '').map(([side, sources]) => `|${side}=${sources}`).join('')
  return { inputs, filter: ['-filter_complex', `${merged}pan=stereo${sides}[sound]`, '-map', '[sound]', '-c:a', 'libopus', '-b:a', '64k'] }
}

/**
 * Every picture at its time, the first one from the beginning on, until the next one comes. Encoded again for its key frames
 * alone: whoever goes to a position waits for all sound since the key frame before it, 6 ms a second, and the agent makes
 * one a minute.
 */
const screenArguments = (path: string, input: number): string[] => [
  ...['-copyts', '-i', path, '-map', `${input}:v`, '-fps_mode:v', 'passthrough', '-enc_time_base:v', '1/1000'],
  ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0', '-tune-content', 'screen', '-aq-mode', '0', '-row-mt', '1', '-tile-columns', '1', '-threads', '2'],
  // Of this quality it differs from the agent's by less than eyes see (SSIM 0.9998).
  ...['-b:v', '0', '-crf', '30', '-g', '9999', '-force_key_frames', `expr:gte(t,n_forced*${KEY_FRAME_EVERY_S})`],
  ...['-bsf:v', 'setts=pts=if(eq(N\\,0)\\,0\\,PTS):dts=if(eq(N\\,0)\\,0\\,DTS)'],
]
