/** What the pages of training get: plain values that survive being sent to a browser. Types only. */
import type { TrackCompleteness } from '@/protocol/completeness'
import type { Person } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { AudioTrack } from '@/protocol/tracks'
import type { ActionView, CustomerView, UtteranceView } from '../timeline/view'
import type { CutFailure } from './clip-files'

/** Days are ISO dates, `...At` ISO instants. */
export type AssignedItem = { id: string; name: string; teaches: string; clipCount: number; tickedCount: number; dueOn: string | null; assignedBy: string }
/** Clips that the viewer may not see are not counted; `doneCount` is of those who have ticked off all that are. */
export type KeptItem = { id: string; name: string; teaches: string; team: string | null; madeBy: string; clipCount: number; assignedCount: number; doneCount: number }
export type TrainingOverview = { assigned: AssignedItem[]; kept: KeptItem[] }

export type ListView = {
  id: string
  name: string
  teaches: string
  team: { id: string; name: string } | null
  madeBy: string
  isMadeByViewer: boolean
  /** In order; those that the viewer may see. */
  clips: ClipItem[]
  /** `null`: it is not assigned to the viewer. */
  own: { dueOn: string | null; assignedBy: string } | null
  /** By name; `null` for whoever does not keep the list. */
  assignments: AssignmentItem[] | null
}

export type ClipItem = { id: string; title: string; lengthMs: number; addedBy: string; commentCount: number; isTicked: boolean; /** Of a call that the viewer may see, in a list that he keeps. */ isKept: boolean }
export type AssignmentItem = { userId: string; name: string; dueOn: string | null; assignedBy: string; ticks: { clipId: string; at: string }[] }

/** A clip as it is played. Its positions begin with the clip: 0 is where it begins in the call. */
export type ClipView = {
  id: string
  title: string
  lengthMs: number
  /** Of its file: it may be in the making, or why it is not. */
  playback: 'ready' | 'making' | CutFailure
  mediaUrl: string
  /** `null` for whoever may see the clip alone: nothing is told of the rest of its call, nor who is heard. */
  call: { id: CallId; startMs: number; technician: Person; customer: CustomerView } | null
  voices: AudioTrack[]
  /** `null` without a screen. */
  screenWidthPx: number | null
  utterances: UtteranceView[]
  actions: ActionView[]
  completeness: Pick<TrackCompleteness, 'track' | 'ranges'>[]
  comments: ClipCommentView[]
}

export type ClipCommentView = { id: string; atMs: number; text: string; by: string; at: string; mayDelete: boolean }
