/** The call that the page shows, for the parts of it that are deep inside. */
'use client'

import { createContext, useContext } from 'react'
import type { CallView, TaskKind } from '@/server/timeline/view'

export type CallContextValue = Readonly<{ call: CallView; retryTask: (kind: TaskKind) => Promise<void> }>
export const CallContext = createContext<CallContextValue | null>(null)

export function useCall(): CallContextValue {
  const value = useContext(CallContext)
  if (!value) throw new Error('useCall was called outside of CallContext; the call page provides it')
  return value
}

/** Where the time axis ends: wrap-up goes on after the sound. */
export const endOfCall = (call: CallView): number => Math.max(call.lengthMs, call.hangUpAtMs ?? 0, call.actions.at(-1)?.atMs ?? 0, call.notes.at(-1)?.atMs ?? 0)

export const isUnfinished = (call: CallView): boolean =>
  call.state !== 'closed' || call.tasks.some((task) => task.state === 'waiting' || task.state === 'running')
