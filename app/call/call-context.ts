/** The call that the page shows, for the parts of it that are deep inside. */
'use client'

import { createContext, useContext } from 'react'
import type { ReviewerItem } from '@/server/access/call-grants'
import type { CallView, TaskKind } from '@/server/timeline/view'
import type { ListChoice } from '@/server/training/find-lists'
import type { ChangeAnswer } from '../ui/change-answer'
import type { OnRemoveSample } from '../welcome/RemoveSample'
import type { Standing } from './standing'

export type NewNote = Readonly<{ startMs: number; endMs: number; text: string }>

export type CallContextValue = Readonly<{
  call: CallView
  viewer: PageViewer
  standing: Standing
  /** Asks whether the page may still go on. */
  checkStanding: () => Promise<Standing>
  retryTask: (kind: TaskKind) => Promise<void>
  /** Both say whether it was done. */
  addNote: (note: NewNote) => Promise<boolean>
  deleteNote: (noteId: string) => Promise<boolean>
  removeSample: OnRemoveSample
  /** Opens the dialog that makes a clip of a moment. */
  train: (draft: ClipDraft) => void
} & GrantActions & TrainingActions>

/** Who reviews the call; both give `null` where there is no right to it. */
export type GrantActions = {
  listReviewers: () => Promise<ReviewerItem[] | null>
  setGiven: (reviewerId: string, isGiven: boolean) => Promise<ReviewerItem[] | null>
}

/** A moment; both positions are the same for an instant. Nothing of its notes: everybody who has the list would read it. */
export type ClipDraft = Readonly<{ startMs: number; endMs: number }>
/** Where a clip can go. */
export type TrainingChoices = Readonly<{ lists: readonly ListChoice[]; teams: readonly { id: string; name: string }[] }>

/** Clips of the call. */
export type TrainingActions = {
  /** `null` where there is no right to it. */
  loadTrainingChoices: () => Promise<TrainingChoices | null>
  addToTraining: (clip: unknown) => Promise<ChangeAnswer>
}

/** The person who looks at the page. */
export type PageViewer = Readonly<{ id: string; mayDeleteAnyNote: boolean; mayRemoveSample: boolean; mayGive: boolean; mayTrain: boolean }>
export const CallContext = createContext<CallContextValue | null>(null)

export function useCall(): CallContextValue {
  const value = useContext(CallContext)
  if (!value) throw new Error('useCall was called outside of CallContext; the call page provides it')
  return value
}

/** During a call its technician notes in the agent's panel; custody, in which notes stand, begins with the close. */
export const mayNote = (call: CallView): boolean => call.state === 'closed'

export const isUnfinished = (call: CallView): boolean =>
  call.state !== 'closed' || call.tasks.some((task) => task.state === 'waiting' || task.state === 'running')
