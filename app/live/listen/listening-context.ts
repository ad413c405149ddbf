/** The call that the page listens to, for the parts of it that are deep inside. */
'use client'

import { createContext, useContext } from 'react'
import type { InvitedAs } from '@/protocol/entries'
import type { LiveCallView } from '@/protocol/live-messages'
import type { InvitationItem, NewInvitation } from '@/server/live/invitations'
import type { CallListening } from '../../live-client/call-listening'
import type { LiveLink } from '../../live-client/live-link'
import type { LiveView } from './live-view'

/** Whether it was marked. */
export type MarkMoment = (note: { startMs: number; endMs: number; text: string }) => Promise<boolean>
/** Each answers with the invitations as they are then, or `null` when nothing was done. */
export type Invitations = Readonly<{
  list: () => Promise<InvitationItem[] | null>
  make: (invitation: NewInvitation) => Promise<{ link: string; invitations: InvitationItem[] } | null>
  end: (id: string) => Promise<InvitationItem[] | null>
}>
/** In whose right the page listens, and what he can do beside that. `expiresAt`: ISO, UTC. */
export type Listener =
  | Readonly<{ by: 'session'; mark: MarkMoment; invitations: Invitations }>
  | Readonly<{ by: 'invitation'; id: string; name: string; as: InvitedAs; expiresAt: string }>

export type ListeningContextValue = Readonly<{ link: LiveLink; listening: CallListening; call: LiveCallView; view: LiveView; listener: Listener }>
export const ListeningContext = createContext<ListeningContextValue | null>(null)

export function useListening(): ListeningContextValue {
  const value = useContext(ListeningContext)
  if (!value) throw new Error('useListening was called outside of ListeningContext; the page of a live call provides it')
  return value
}
