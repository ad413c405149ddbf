/**
 * Files of a call over HTTP, in byte ranges, by plain Node: Next's route handlers drop Content-Length and are two to three
 * times slower. `?download` saves a file; everything else is listening.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { CUSTODY_LOG_FILE } from '@/protocol/custody'
import { LOG_FILE } from '@/protocol/entries'
import { callIdSchema } from '@/protocol/ids'
import { audioTrackSchema, trackFile } from '@/protocol/tracks'
import type { CallActs } from '../access/call-acts'
import { callsVisibleTo } from '../access/policy'
import type { Sessions, Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import type { MediaStore } from '../media/media-store'
import { HttpError, NOT_FOUND } from './problem'
import { type SentFile, sendFile } from './send-file'

export const MEDIA_PREFIX = '/media/'

/** `look`: part of the page, whose opening is written down already. */
type ServedFile = { file: string; contentType: string; act: 'listened' | 'downloaded' | 'look' }

const SERVED_FILES: ReadonlyMap<string, ServedFile> = new Map<string, ServedFile>([
  ...audioTrackSchema.options.map((track) => [trackFile(track), { file: trackFile(track), contentType: 'audio/ogg; codecs=opus', act: 'listened' }] as const),
  [trackFile('screen'), { file: trackFile('screen'), contentType: 'video/mp4', act: 'listened' }],
  ['playback.mp4', { file: 'derived/playback.mp4', contentType: 'video/mp4', act: 'listened' }],
  ['playback.webm', { file: 'derived/playback.webm', contentType: 'video/webm', act: 'listened' }],
  ['peaks.json', { file: 'derived/peaks.json', contentType: 'application/json', act: 'look' }],
  ['stills.json', { file: 'derived/stills.json', contentType: 'application/json', act: 'look' }],
  ['stills.jpg', { file: 'derived/stills.jpg', contentType: 'image/jpeg', act: 'look' }],
  [LOG_FILE, { file: LOG_FILE, contentType: 'application/jsonl', act: 'downloaded' }],
  [CUSTODY_LOG_FILE, { file: CUSTODY_LOG_FILE, contentType: 'application/jsonl', act: 'downloaded' }],
])

export type MediaDeps = { database: Database; media: MediaStore; sessions: Sessions; acts: CallActs }
type Found = ServedFile & SentFile & { name: string; viewer: Viewer }

export async function handleMedia(deps: MediaDeps, req: IncomingMessage, res: ServerResponse, url: URL, address: string): Promise<void> {
  if (req.method !== 'GET' && req.method !== 'HEAD') throw new HttpError(405, 'Media can only be read.')
  const found = await findFile(deps, req, url.pathname)
  // One answer for everything that cannot be had, so that nobody learns which calls exist.
  if (!found) throw NOT_FOUND
  const isDownload = found.act === 'downloaded' || url.searchParams.has('download')
  if (isDownload) res.setHeader('Content-Disposition', `attachment; filename="call-${found.callId}-${found.name}"`)
  // Whoever has the bytes already listens to them again.
  if (req.method === 'GET') await recordAct(deps.acts, found, isDownload, address)
  await sendFile(deps.media, found, req, res)
}

async function findFile({ database, media, sessions }: MediaDeps, req: IncomingMessage, pathname: string): Promise<Found | null> {
  const [id, name = '', ...rest] = pathname.slice(MEDIA_PREFIX.length).split('/')
  const callId = callIdSchema.safeParse(id)
  const served = SERVED_FILES.get(name)
  const viewer = await sessions.viewerOfHeaders(req.headers)
  if (!callId.success || !served || !viewer || rest.length > 0) return null
  const call = await database.call.findFirst({ where: { AND: [callsVisibleTo(viewer), { id: callId.data }] }, select: { tasks: { select: { kind: true, finishedAt: true } } } })
  if (!call) return null
  const sizeBytes = await media.findSize(callId.data, served.file)
  if (sizeBytes === null) return null
  // What is derived can be made again with the same size; a track's file only grows.
  const madeAtMs = call.tasks.find((task) => name.startsWith(`${task.kind}.`))?.finishedAt?.getTime() ?? 0
  return { ...served, name, callId: callId.data, viewer, sizeBytes, etag: `"${sizeBytes}-${madeAtMs}"` }
}

async function recordAct(acts: CallActs, { act, viewer, callId, name }: Found, isDownload: boolean, address: string): Promise<void> {
  if (isDownload) await acts.record({ verb: 'downloaded', viewer, callId, address, detail: { file: name } })
  else if (act === 'listened') await acts.recordOngoing({ verb: 'listened', viewer, callId, address })
}
