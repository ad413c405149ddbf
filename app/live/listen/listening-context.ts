/** The call that the page listens to, for the parts of it that are deep inside. */
'use client'

import { createContext, useContext } from 'react'
import type { LiveCallView } from '@/protocol/live-messages'
import type { CallListening } from '../../live-client/call-listening'
import type { LiveLink } from '../../live-client/live-link'
import type { LiveView } from './live-view'

/** Whether it was marked. */
export type MarkMoment = (note: { startMs: number; endMs: number; text: string }) => Promise<boolean>
export type ListeningContextValue = Readonly<{ link: LiveLink; listening: CallListening; call: LiveCallView; view: LiveView; mark: MarkMoment }>
export const ListeningContext = createContext<ListeningContextValue | null>(null)

export function useListening(): ListeningContextValue {
  const value = useContext(ListeningContext)
  if (!value) throw new Error('useListening was called outside of ListeningContext; the page of a live call provides it')
  return value
}
