/** A call as it runs: heard, seen and read; by whoever may in his own right with a word to the technician. */
'use client'

import { CloudOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { CallId } from '@/protocol/ids'
import { CallListening } from '../../live-client/call-listening'
import type { LiveLink } from '../../live-client/live-link'
import { TopBar } from '../../shell/TopBar'
import { Notice } from '../../ui/Notice'
import { LinkNotice } from '../LinkNotice'
import { useLink } from '../use-link'
import { useStore } from '../use-store'
import { GuestEnded } from './GuestEnded'
import { LiveDesk } from './LiveDesk'
import { ListenEnded } from './ListenEnded'
import type { Listener } from './listening-context'
import { ToBoard } from './ToBoard'

type ListenPageProps = Readonly<{ callId: CallId; listener: Listener }>

export function ListenPage({ callId, listener }: ListenPageProps) {
  const link = useLink(listener.by === 'invitation' ? listener.id : undefined)
  const listening = useNewListening(link, callId)
  if (!link || !listening) return <Joining listener={listener} />
  return <Listening link={link} listening={listening} callId={callId} listener={listener} />
}

function Listening({ link, listening, callId, listener }: Readonly<{ link: LiveLink; listening: CallListening; callId: CallId; listener: Listener }>) {
  const t = useTranslations('live')
  const state = useStore(listening.state)
  const isAgentAway = useStore(listening.isAgentAway)
  switch (state.state) {
    case 'joining':
      return (
        <>
          <Joining listener={listener} />
          <div className="grid gap-2 px-4 py-3">
            <LinkNotice link={link} away={t('away')} isGuest={listener.by === 'invitation'} />
            {isAgentAway && (
              <Notice tone="warn" role="status" icon={<CloudOff aria-hidden="true" />}>
                {t('notice.agent-away')}
              </Notice>
            )}
          </div>
        </>
      )
    case 'listening':
      return <LiveDesk link={link} listening={listening} call={state.call} listener={listener} />
    case 'refused':
    case 'ended':
      return listener.by === 'invitation' ? <GuestEnded state={state} /> : <ListenEnded state={state} callId={callId} />
  }
}

function Joining({ listener }: Readonly<{ listener: Listener }>) {
  const t = useTranslations('live')
  return (
    <>
      <TopBar title={t('listen.title')} back={<ToBoard listener={listener} />} detail={t('listen.joining')} />
      <div aria-hidden="true" className="grid flex-1 wide:grid-cols-[minmax(0,1fr)_minmax(400px,32.5%)]">
        <div className="bg-sunken p-4">
          <div className="aspect-video rounded-lg border border-line-2 bg-surface" />
        </div>
        <div className="border-l border-line bg-surface max-wide:hidden" />
      </div>
    </>
  )
}

function useNewListening(link: LiveLink | null, callId: CallId): CallListening | null {
  const [listening, setListening] = useState<CallListening | null>(null)
  useEffect(() => {
    if (!link) return
    const made = new CallListening(link, callId)
    // eslint-disable-next-line react-hooks/set-state-in-effect -- sound and sockets belong to the page that stands, not to one that is being drawn
    setListening(made)
    return () => made.dispose()
  }, [link, callId])
  return listening
}
