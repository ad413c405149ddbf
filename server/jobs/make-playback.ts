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

/** The screen is copied as it is; its first picture is shown from the beginning, until the next one comes. */
const screenArguments = (path: string, input: number): string[] => [
  ...['-copyts', '-i', path, '-map', `${input}:v`, '-c:v', 'copy'],
  ...['-bsf:v', 'setts=pts=if(eq(N\\,0)\\,0\\,PTS):dts=if(eq(N\\,0)\\,0\\,DTS)'],
]
