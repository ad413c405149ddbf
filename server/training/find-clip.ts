/** A clip as somebody may see it: its stretch of the call, and of the call itself only what he may see anyway. */
import { makeCompleteness } from '@/protocol/completeness'
import type { LogEntry } from '@/protocol/entries'
import { type CallId, callIdSchema } from '@/protocol/ids'
import type { TrackDescription } from '@/protocol/tracks'
import { maySeeCall } from '../access/policy'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { logReaderOf } from '../media/log-reader'
import type { MediaStore } from '../media/media-store'
import { findUtterancesWithin } from '../timeline/utterances'
import type { ClipFiles, Cut } from './clip-files'
import { commentsDeletableBy } from './comments'
import { clipsVisibleTo } from './rights'
import { actionsWithin, completenessWithin, utterancesWithin } from './stretch'
import type { ClipCommentView, ClipView } from './view'

type Deps = { database: Database; media: MediaStore; clipFiles: ClipFiles }
/** `callId` is for the audit trail, not for the page. */
export type FoundClip = { view: ClipView; callId: CallId }

/** Has its file cut if it is not there. `null`: there is none that he may see. */
export async function findClip({ database, media, clipFiles }: Deps, viewer: Viewer, clipId: string): Promise<FoundClip | null> {
  const row = await database.clip.findFirst({
    where: { AND: [clipsVisibleTo(viewer), { id: clipId }] },
    select: {
      ...{ id: true, title: true, callId: true, startMs: true, endMs: true },
      call: { select: { customerName: true, customerPhone: true, technician: { select: { id: true, name: true } } } },
    },
  })
  if (!row) return null
  const callId = callIdSchema.parse(row.callId)
  const [seesCall, cut, utterances, { entries }, comments] = await Promise.all([
    maySeeCall(database, viewer, callId),
    clipFiles.find({ id: row.id, callId, startMs: row.startMs, endMs: row.endMs }),
    findUtterancesWithin(database, callId, row),
    logReaderOf(media).read(callId),
    findComments(database, viewer, row),
  ])
  const tracks = tracksOf(entries)
  const screen = tracks.find(({ codec }) => codec === 'vp9')
  const view: ClipView = {
    id: row.id,
    title: row.title,
    lengthMs: row.endMs - row.startMs,
    playback: playbackOf(cut),
    mediaUrl: `/media/clips/${row.id}.mp4`,
    call: seesCall ? { id: callId, startMs: row.startMs, technician: row.call.technician, customer: { name: row.call.customerName, phone: row.call.customerPhone } } : null,
    voices: tracks.flatMap((track) => (track.codec === 'opus' && track.track !== 'coach' ? [track.track] : [])),
    screenWidthPx: screen?.codec === 'vp9' ? screen.widthPx : null,
    utterances: utterancesWithin(utterances, row),
    actions: actionsWithin(entries.flatMap((entry) => (entry.kind === 'action' ? [{ seq: entry.seq, atMs: entry.atMs, ...entry.data }] : [])).sort((a, b) => a.atMs - b.atMs || a.seq - b.seq), row),
    completeness: completenessWithin(makeCompleteness(entries).tracks, row, seesCall),
    comments,
  }
  return { view, callId }
}

async function findComments(database: Database, viewer: Viewer, { id: clipId, startMs }: { id: string; startMs: number }): Promise<ClipCommentView[]> {
  const [comments, deletable] = await Promise.all([
    database.clipComment.findMany({ where: { clipId }, orderBy: [{ atMs: 'asc' }, { createdAt: 'asc' }], select: { id: true, atMs: true, text: true, createdAt: true, author: { select: { name: true } } } }),
    database.clipComment.findMany({ where: { AND: [commentsDeletableBy(viewer), { clipId }] }, select: { id: true } }),
  ])
  return comments.map(({ id, atMs, text, createdAt, author }) => ({ id, atMs: atMs - startMs, text, by: author.name, at: createdAt.toISOString(), mayDelete: deletable.some((one) => one.id === id) }))
}

const tracksOf = ([open]: readonly LogEntry[]): TrackDescription[] => (open?.kind === 'open' ? open.data.tracks : [])

function playbackOf(cut: Cut): ClipView['playback'] {
  switch (cut.state) {
    case 'ready':
      return 'ready'
    case 'waiting':
    case 'making':
      return 'making'
    case 'failed':
      return cut.reason
  }
}
