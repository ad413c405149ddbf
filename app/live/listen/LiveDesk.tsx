/** The page of a call that is being listened to: bar, screen, sound, words; for whoever listens in his own right, marking and coaching. */
'use client'

import { useEffect, useMemo } from 'react'
import type { LiveCallView } from '@/protocol/live-messages'
import { ColumnCallContext } from '../../call/side/column-call'
import type { CallListening } from '../../live-client/call-listening'
import type { LiveLink } from '../../live-client/live-link'
import { useStore } from '../use-store'
import { CoachBox } from './CoachBox'
import { type Listener, ListeningContext } from './listening-context'
import { ListenBar } from './ListenBar'
import { ListenNotices } from './ListenNotices'
import { LiveColumn } from './LiveColumn'
import { LiveStage } from './LiveStage'
import { MarkMomentForm } from './MarkMomentForm'
import { makeLiveView } from './live-view'
import { SoundDesk } from './SoundDesk'

type LiveDeskProps = Readonly<{ link: LiveLink; listening: CallListening; call: LiveCallView; listener: Listener }>

export function LiveDesk({ link, listening, call, listener }: LiveDeskProps) {
  const entries = useStore(listening.entries)
  const words = useStore(listening.words)
  const view = useMemo(() => makeLiveView(call, entries, words), [call, entries, words])
  const context = useMemo(() => ({ link, listening, call, view, listener }), [link, listening, call, view, listener])
  useEffect(() => {
    const before = document.title
    document.title = call.customerName ?? call.technician.name
    return () => void (document.title = before)
  }, [call])
  return (
    <ListeningContext value={context}>
      <ColumnCallContext value={view.call}>
        <div className="flex flex-1 flex-col wide:grid wide:h-dvh wide:flex-none wide:grid-cols-[minmax(0,1fr)_minmax(400px,32.5%)] wide:grid-rows-[auto_minmax(0,1fr)_auto]">
          <div className="wide:col-span-2">
            <ListenBar />
            <ListenNotices />
          </div>
          <LiveStage />
          <div className="flex min-h-0 flex-col border-line bg-surface max-wide:grow max-wide:border-t wide:row-span-2 wide:border-l">
            <LiveColumn />
            {listener.by === 'session' && (
              <>
                <MarkMomentForm mark={listener.mark} />
                <CoachBox />
              </>
            )}
          </div>
          <SoundDesk />
        </div>
      </ColumnCallContext>
    </ListeningContext>
  )
}
