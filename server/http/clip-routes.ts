/** The files of clips over HTTP, for whoever sees the clip, be it without seeing its call. Playing one is listening to that call. */
import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { callIdSchema } from '@/protocol/ids'
import type { CallActs } from '../access/call-acts'
import type { Sessions } from '../access/sessions'
import type { Database } from '../database/client'
import type { MediaStore } from '../media/media-store'
import type { ClipFiles, Cut, CutFailure } from '../training/clip-files'
import { clipIdSchema } from '../training/clips'
import { clipsVisibleTo } from '../training/rights'
import { HttpError, NOT_FOUND } from './problem'
import { sendFile } from './send-file'

/** `/media/clips/<clip>.mp4` */
export const CLIP_PREFIX = '/media/clips/'
const SUFFIX = '.mp4'
const ASK_AGAIN_AFTER_S = 2
/** With it nobody can tell from a version at which time of day the call was made playable. */
const ETAG_KEY = randomBytes(32)

export type ClipDeps = { database: Database; media: MediaStore; sessions: Sessions; acts: CallActs; clipFiles: ClipFiles }

export async function handleClip({ database, media, sessions, acts, clipFiles }: ClipDeps, req: IncomingMessage, res: ServerResponse, url: URL, address: string): Promise<void> {
  if (req.method !== 'GET' && req.method !== 'HEAD') throw new HttpError(405, 'Media can only be read.')
  const name = url.pathname.slice(CLIP_PREFIX.length)
  const id = clipIdSchema.safeParse(name.slice(0, -SUFFIX.length))
  const viewer = await sessions.viewerOfHeaders(req.headers)
  if (!viewer || !id.success || !name.endsWith(SUFFIX)) throw NOT_FOUND
  const row = await database.clip.findFirst({ where: { AND: [clipsVisibleTo(viewer), { id: id.data }] }, select: { id: true, callId: true, startMs: true, endMs: true, title: true } })
  if (!row) throw NOT_FOUND
  const clip = { ...row, callId: callIdSchema.parse(row.callId) }
  const cut = requireReady(await clipFiles.find(clip), res)
  const sizeBytes = await media.findSize(clip.callId, cut.file)
  if (sizeBytes === null) throw NOT_FOUND
  // Whoever has the bytes already listens to them again.
  if (req.method === 'GET') await acts.recordOngoing({ verb: 'listened', viewer, callId: clip.callId, address, detail: { clip: clip.title, clipId: clip.id } })
  await sendFile(media, { callId: clip.callId, file: cut.file, contentType: 'video/mp4', sizeBytes, etag: etagOf(clip.id, cut.version) }, req, res)
}

/** Throws HttpError for one that cannot be played now. */
function requireReady(cut: Cut, res: ServerResponse): Extract<Cut, { state: 'ready' }> {
  switch (cut.state) {
    case 'ready':
      return cut
    case 'making':
      res.setHeader('Retry-After', ASK_AGAIN_AFTER_S)
      throw new HttpError(503, 'The clip is being cut. Ask again in a moment.')
    case 'waiting':
      throw NOT_FOUND
    case 'failed':
      throw PROBLEMS[cut.reason]
  }
}

const PROBLEMS: Record<CutFailure, HttpError> = {
  'no-playback': NOT_FOUND,
  'ffmpeg-missing': new HttpError(500, 'The clip could not be cut: ffmpeg is not installed on the server.'),
  'not-cut': new HttpError(500, 'The clip could not be cut; the server’s log says why.'),
}

const etagOf = (clipId: string, version: number): string => `"${createHmac('sha256', ETAG_KEY).update(`${clipId} ${version}`).digest('base64url')}"`
